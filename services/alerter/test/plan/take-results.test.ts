import { describe, expect, test } from '@jest/globals';
import type { Queued, TryResult } from '../../src/model.ts';
import { AlertWorld, illSubject, streamOf, targetOf, worldTime } from '../support/alert-world.ts';

const ILL = [illSubject(streamOf())];
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A world in which a message is in the queue of each target. */
function waiting(names: readonly string[] = ['phone']): AlertWorld {
  const world = new AlertWorld(names.map((name) => targetOf({ name })));
  for (let second = 0; second < 41; second += 1) world.tick(ILL);
  return world;
}

function first(world: AlertWorld, target = 'phone'): Queued {
  const [queued] = world.queue(target);
  if (queued === undefined) throw new Error('nothing is in the queue');
  return queued;
}

function resultOf(world: AlertWorld, fields: Partial<TryResult> = {}): TryResult {
  const target = fields.target ?? 'phone';
  const messageId = first(world, target).message.id;
  return { target, messageId, outcome: 'failed', error: 'it answered 500', retryAfterMs: null, ...fields };
}

/** Waits until the next try, which fails, too. Tells how long that was, in s. */
function failOnce(world: AlertWorld, fields: Partial<TryResult> = {}): number {
  const waitMs = first(world).nextTryAtMs - world.moment.atMs;
  world.tick(ILL, { afterMs: waitMs });
  world.results([resultOf(world, fields)]);
  return waitMs / 1_000;
}

const statusOf = (world: AlertWorld, target = 'phone') => world.state.targets.get(target);

describe('a message that was delivered', () => {
  test('is out of the queue, and told so', () => {
    const world = waiting();
    const { message } = first(world);
    world.results([resultOf(world, { outcome: 'delivered', error: null })]);
    expect(world.queue()).toStrictEqual([]);
    expect(world.ended).toStrictEqual([
      { message, outcome: 'delivered', tries: 1, error: null, at: worldTime(41_000) },
    ]);
    expect(statusOf(world)).toMatchObject({ deliveredAt: worldTime(41_000), error: null });
  });

  test('ends that its target fails', () => {
    const world = waiting();
    world.results([resultOf(world)]);
    expect(statusOf(world)).toMatchObject({ error: 'it answered 500', deliveredAt: null });
    world.results([resultOf(world, { outcome: 'delivered', error: null })]);
    expect(statusOf(world)?.error).toBeNull();
    expect(world.ended).toMatchObject([{ outcome: 'delivered', tries: 2 }]);
  });

  test.each([
    ['of a message that isn’t there any more', { messageId: 'another' }],
    ['of a target that isn’t there any more', { target: 'another', messageId: 'any' }],
  ])('is passed over where that is %s', (_what, fields) => {
    const world = waiting();
    const before = world.state;
    world.results([{ ...resultOf(world), ...fields, outcome: 'delivered' }]);
    expect(world.state).toBe(before);
    expect(world.ended).toStrictEqual([]);
  });

  test('says what an Alertmanager knows by that; a try that failed leaves it open', () => {
    const world = waiting();
    const told = [{ id: 'a', code: 'off-air', severity: 'critical' }] as const;
    world.results([resultOf(world, { outcome: 'delivered', error: null, told })]);
    expect(statusOf(world)?.told).toBe(told);
    const other = waiting();
    other.results([resultOf(other)]);
    expect(statusOf(other)?.told).toStrictEqual([]);
  });

  test('isn’t told of where it was only to say that nothing is new', () => {
    const world = new AlertWorld([targetOf({ kind: 'alertmanager' })]);
    world.tick([]);
    world.results([resultOf(world, { outcome: 'delivered', error: null })]);
    expect(world.ended).toStrictEqual([]);
    expect(statusOf(world)?.deliveredAt).toBe(worldTime(1_000));
  });
});

describe('a message that could not be delivered', () => {
  test('is tried again after 5, 10, 20, 40 s, then each minute, then every 5 minutes', () => {
    const world = waiting();
    const waits = Array.from({ length: 18 }, () => failOnce(world));
    expect(waits).toStrictEqual([
      0,
      5,
      10,
      20,
      40,
      ...Array.from({ length: 9 }, () => 60),
      300,
      300,
      300,
      300,
    ]);
    expect(first(world)).toMatchObject({ tries: 18, message: { id: expect.any(String) } });
  });

  test('stays what it is, with its id', () => {
    const world = waiting();
    const { message } = first(world);
    failOnce(world);
    world.tick([], { afterMs: HOUR_MS });
    expect(first(world).message).toBe(message);
  });

  test('is given up after a day, and told with all that is in it', () => {
    const world = waiting();
    const { message } = first(world);
    let tries = 0;
    while (world.ended.length === 0) {
      failOnce(world);
      tries += 1;
    }
    expect(world.ended).toMatchObject([{ message, outcome: 'dead', tries, error: 'it answered 500' }]);
    expect(world.moment.atMs - 41_000).toBeGreaterThanOrEqual(24 * HOUR_MS);
    expect(world.moment.atMs - 41_000).toBeLessThan(24 * HOUR_MS + 5 * MINUTE_MS);
    expect(world.queue()).toStrictEqual([]);
  });

  test.each([
    ['is longer', 30_000, 30],
    ['is shorter', 1_000, 5],
    ['is an hour', HOUR_MS, 3_600],
    ['is longer than an hour', 9 * HOUR_MS, 3_600],
  ])('is tried later where that is what the target wants: it %s', (_what, retryAfterMs, seconds) => {
    const world = waiting();
    failOnce(world, { retryAfterMs });
    expect(failOnce(world)).toBe(seconds);
  });

  test('keeps no other target', () => {
    const world = waiting(['phone', 'mail']);
    world.results([resultOf(world), resultOf(world, { target: 'mail', outcome: 'delivered', error: null })]);
    expect([world.queue('phone').length, world.queue('mail').length]).toStrictEqual([1, 0]);
  });

  test('is tried on, by the alerter’s own clock, whatever the wall clock says', () => {
    const world = waiting();
    world.setClock(900 * 24 * HOUR_MS);
    failOnce(world);
    expect([failOnce(world), world.ended.length]).toStrictEqual([5, 0]);
  });
});

describe('a test that fails', () => {
  test('isn’t tried again, and doesn’t keep what is behind it', () => {
    const world = waiting();
    const { message } = first(world);
    world.command({ type: 'target.test', by: 'ann', target: 'phone' });
    expect(first(world).message.kind).toBe('test');
    world.results([resultOf(world)]);
    expect(world.ended).toMatchObject([{ message: { kind: 'test' }, outcome: 'dead', tries: 1 }]);
    expect(world.queue().map((one) => one.message)).toStrictEqual([message]);
  });
});

describe('a target that is gone', () => {
  const goneOf = (world: AlertWorld) => resultOf(world, { outcome: 'gone', error: 'it answered 410' });

  test('is disabled, and all that is on its way to it is given up', () => {
    const world = waiting();
    const { message } = first(world);
    world.command({ type: 'notification.replay', by: 'ann', id: '1-0' }, { ...message, id: 'older' });
    world.results([goneOf(world)]);
    expect(statusOf(world)).toMatchObject({ isDisabled: true, error: 'it answered 410', queue: [] });
    expect(world.ended).toMatchObject([
      { message, outcome: 'dead', tries: 1, error: 'it answered 410' },
      { message: { id: 'older' }, outcome: 'dead', tries: 0 },
    ]);
  });

  test('is told of to the others, once', () => {
    const world = waiting(['phone', 'mail', 'chat']);
    world.results([goneOf(world)]);
    for (const target of ['mail', 'chat']) {
      expect(
        world.queue(target).map(({ message: { kind, goneTarget } }) => [kind, goneTarget]),
      ).toStrictEqual([
        ['alerts', null],
        ['gone', 'phone'],
      ]);
    }
    world.deliver();
    expect([world.tick(ILL), world.queue('phone')]).toStrictEqual([[], []]);
  });

  test('isn’t told to one that is gone, too', () => {
    const world = waiting(['phone', 'mail']);
    world.results([goneOf(world)]);
    world.results([{ ...resultOf(world, { target: 'mail' }), outcome: 'gone' }]);
    expect([world.queue('phone'), world.queue('mail')]).toStrictEqual([[], []]);
  });

  test('is told nothing, and nothing waits for it: what was resolved goes after its hour', () => {
    const world = waiting();
    world.results([goneOf(world)]);
    expect([...world.pass(60_000, ILL), ...world.pass(60_000, [])]).toStrictEqual([]);
    expect(world.alert(streamOf())).toMatchObject({ state: 'resolved', notified: {} });
    world.tick([], { afterMs: HOUR_MS });
    expect(world.state.alerts.size).toBe(0);
  });

  test('is told what fires once its entry in the file is another', () => {
    const world = waiting();
    world.results([goneOf(world)]);
    world.pass(60_000, ILL);
    world.restart();
    expect(world.pass(60_000, ILL)).toStrictEqual([]);
    world.restart([targetOf({ digest: 'two' })]);
    expect(statusOf(world)).toMatchObject({ isDisabled: false, error: null, digest: 'two' });
    expect(world.pass(5_000, ILL)).toMatchObject([{ firedCount: 1 }]);
  });
});
