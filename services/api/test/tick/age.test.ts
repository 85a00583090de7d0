import { describe, expect, test } from '@jest/globals';
import { createFakeClock, type FakeClock } from '@mediamtx-monitor/testkit';
import type { MessageHead } from '@mediamtx-monitor/types';
import { ageOf, isGone, isSilent, silentMs } from '../../src/tick/age.ts';
import { type ReadMoment, Tick } from '../../src/tick/tick.ts';
import { headOf } from '../publisher.ts';

function tickOf(changes: Parameters<typeof headOf>[0], receivedMs: number | null, readAt?: ReadMoment): Tick {
  return new Tick({
    topic: 'streams',
    subject: 'main',
    head: headOf(changes),
    array: Buffer.from('[]'),
    receivedMs,
    readAt,
  });
}

function bareArray(): Tick {
  const array = Buffer.from('[]');
  return new Tick<MessageHead>({ topic: 'streams', subject: 'main', head: null, array, receivedMs: null });
}

const published = { collectedAt: '2026-01-01T00:00:00.000Z', publishedAt: '2026-01-01T00:00:00.700Z' };

test('a message ages from when it came, by what it was old when published', () => {
  const clock = createFakeClock();
  const tick = tickOf(published, clock.monotonicMs());
  expect(ageOf(tick, clock)).toStrictEqual({ ageMs: 700, stale: false });
  clock.advance(1_000.4);
  expect(ageOf(tick, clock)).toStrictEqual({ ageMs: 1_700, stale: false });
});

test.each([3_600_000, -3_600_000])('a step of the wall clock by %d ms does not age a message', (step) => {
  const clock = createFakeClock();
  const tick = tickOf(published, clock.monotonicMs());
  clock.advance(100);
  clock.stepWall(step);
  expect(ageOf(tick, clock)).toStrictEqual({ ageMs: 800, stale: false });
});

test('clocks of collector and API that differ do not matter for a message', () => {
  const clock = createFakeClock('2031-05-05T00:00:00.000Z');
  expect(ageOf(tickOf(published, clock.monotonicMs()), clock)?.ageMs).toBe(700);
});

/** A value read when Redis's clock was so far beyond `collectedAt`, whatever our own says. */
function readLater(ms: number, clock: FakeClock): Tick {
  const redisMs = Date.parse(published.collectedAt) + ms;
  return tickOf(published, null, { redisMs, monotonicMs: clock.monotonicMs() });
}

test.each([600_000, -600_000])(
  'a value from its key is as old as Redis’s clock says: ours is %d ms off',
  (offMs) => {
    const clock = createFakeClock();
    clock.stepWall(offMs);
    const tick = readLater(5_000, clock);
    expect(ageOf(tick, clock)).toStrictEqual({ ageMs: 5_000, stale: false });
    clock.advance(1_001);
    clock.stepWall(offMs);
    expect(ageOf(tick, clock)).toStrictEqual({ ageMs: 6_001, stale: true });
  },
);

test('a value that a clock dated which is ahead is of now, and ages from there', () => {
  const clock = createFakeClock();
  const tick = readLater(-3_600_000, clock);
  expect(ageOf(tick, clock)).toStrictEqual({ ageMs: 0, stale: false });
  clock.advance(6_001);
  expect(ageOf(tick, clock)).toStrictEqual({ ageMs: 6_001, stale: true });
});

describe('silence', () => {
  const DAY_MS = 86_400_000;

  test('of a message is the time since it came, however old its data was', () => {
    const clock = createFakeClock();
    const tick = tickOf({ ...published, publishedAt: '2026-01-09T00:00:00.000Z' }, clock.monotonicMs());
    expect(silentMs(tick, clock)).toBe(0);
    clock.advance(6_000);
    expect(isSilent(tick, clock)).toBe(false);
    clock.advance(1);
    expect([isSilent(tick, clock), isGone(tick, clock)]).toStrictEqual([true, false]);
    clock.advance(DAY_MS - 6_001);
    expect(isGone(tick, clock)).toBe(false);
    clock.advance(1);
    expect(isGone(tick, clock)).toBe(true);
  });

  test('of a value from its key began when it was published, by Redis’s clock', () => {
    const clock = createFakeClock();
    const tick = readLater(DAY_MS + 700, clock);
    expect(silentMs(tick, clock)).toBe(DAY_MS);
    clock.advance(1);
    expect(isGone(tick, clock)).toBe(true);
  });

  test('of a bare array nobody can tell', () => {
    const clock = createFakeClock();
    const bare = bareArray();
    clock.advance(DAY_MS * 9);
    expect([isSilent(bare, clock), isGone(bare, clock)]).toStrictEqual([false, false]);
  });
});

test('data is stale above three intervals, not at them', () => {
  const clock = createFakeClock();
  const tick = tickOf({ intervalMs: 1_000 }, clock.monotonicMs());
  clock.advance(3_000);
  expect(ageOf(tick, clock)).toStrictEqual({ ageMs: 3_000, stale: false });
  clock.advance(1);
  expect(ageOf(tick, clock)).toStrictEqual({ ageMs: 3_001, stale: true });
});

test('a fresh message about old data is stale', () => {
  const clock = createFakeClock();
  const tick = tickOf({ publishedAt: '2026-01-01T00:01:00.000Z' }, clock.monotonicMs());
  expect(ageOf(tick, clock)).toStrictEqual({ ageMs: 60_000, stale: true });
});

test('where no path list was ever read there is no age, and it is stale', () => {
  const clock = createFakeClock();
  const unknown = { ageMs: null, stale: true };
  expect(ageOf(tickOf({ collectedAt: null }, clock.monotonicMs()), clock)).toStrictEqual(unknown);
  const readAt = { redisMs: 0, monotonicMs: 0 };
  expect(ageOf(tickOf({ collectedAt: null }, null, readAt), clock)).toStrictEqual(unknown);
});

test('a message published before it was collected, after a clock step there, is not of negative age', () => {
  const clock = createFakeClock();
  const tick = tickOf({ publishedAt: '2025-12-31T00:00:00.000Z' }, clock.monotonicMs());
  clock.advance(10);
  expect(ageOf(tick, clock)?.ageMs).toBe(10);
});

test('of a bare array nobody can tell', () => {
  expect(ageOf(bareArray(), createFakeClock())).toBeUndefined();
});
