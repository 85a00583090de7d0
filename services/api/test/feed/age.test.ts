import { expect, test } from '@jest/globals';
import { createFakeClock } from '@mediamtx-monitor/testkit';
import { ageOf } from '../../src/feed/age.ts';
import { Tick } from '../../src/feed/tick.ts';
import { headOf } from '../publisher.ts';

function tickOf(changes: Parameters<typeof headOf>[0], receivedMs: number | null): Tick {
  return new Tick({
    topic: 'streams',
    subject: 'main',
    head: headOf(changes),
    array: Buffer.from('[]'),
    receivedMs,
  });
}

const published = { collectedAt: '2026-01-01T00:00:00.000Z', publishedAt: '2026-01-01T00:00:00.700Z' };

test('a message ages from when it came, by what it was old when published', () => {
  const clock = createFakeClock();
  const tick = tickOf(published, clock.monotonicMs());
  expect(ageOf(tick, clock)).toEqual({ ageMs: 700, stale: false });
  clock.advance(1_000.4);
  expect(ageOf(tick, clock)).toEqual({ ageMs: 1_700, stale: false });
});

test.each([3_600_000, -3_600_000])('a step of the wall clock by %d ms does not age a message', (step) => {
  const clock = createFakeClock();
  const tick = tickOf(published, clock.monotonicMs());
  clock.advance(100);
  clock.stepWall(step);
  expect(ageOf(tick, clock)).toEqual({ ageMs: 800, stale: false });
});

test('clocks of collector and API that differ do not matter for a message', () => {
  const clock = createFakeClock('2031-05-05T00:00:00.000Z');
  expect(ageOf(tickOf(published, clock.monotonicMs()), clock)?.ageMs).toBe(700);
});

test('a value from its key has the wall clock’s age, at least 0', () => {
  const clock = createFakeClock();
  const tick = tickOf(published, null);
  clock.advance(5_000);
  expect(ageOf(tick, clock)).toEqual({ ageMs: 5_000, stale: false });
  clock.stepWall(-60_000);
  expect(ageOf(tick, clock)).toEqual({ ageMs: 0, stale: false });
});

test('data is stale above three intervals, not at them', () => {
  const clock = createFakeClock();
  const tick = tickOf({ intervalMs: 1_000 }, clock.monotonicMs());
  clock.advance(3_000);
  expect(ageOf(tick, clock)).toEqual({ ageMs: 3_000, stale: false });
  clock.advance(1);
  expect(ageOf(tick, clock)).toEqual({ ageMs: 3_001, stale: true });
});

test('a fresh message about old data is stale', () => {
  const clock = createFakeClock();
  const tick = tickOf({ publishedAt: '2026-01-01T00:01:00.000Z' }, clock.monotonicMs());
  expect(ageOf(tick, clock)).toEqual({ ageMs: 60_000, stale: true });
});

test('where no path list was ever read there is no age, and it is stale', () => {
  const clock = createFakeClock();
  const unknown = { ageMs: null, stale: true };
  expect(ageOf(tickOf({ collectedAt: null }, clock.monotonicMs()), clock)).toEqual(unknown);
  expect(ageOf(tickOf({ collectedAt: null }, null), clock)).toEqual(unknown);
  expect(ageOf(tickOf({ collectedAt: '2026-W01' }, null), clock)).toEqual(unknown);
});

test('a message published before it was collected, after a clock step there, is not of negative age', () => {
  const clock = createFakeClock();
  const tick = tickOf({ publishedAt: '2025-12-31T00:00:00.000Z' }, clock.monotonicMs());
  clock.advance(10);
  expect(ageOf(tick, clock)?.ageMs).toBe(10);
});

test('of a bare array nobody can tell', () => {
  const bare = new Tick({
    topic: 'streams',
    subject: 'main',
    head: null,
    array: Buffer.from('[]'),
    receivedMs: null,
  });
  expect(ageOf(bare, createFakeClock())).toBeUndefined();
});
