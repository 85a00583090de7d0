import { describe, expect, test } from '@jest/globals';
import type { Hours } from '@mediamtx-monitor/runtime';
import type { AlerterCommand } from '@mediamtx-monitor/types';
import type { Maintenance, Target } from '../../src/model.ts';
import { AlertWorld, illSubject, streamOf, targetOf, told, worldTime } from '../support/alert-world.ts';

const CAM = streamOf();
const ILL = [illSubject(CAM)];
const MINUTE_MS = 60_000;

const silence = (
  fields: Partial<Extract<AlerterCommand, { type: 'silence.add' }>['silence']> = {},
): AlerterCommand => ({
  type: 'silence.add',
  by: 'ann',
  silence: {
    ...{ id: 's1', server: null, stream: 'cam', reason: null, comment: 'known' },
    ...{ createdAt: worldTime(0), until: worldTime(10 * MINUTE_MS), ...fields },
  },
});

describe('what is silenced', () => {
  test('is told to nobody, and at the end of the silence where it still fires', () => {
    const world = new AlertWorld();
    world.command(silence());
    expect(told(world, 599, ILL)).toStrictEqual([]);
    expect(told(world, 60, ILL)).toStrictEqual([[600, 'fired main/cam']]);
  });

  test('is told to nobody where it is over before', () => {
    const world = new AlertWorld();
    world.command(silence());
    told(world, 300, ILL);
    expect(told(world, 600, [])).toStrictEqual([]);
  });

  test('before it was told goes back to nothing', () => {
    const world = new AlertWorld();
    told(world, 35, ILL);
    expect(world.alert(CAM)?.notified).toMatchObject({ phone: { state: 'due' } });
    world.command(silence());
    expect(told(world, 5, ILL)).toStrictEqual([]);
    expect(world.alert(CAM)?.notified).toStrictEqual({});
    world.command({ type: 'silence.delete', by: 'ann', id: 's1' });
    expect(told(world, 5, ILL)).toStrictEqual([[41, 'fired main/cam']]);
  });

  test('after it was told is told when it is over, and not repeated', () => {
    const world = new AlertWorld([targetOf({ repeatMs: MINUTE_MS })]);
    told(world, 50, ILL);
    world.command(silence());
    expect(told(world, 300, ILL)).toStrictEqual([]);
    expect(told(world, 30, [])).toStrictEqual([[371, 'resolved main/cam']]);
  });

  test('and ended before it was told isn’t told', () => {
    const world = new AlertWorld([targetOf({ groupWaitMs: MINUTE_MS })]);
    told(world, 35, ILL);
    told(world, 30, []);
    world.command(silence());
    expect(told(world, 300, [])).toStrictEqual([]);
  });
});

describe('what is acknowledged', () => {
  test('isn’t repeated, and told when it is over', () => {
    const world = new AlertWorld([targetOf({ repeatMs: MINUTE_MS })]);
    told(world, 50, ILL);
    world.command({ type: 'alert.ack', by: 'ann', id: world.alert(CAM)?.id ?? '', comment: 'mine' });
    expect(told(world, 300, ILL)).toStrictEqual([]);
    expect(told(world, 30, [])).toStrictEqual([[371, 'resolved main/cam']]);
  });

  test('is told for the first time all the same', () => {
    const world = new AlertWorld();
    told(world, 35, ILL);
    world.command({ type: 'alert.ack', by: 'ann', id: world.alert(CAM)?.id ?? '', comment: null });
    expect(told(world, 20, ILL)).toStrictEqual([[41, 'fired main/cam']]);
  });
});

/** A world of a target that is told from 12:10 on; it begins at 12:00 on a Monday. */
function worldOf(fields: Partial<Target> = {}, fromMinute = 730): AlertWorld {
  const hours: Hours = { days: new Set(['mon']), fromMinute, toMinute: fromMinute + 10, timeZone: 'UTC' };
  return new AlertWorld([targetOf({ hours, ...fields })]);
}

describe('outside of a target’s hours', () => {
  test('nothing begins, but when they begin what still fires', () => {
    expect(told(worldOf(), 700, ILL)).toStrictEqual([[600, 'fired main/cam']]);
    const world = worldOf();
    told(world, 300, ILL);
    expect(told(world, 400, [])).toStrictEqual([]);
  });

  test('what became due within them is told', () => {
    const world = worldOf({ groupWaitMs: 2 * MINUTE_MS }, 711);
    expect(told(world, 300, ILL)).toStrictEqual([[151, 'fired main/cam']]);
  });

  test('nothing is repeated, and the end of something waits', () => {
    const world = worldOf({ repeatMs: MINUTE_MS }, 711);
    told(world, 59, ILL);
    expect(told(world, 600, ILL)).toStrictEqual([]);
    expect(told(world, 3_600, [])).toStrictEqual([]);
    // They begin again in a week; what wasn't told is kept until then.
    world.tick([], { afterMs: 7 * 86_400_000 - 3_600_000 - 660_000 - 540_000 });
    expect(told(world, 3_600, []).map(([, ...each]) => each)).toStrictEqual([['resolved main/cam']]);
  });

  test('an Alertmanager is told all the same', () => {
    const world = worldOf({ kind: 'alertmanager' });
    expect(told(world, 60, ILL).at(-1)).toStrictEqual([41, 'fired main/cam']);
  });
});

describe('in maintenance', () => {
  const maintenance: Maintenance[] = [
    {
      ...{ name: 'noon', match: null, servers: ['main'] },
      hours: { days: new Set(['mon']), fromMinute: 720, toMinute: 730, timeZone: 'UTC' },
    },
  ];

  test('nobody is told, and afterwards what still fires', () => {
    const world = new AlertWorld([targetOf()], maintenance);
    const ill = [...ILL, illSubject(streamOf('cam', 'other'))];
    expect(told(world, 700, ill)).toStrictEqual([
      [41, 'fired other/cam'],
      [600, 'fired main/cam'],
    ]);
  });
});
