import { describe, expect, test } from '@jest/globals';
import { AlertWorld, heldReason, illSubject, streamOf, worldTime } from '../support/alert-world.ts';

const CAM = streamOf();
const ILL = [illSubject(CAM)];
const unseen = (): boolean => false;
const DAY_MS = 86_400_000;

function pending(): AlertWorld {
  const world = new AlertWorld();
  world.pass(20_000, ILL);
  return world;
}

function firing(): AlertWorld {
  const world = new AlertWorld();
  world.pass(60_000, ILL);
  return world;
}

function recovering(): AlertWorld {
  const world = firing();
  world.pass(10_000, []);
  return world;
}

const stateOf = (world: AlertWorld) => world.alert(CAM)?.state;

describe('something of which nothing is known', () => {
  test.each([
    ['pending', pending],
    ['firing', firing],
    ['recovering', recovering],
  ])('that was %s is unknown, for days, and never resolved', (before, begun) => {
    const world = begun();
    world.tick([], { isSeen: unseen });
    expect(world.alert(CAM)).toMatchObject({ state: 'unknown', before });
    world.tick([], { isSeen: unseen, afterMs: 6 * DAY_MS });
    expect(world.alert(CAM)).toMatchObject({ state: 'unknown', before });
  });

  test('is seen where trouble is told of it', () => {
    const world = firing();
    world.tick(ILL, { isSeen: unseen });
    expect(stateOf(world)).toBe('firing');
  });

  test('is let go after 7 days, which is told, without an event', () => {
    const world = firing();
    world.tick([], { isSeen: unseen });
    world.tick([], { isSeen: unseen, afterMs: 7 * DAY_MS - 1 });
    expect(stateOf(world)).toBe('unknown');
    const events = world.events.length;
    world.tick([], { isSeen: unseen, afterMs: 1 });
    expect(world.alert(CAM)).toBeUndefined();
    expect(world.forgotten.map(({ subject }) => subject)).toStrictEqual([CAM]);
    expect(world.events).toHaveLength(events);
  });

  test('that was resolved stays that', () => {
    const world = firing();
    world.pass(40_000, []);
    world.tick([], { isSeen: unseen });
    expect(stateOf(world)).toBe('resolved');
  });

  test('asks only for what is known to have been in trouble', () => {
    const world = firing();
    const asked: unknown[] = [];
    world.tick([], { isSeen: (subject) => asked.push(subject) > 0 });
    expect(asked).toStrictEqual([CAM]);
  });
});

describe('when it is seen again', () => {
  test('and still in trouble, it fires on, with no event', () => {
    const world = firing();
    const before = world.alert(CAM);
    const events = world.events.length;
    world.pass(60_000, [], unseen);
    world.tick(ILL);
    expect(world.alert(CAM)).toMatchObject({ id: before?.id, state: 'firing', before: null, returns: 0 });
    expect(world.events).toHaveLength(events);
  });

  test('and well, it recovers first', () => {
    const world = firing();
    world.pass(60_000, [], unseen);
    world.tick([]);
    expect(stateOf(world)).toBe('recovering');
    world.pass(19_000, []);
    expect(stateOf(world)).toBe('recovering');
    world.tick([]);
    expect(stateOf(world)).toBe('resolved');
  });

  test('and well while it recovered, it recovers anew: unknown time doesn’t count as well', () => {
    const world = recovering();
    world.pass(60_000, [], unseen);
    world.pass(20_000, []);
    expect(stateOf(world)).toBe('recovering');
    world.tick([]);
    expect(stateOf(world)).toBe('resolved');
  });

  test('and in trouble while it recovered, it has returned', () => {
    const world = recovering();
    world.pass(60_000, [], unseen);
    world.tick(ILL);
    expect(world.alert(CAM)).toMatchObject({ state: 'firing', returns: 1 });
  });

  test('and well while it was pending, it leaves no trace', () => {
    const world = pending();
    world.tick([], { isSeen: unseen });
    world.tick([]);
    expect(world.alert(CAM)).toBeUndefined();
  });

  test('and well while it was pending again, it is resolved as it was', () => {
    const world = firing();
    world.pass(60_000, []);
    world.pass(5_000, ILL);
    world.tick([], { isSeen: unseen });
    expect(world.alert(CAM)).toMatchObject({ state: 'unknown', before: 'pending' });
    const events = world.events.length;
    world.tick([]);
    expect(stateOf(world)).toBe('resolved');
    expect(world.events).toHaveLength(events);
  });

  test('and in trouble while it was pending, it fires when it has been so for long enough, and is told then', () => {
    const world = pending();
    world.pass(100_000, [], unseen);
    // 20 s of the 30 were seen before it was unknown, the last one not to its end.
    world.pass(10_000, ILL);
    expect(stateOf(world)).toBe('pending');
    world.tick(ILL);
    expect(stateOf(world)).toBe('firing');
    expect(world.events.map(({ type }) => type)).toStrictEqual(['alert.firing']);
  });

  test('what is said of before counts only where it wasn’t known', () => {
    const world = pending();
    world.tick([], { isSeen: unseen });
    world.tick([illSubject(CAM, heldReason({ heldMs: DAY_MS }))]);
    expect(stateOf(world)).toBe('pending');
    world.tick([
      illSubject(CAM, heldReason({ code: 'not-live', heldMs: DAY_MS, since: worldTime(-DAY_MS) })),
    ]);
    expect(world.alert(CAM)).toMatchObject({ state: 'firing', since: worldTime(-DAY_MS) });
  });

  test('criticality that was unknown doesn’t count either', () => {
    const world = firing();
    const before = world.alert(CAM)?.criticalAtMs ?? 0;
    world.tick([], { isSeen: unseen });
    world.tick(ILL, { afterMs: 50_000 });
    expect(world.alert(CAM)).toMatchObject({ criticalAtMs: before + 50_000, wrongAtMs: before + 50_000 });
  });
});
