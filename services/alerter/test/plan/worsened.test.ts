import { describe, expect, test } from '@jest/globals';
import {
  AlertWorld,
  heldReason,
  illSubject,
  streamOf,
  targetOf,
  told,
  WARNING,
  worldTime,
} from '../support/alert-world.ts';

const CAM = streamOf();
const WARNED = [illSubject(CAM, WARNING)];
const WORSE = [illSubject(CAM, heldReason(), WARNING)];

/** A target that knows of a warning. */
function warned(): AlertWorld {
  const world = new AlertWorld([targetOf({ severity: 'warning', repeatMs: 600_000 })]);
  told(world, 100, WARNED);
  return world;
}

describe('a target that was told of a warning', () => {
  test('is told once more when that is critical, after `for` and groupWait', () => {
    const world = warned();
    expect(told(world, 100, WORSE)).toStrictEqual([[141, 'fired main/cam']]);
    expect(world.alert(CAM)?.notified).toMatchObject({ phone: { state: 'firing', severity: 'critical' } });
  });

  test('isn’t told so again while it is and isn’t critical in turns', () => {
    const world = warned();
    told(world, 100, WORSE);
    told(world, 60, WARNED);
    expect(told(world, 100, WORSE)).toStrictEqual([]);
    // It is repeated 10 minutes after it was told last.
    told(world, 60, WARNED);
    expect(told(world, 400, WARNED)).toStrictEqual([[741, 'repeated main/cam']]);
    expect(told(world, 100, WORSE)).toStrictEqual([]);
  });

  test('isn’t told of what is critical for a moment', () => {
    const world = warned();
    expect([...told(world, 29, WORSE), ...told(world, 60, WARNED)]).toStrictEqual([]);
  });

  test('isn’t told so while that recovers', () => {
    const world = new AlertWorld([targetOf({ severity: 'warning', groupWaitMs: 0 })]);
    told(world, 100, WARNED);
    told(world, 20, WORSE);
    expect(told(world, 19, [])).toStrictEqual([]);
  });

  test('is told so anew when it was over and is back as a warning', () => {
    const world = new AlertWorld([targetOf({ severity: 'warning', groupWaitMs: 0 })]);
    told(world, 100, WARNED);
    told(world, 100, WORSE);
    told(world, 60, []);
    expect(told(world, 60, WARNED).map(([, ...each]) => each)).toStrictEqual([['fired main/cam']]);
    expect(told(world, 60, WORSE).map(([, ...each]) => each)).toStrictEqual([['fired main/cam']]);
  });

  test('is told the end, also where that was silenced', () => {
    const world = warned();
    told(world, 35, WORSE);
    world.command({
      ...{ type: 'silence.add', by: 'ann' },
      silence: {
        ...{ id: 's', server: 'main', stream: null, reason: null, comment: 'known' },
        ...{ createdAt: worldTime(0), until: worldTime(3_600_000) },
      },
    });
    expect(told(world, 60, WORSE)).toStrictEqual([]);
    expect(told(world, 60, []).map(([, ...each]) => each)).toStrictEqual([['resolved main/cam']]);
  });

  test('is told of what is critical when it is back: as of anything that fires', () => {
    const world = warned();
    told(world, 60, []);
    expect(told(world, 100, WORSE).map(([, ...each]) => each)).toStrictEqual([['fired main/cam']]);
  });
});

test('a target is told once of what is critical by the time it is told', () => {
  const world = new AlertWorld([targetOf({ severity: 'warning', groupWaitMs: 120_000 })]);
  told(world, 40, WARNED);
  // Due as a warning, critical when the message goes out.
  expect(told(world, 300, WORSE)).toStrictEqual([[151, 'fired main/cam']]);
});

test('what gets worse outside of hours, or isn’t selected any more, isn’t told', () => {
  const hours = { days: new Set(['mon'] as const), fromMinute: 720, toMinute: 722, timeZone: 'UTC' };
  const world = new AlertWorld([targetOf({ severity: 'warning', hours })]);
  told(world, 119, WARNED);
  expect(told(world, 100, WORSE)).toStrictEqual([]);
  const other = warned();
  other.restart([targetOf({ severity: 'warning', match: 'other' })]);
  expect(told(other, 100, WORSE)).toStrictEqual([]);
});
