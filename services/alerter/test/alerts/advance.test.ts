import { describe, expect, test } from '@jest/globals';
import {
  AlertWorld,
  heldReason,
  hostOf,
  illSubject,
  serverOf,
  streamOf,
  targetOf,
  WARNING,
  worldTime,
} from '../support/alert-world.ts';

const CAM = streamOf();
const ILL = [illSubject(CAM)];

/** What is known of an alert at each second; the last one as often as it says. */
function statesOf(world: AlertWorld, seconds: number, ill: Parameters<AlertWorld['tick']>[0]): string[] {
  return Array.from({ length: seconds }, () => {
    world.tick(ill);
    return world.alert(CAM)?.state ?? 'none';
  });
}

/** A world in which CAM fires. */
function firing(targets = [targetOf()]): AlertWorld {
  const world = new AlertWorld(targets);
  world.pass(32_000, ILL);
  return world;
}

const times = (count: number, state: string): string[] => Array.from({ length: count }, () => state);

describe('something in trouble', () => {
  test('is pending at first, and fires after 30 s', () => {
    const world = new AlertWorld();
    expect(statesOf(world, 31, ILL)).toStrictEqual([...times(30, 'pending'), 'firing']);
    expect(world.alert(CAM)).toMatchObject({ since: worldTime(0), firedAt: worldTime(31_000), returns: 0 });
  });

  test('leaves no trace where it is over before it fires', () => {
    const world = new AlertWorld();
    statesOf(world, 30, ILL);
    expect(statesOf(world, 1, [])).toStrictEqual(['none']);
    expect(world.events).toStrictEqual([]);
  });

  test('fires at once where it has held for long enough already', () => {
    const world = new AlertWorld();
    expect(statesOf(world, 1, [illSubject(CAM, heldReason({ heldMs: 30_000 }))])).toStrictEqual(['firing']);
  });

  test('has held as long as its oldest reason', () => {
    const world = new AlertWorld();
    const ill = [
      illSubject(CAM, heldReason({ heldMs: 5_000 }), heldReason({ code: 'stalled', heldMs: 20_000 })),
    ];
    expect(statesOf(world, 12, ill)).toStrictEqual([...times(10, 'pending'), ...times(2, 'firing')]);
  });

  test('of servers and hosts is a matter of its own', () => {
    const world = new AlertWorld();
    world.tick([illSubject(serverOf('a')), illSubject(hostOf('a')), illSubject(streamOf('a', 'a'))]);
    expect([...world.state.alerts.keys()]).toStrictEqual(['server:a', 'host:a', 'stream:a:a']);
  });

  test('keeps its state where nothing changes: the very same map', () => {
    const world = firing();
    const before = world.state;
    world.tick(ILL);
    expect(world.state.alerts).toBe(before.alerts);
    expect(world.state.targets).toBe(before.targets);
  });
});

describe('an alert that fires', () => {
  test('recovers when the trouble is over, and is resolved after 20 s', () => {
    const world = firing();
    expect(statesOf(world, 21, [])).toStrictEqual([...times(20, 'recovering'), 'resolved']);
    expect(world.alert(CAM)).toMatchObject({
      firedAt: worldTime(31_000),
      endedAt: worldTime(33_000),
      resolvedAt: new Date(world.moment.wallMs).toISOString(),
    });
  });

  test('that returns while it recovers is the same, since the same time, and says so', () => {
    const world = firing();
    const { id, since } = world.alert(CAM) ?? {};
    statesOf(world, 19, []);
    expect(statesOf(world, 1, ILL)).toStrictEqual(['firing']);
    expect(world.alert(CAM)).toMatchObject({ id, since, returns: 1, endedAt: null });
  });

  test('ended when it was well at last, for however long it recovers', () => {
    const world = firing();
    for (const ill of [[], ILL, [], ILL]) statesOf(world, 5, ill);
    const endedAt = new Date(world.moment.wallMs + 1_000).toISOString();
    expect(statesOf(world, 301, []).at(-1)).toBe('resolved');
    expect(world.alert(CAM)?.endedAt).toBe(endedAt);
  });

  test('ended when it was well, where nobody could see it for a while after that', () => {
    const world = firing();
    statesOf(world, 5, []);
    const { endedAt } = world.alert(CAM) ?? {};
    world.pass(5_000, [], () => false);
    expect(statesOf(world, 21, []).at(-1)).toBe('resolved');
    expect(world.alert(CAM)).toMatchObject({ endedAt, state: 'resolved' });
  });

  test('that returned twice recovers for 5 minutes', () => {
    const world = firing();
    statesOf(world, 5, []);
    statesOf(world, 5, ILL);
    expect(statesOf(world, 21, []).at(-1)).toBe('resolved');
    const other = firing();
    for (const ill of [[], ILL, [], ILL]) statesOf(other, 5, ill);
    expect(statesOf(other, 301, [])).toStrictEqual([...times(300, 'recovering'), 'resolved']);
  });

  test('is the same whatever its reasons become, with the earliest since', () => {
    const world = firing();
    const { id } = world.alert(CAM) ?? {};
    world.tick([illSubject(CAM, heldReason({ code: 'not-live', since: worldTime(-60_000) }))]);
    world.tick([illSubject(CAM, heldReason({ code: 'source-down', since: worldTime(90_000) }))]);
    expect(world.alert(CAM)).toMatchObject({
      id,
      state: 'firing',
      since: worldTime(-60_000),
      reasons: [{ code: 'source-down', since: worldTime(90_000) }],
    });
  });

  test('shows what was wrong while it recovers and when it is resolved', () => {
    const world = firing();
    statesOf(world, 30, []);
    expect(world.alert(CAM)).toMatchObject({
      state: 'resolved',
      severity: 'critical',
      reasons: [{ code: 'off-air' }],
    });
  });
});

describe('an alert that was resolved', () => {
  function resolved(): AlertWorld {
    const world = firing();
    world.pass(61_000, []);
    return world;
  }

  test('is kept for an hour', () => {
    const world = resolved();
    const { changedAtMs = 0 } = world.alert(CAM) ?? {};
    world.tick([], { afterMs: changedAtMs + 3_599_000 - world.moment.atMs });
    expect(world.alert(CAM)?.state).toBe('resolved');
    world.tick([]);
    expect(world.alert(CAM)).toBeUndefined();
  });

  test('is kept for longer while a target wasn’t told of the end', () => {
    const world = firing();
    // What was made isn't delivered, so nothing else goes out.
    statesOf(world, 15, ILL);
    statesOf(world, 30, []);
    world.tick([], { afterMs: 7_200_000 });
    expect(world.alert(CAM)?.state).toBe('resolved');
    world.deliver();
    world.tick([]);
    world.tick([]);
    expect(world.alert(CAM)).toBeUndefined();
  });

  test('is the same when the trouble is back within 5 minutes: pending, then firing', () => {
    const world = resolved();
    const { id, since, changedAtMs = 0 } = world.alert(CAM) ?? {};
    const back = [illSubject(CAM, heldReason({ since: worldTime(200_000) }))];
    world.tick(back, { afterMs: changedAtMs + 300_000 - world.moment.atMs });
    expect(world.alert(CAM)).toMatchObject({ id, since, state: 'pending', returns: 1, resolvedAt: null });
    expect(statesOf(world, 30, ILL)).toStrictEqual([...times(29, 'pending'), 'firing']);
    expect(world.events.map(({ type }) => type)).toStrictEqual([
      'alert.firing',
      'alert.resolved',
      'alert.firing',
    ]);
  });

  test('fires at once when it is back, where that has held for long enough since it was resolved', () => {
    const world = resolved();
    world.tick([], { afterMs: 100_000 });
    world.tick([illSubject(CAM, heldReason({ heldMs: 3_600_000 }))]);
    expect(world.alert(CAM)).toMatchObject({ state: 'firing', returns: 1 });
  });

  test('has not held longer than since it was resolved, whatever is said', () => {
    const world = resolved();
    const { changedAtMs = 0 } = world.alert(CAM) ?? {};
    const held = heldReason({ heldMs: 3_600_000 });
    world.tick([illSubject(CAM, held)]);
    expect(world.alert(CAM)).toMatchObject({ wrongAtMs: changedAtMs, criticalAtMs: changedAtMs });
  });

  test('goes back to resolved where that was over before it fired, with no event', () => {
    const world = resolved();
    statesOf(world, 10, ILL);
    const events = world.events.length;
    expect(statesOf(world, 1, [])).toStrictEqual(['resolved']);
    expect(world.events).toHaveLength(events);
  });

  test('says what it said, where what came back was over before it fired', () => {
    const world = resolved();
    const { severity, reasons, since, endedAt, resolvedAt } = world.alert(CAM) ?? {};
    statesOf(world, 10, [illSubject(CAM, WARNING)]);
    expect(world.alert(CAM)).toMatchObject({ state: 'pending', resolvedAt: null, severity: 'warning' });
    world.restart();
    expect(statesOf(world, 1, [])).toStrictEqual(['resolved']);
    expect(world.alert(CAM)).toMatchObject({ severity, reasons, since, endedAt, resolvedAt, returns: 1 });
  });

  test('is another one when the trouble is back later', () => {
    const world = resolved();
    const { id, changedAtMs = 0 } = world.alert(CAM) ?? {};
    world.tick(ILL, { afterMs: changedAtMs + 300_001 - world.moment.atMs });
    expect(world.alert(CAM)).toMatchObject({ state: 'pending', returns: 0, notified: {} });
    expect(world.alert(CAM)?.id).not.toBe(id);
  });

  test('is the same later, too, while a target wasn’t told of the end', () => {
    const world = firing();
    statesOf(world, 15, ILL);
    const { id } = world.alert(CAM) ?? {};
    statesOf(world, 30, []);
    world.tick([], { afterMs: 3_000_000 });
    world.tick(ILL);
    expect(world.alert(CAM)).toMatchObject({ id, state: 'pending', returns: 1 });
  });

  test('isn’t acknowledged any more when it is back', () => {
    const world = firing();
    world.command({ type: 'alert.ack', by: 'ann', id: world.alert(CAM)?.id ?? '', comment: null });
    statesOf(world, 30, []);
    expect(world.alert(CAM)?.acknowledged).toMatchObject({ by: 'ann' });
    statesOf(world, 1, ILL);
    expect(world.alert(CAM)?.acknowledged).toBeNull();
  });
});

describe('events', () => {
  test('tell when an alert begins to fire and when it is resolved, once each, however often it returns', () => {
    const world = firing();
    statesOf(world, 5, []);
    statesOf(world, 5, ILL);
    world.pass(40_000, []);
    expect(world.events.map(({ type, alert }) => [type, alert.state, alert.returns])).toStrictEqual([
      ['alert.firing', 'firing', 0],
      ['alert.resolved', 'resolved', 1],
    ]);
  });
});

describe('when an alert fires', () => {
  const minutes = (count: number): number => count * 60_000;

  test.each([
    [
      'the least of those who are told of it',
      [targetOf({ forMs: minutes(5) }), targetOf({ name: 'b', forMs: 10_000 })],
      10,
    ],
    ['30 s where nobody is', [], 30],
    ['30 s where nobody is told of that stream', [targetOf({ match: 'other', forMs: 1_000 })], 30],
    ['of one who is told of that server', [targetOf({ servers: ['main'], forMs: 5_000 })], 5],
    ['30 s where nobody is told of that server', [targetOf({ servers: ['x'], forMs: 5_000 })], 30],
  ])('is decided by %s', (_who, targets, seconds) => {
    const world = new AlertWorld(targets);
    expect(statesOf(world, seconds + 1, ILL)).toStrictEqual([...times(seconds, 'pending'), 'firing']);
  });

  test('counts warnings for those who want them only', () => {
    const targets = [targetOf({ forMs: 5_000 }), targetOf({ name: 'b', severity: 'warning', forMs: 60_000 })];
    const world = new AlertWorld(targets);
    const warning = [illSubject(CAM, WARNING)];
    expect(statesOf(world, 40, warning)).toStrictEqual(times(40, 'pending'));
    expect(statesOf(world, 6, ILL)).toStrictEqual([...times(5, 'pending'), 'firing']);
  });
});
