import { describe, expect, test } from '@jest/globals';
import { AlertWorld, illSubject, streamOf, targetOf, told, worldTime } from '../support/alert-world.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const CAM = streamOf();
const ILL = [illSubject(CAM)];
const SERVER_DOWN = [illSubject({ kind: 'server', server: 'main' })];
const HOST_BUSY = [illSubject({ kind: 'host', host: 'main' })];
const NORTH = { site: 'north', rack: '1' };
const SOUTH = { site: 'south', rack: '1' };
const north = targetOf({ name: 'north', labels: { site: 'north' } });
const south = targetOf({ name: 'south', labels: { site: 'south' } });

/** A world in which server `main` has these labels. */
function worldWith(
  labels: Readonly<Record<string, string>> | null,
  ...targets: readonly ReturnType<typeof targetOf>[]
) {
  const world = new AlertWorld(targets);
  if (labels !== null) world.labels.set('main', labels);
  return world;
}

const namesOf = (world: AlertWorld): string[] => Object.keys(world.alert(CAM)?.notified ?? {});

describe('a target of labels', () => {
  test('is told of streams and servers that have all of them, and of no host', () => {
    const both = targetOf({ name: 'both', labels: { site: 'north', rack: '2' } });
    for (const ill of [ILL, SERVER_DOWN]) {
      const world = worldWith(NORTH, north, south, both);
      expect(world.pass(60_000, ill).map(({ target }) => target)).toStrictEqual(['north']);
    }
    expect(worldWith(NORTH, north).pass(60_000, HOST_BUSY)).toStrictEqual([]);
    expect(worldWith(null, north).pass(60_000, ILL)).toStrictEqual([]);
  });

  test('is told by its own times', () => {
    const slow = targetOf({ name: 'slow', labels: { site: 'south' }, forMs: 600_000 });
    const world = worldWith(SOUTH, targetOf({ ...north, forMs: 0 }), slow);
    world.pass(300_000, ILL);
    expect(world.alert(CAM)?.state).toBe('pending');
  });

  test('is told once the server has them, and who was told before is told when it is over', () => {
    const world = worldWith(NORTH, north, south);
    expect(told(world, 60, ILL)).toHaveLength(1);
    expect(namesOf(world)).toStrictEqual(['north']);
    world.labels.set('main', SOUTH);
    expect(told(world, 60, ILL)).toHaveLength(1);
    expect(namesOf(world)).toStrictEqual(['north', 'south']);
    const ended = world.pass(60_000, []);
    expect(ended.map(({ target, resolvedCount }) => [target, resolvedCount])).toStrictEqual([
      ['north', 1],
      ['south', 1],
    ]);
  });

  test('is told of a server that is gone as long as it was: by the labels that it had', () => {
    const world = worldWith(NORTH, north, south);
    world.pass(20_000, ILL);
    world.labels.delete('main');
    expect(world.pass(40_000, ILL).map(({ target }) => target)).toStrictEqual(['north']);
    expect(world.alert(CAM)?.labels).toStrictEqual(NORTH);
  });

  test('keeps what is the same, so that nothing is saved anew', () => {
    const world = worldWith(NORTH, north);
    world.pass(60_000, ILL);
    const before = world.alert(CAM);
    world.labels.set('main', { ...NORTH });
    world.tick(ILL);
    expect(world.alert(CAM)).toBe(before);
    world.labels.set('main', {});
    world.tick(ILL);
    expect(world.alert(CAM)).not.toHaveProperty('labels');
  });
});

describe('a silence of labels', () => {
  const silence = (fields: object) =>
    ({
      type: 'silence.add',
      by: 'ann',
      silence: {
        ...{ id: 's1', server: null, stream: null, reason: null, comment: 'known' },
        ...{ createdAt: worldTime(0), until: worldTime(600_000), ...fields },
      },
    }) as const;

  test('holds for servers that have them all, as long as they have', () => {
    const world = worldWith(NORTH, targetOf());
    world.command(silence({ labels: { site: 'north' } }));
    expect(world.pass(120_000, ILL)).toStrictEqual([]);
    world.labels.set('main', SOUTH);
    expect(told(world, 20, ILL)).toHaveLength(1);
  });

  test('of hosts none', () => {
    const world = worldWith(NORTH, targetOf());
    world.command(silence({ labels: { site: 'north' } }));
    expect(told(world, 60, HOST_BUSY)).toHaveLength(1);
  });

  test('selects something by itself, as a host does; without any label it doesn’t', () => {
    const world = worldWith(NORTH, targetOf());
    world.command(silence({ labels: {} }));
    world.command(silence({}));
    expect(world.effects.map(({ type }) => type)).toStrictEqual(['refused', 'refused']);
    world.command(silence({ id: 's2', host: 'main' }));
    expect(told(world, 60, HOST_BUSY)).toStrictEqual([]);
  });
});

test('maintenance of labels is of servers that have them', () => {
  const hours = { days: new Set(DAYS), fromMinute: 0, toMinute: 1_440, timeZone: 'UTC' };
  const windows = [{ name: 'works', match: null, servers: null, labels: { site: 'north' }, hours }];
  const world = new AlertWorld([targetOf()], windows);
  world.labels.set('main', NORTH);
  expect(world.pass(60_000, ILL)).toStrictEqual([]);
  world.labels.set('main', SOUTH);
  expect(told(world, 20, ILL)).toHaveLength(1);
});
