import { describe, expect, test } from '@jest/globals';
import { createFakeClock, type FakeClock, streamsHead } from '@mediamtx-monitor/testkit';
import type { StreamsHead } from '@mediamtx-monitor/types';
import { ageOf, isGone, isSilent, type KnownHead, type ReadMoment, silentMs } from '../../src/index.ts';

function knownOf(changes: Partial<StreamsHead>, receivedMs: number | null, readAt?: ReadMoment): KnownHead {
  return { subject: 'main', head: streamsHead(changes), receivedMs, readAt };
}

const BARE_ARRAY: KnownHead = { subject: 'main', head: null, receivedMs: null };

const published = { collectedAt: '2026-01-01T00:00:00.000Z', publishedAt: '2026-01-01T00:00:00.700Z' };

test('a message ages from when it came, by what it was old when published', () => {
  const clock = createFakeClock();
  const known = knownOf(published, clock.monotonicMs());
  expect(ageOf(known, clock)).toStrictEqual({ ageMs: 700, stale: false });
  clock.advance(1_000.4);
  expect(ageOf(known, clock)).toStrictEqual({ ageMs: 1_700, stale: false });
});

test.each([3_600_000, -3_600_000])('a step of the wall clock by %d ms does not age a message', (step) => {
  const clock = createFakeClock();
  const known = knownOf(published, clock.monotonicMs());
  clock.advance(100);
  clock.stepWall(step);
  expect(ageOf(known, clock)).toStrictEqual({ ageMs: 800, stale: false });
});

test('clocks of collector and API that differ do not matter for a message', () => {
  const clock = createFakeClock('2031-05-05T00:00:00.000Z');
  expect(ageOf(knownOf(published, clock.monotonicMs()), clock)?.ageMs).toBe(700);
});

/** A value read when Redis's clock was so far beyond `collectedAt`, whatever our own says. */
function readLater(ms: number, clock: FakeClock): KnownHead {
  const redisMs = Date.parse(published.collectedAt) + ms;
  return knownOf(published, null, { redisMs, monotonicMs: clock.monotonicMs() });
}

test.each([600_000, -600_000])(
  'a value from its key is as old as Redis’s clock says: ours is %d ms off',
  (offMs) => {
    const clock = createFakeClock();
    clock.stepWall(offMs);
    const known = readLater(5_000, clock);
    expect(ageOf(known, clock)).toStrictEqual({ ageMs: 5_000, stale: false });
    clock.advance(1_001);
    clock.stepWall(offMs);
    expect(ageOf(known, clock)).toStrictEqual({ ageMs: 6_001, stale: true });
  },
);

test('a value that a clock dated which is ahead is of now, and ages from there', () => {
  const clock = createFakeClock();
  const known = readLater(-3_600_000, clock);
  expect(ageOf(known, clock)).toStrictEqual({ ageMs: 0, stale: false });
  clock.advance(6_001);
  expect(ageOf(known, clock)).toStrictEqual({ ageMs: 6_001, stale: true });
});

describe('silence', () => {
  const DAY_MS = 86_400_000;

  test('of a message is the time since it came, however old its data was', () => {
    const clock = createFakeClock();
    const known = knownOf({ ...published, publishedAt: '2026-01-09T00:00:00.000Z' }, clock.monotonicMs());
    expect(silentMs(known, clock)).toBe(0);
    clock.advance(6_000);
    expect(isSilent(known, clock)).toBe(false);
    clock.advance(1);
    expect([isSilent(known, clock), isGone(known, clock)]).toStrictEqual([true, false]);
    clock.advance(DAY_MS - 6_001);
    expect(isGone(known, clock)).toBe(false);
    clock.advance(1);
    expect(isGone(known, clock)).toBe(true);
  });

  test('of a value from its key began when it was published, by Redis’s clock', () => {
    const clock = createFakeClock();
    const known = readLater(DAY_MS + 700, clock);
    expect(silentMs(known, clock)).toBe(DAY_MS);
    clock.advance(1);
    expect(isGone(known, clock)).toBe(true);
  });

  test('of a bare array nobody can tell', () => {
    const clock = createFakeClock();
    const bare = BARE_ARRAY;
    clock.advance(DAY_MS * 9);
    expect([isSilent(bare, clock), isGone(bare, clock)]).toStrictEqual([false, false]);
  });
});

test('data is stale above three intervals, not at them', () => {
  const clock = createFakeClock();
  const known = knownOf({ intervalMs: 1_000 }, clock.monotonicMs());
  clock.advance(3_000);
  expect(ageOf(known, clock)).toStrictEqual({ ageMs: 3_000, stale: false });
  clock.advance(1);
  expect(ageOf(known, clock)).toStrictEqual({ ageMs: 3_001, stale: true });
});

test('a fresh message about old data is stale', () => {
  const clock = createFakeClock();
  const known = knownOf({ publishedAt: '2026-01-01T00:01:00.000Z' }, clock.monotonicMs());
  expect(ageOf(known, clock)).toStrictEqual({ ageMs: 60_000, stale: true });
});

test('where no path list was ever read there is no age, and it is stale', () => {
  const clock = createFakeClock();
  const unknown = { ageMs: null, stale: true };
  expect(ageOf(knownOf({ collectedAt: null }, clock.monotonicMs()), clock)).toStrictEqual(unknown);
  const readAt = { redisMs: 0, monotonicMs: 0 };
  expect(ageOf(knownOf({ collectedAt: null }, null, readAt), clock)).toStrictEqual(unknown);
});

test('a message published before it was collected, after a clock step there, is not of negative age', () => {
  const clock = createFakeClock();
  const known = knownOf({ publishedAt: '2025-12-31T00:00:00.000Z' }, clock.monotonicMs());
  clock.advance(10);
  expect(ageOf(known, clock)?.ageMs).toBe(10);
});

test('of a bare array nobody can tell', () => {
  expect(ageOf(BARE_ARRAY, createFakeClock())).toBeUndefined();
});
