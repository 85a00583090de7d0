import { beforeEach, describe, expect, test } from '@jest/globals';
import { createFakeClock, type FakeClock } from '@mediamtx-monitor/testkit';
import { Tenure } from '../../src/sharing/tenure.ts';

const INTERVAL_MS = 2_000;
const OWN = 7;

let clock: FakeClock;
let tenure: Tenure;
/** Epoch that stands in Redis; 0 = none does, `null` = Redis is away. */
let stored: number | null;
let hasOthers: boolean;
let isTakenAgain: boolean;
let looks: number;
let losses: number;
beforeEach(() => {
  clock = createFakeClock();
  stored = OWN;
  hasOthers = true;
  isTakenAgain = true;
  looks = 0;
  losses = 0;
  tenure = new Tenure({
    clock,
    intervalMs: INTERVAL_MS,
    look: () => {
      looks += 1;
      if (stored === null) return Promise.reject(new Error('away'));
      const number = { epoch: stored, seq: 1 };
      return Promise.resolve({
        mark: '',
        number,
        isHeld: stored > 0,
        isReleased: false,
        intervalMs: INTERVAL_MS,
      });
    },
    takeAgain: () => Promise.resolve(isTakenAgain),
    hasOthers: () => hasOthers,
    onLost: () => {
      losses += 1;
    },
  });
  tenure.taken(clock.monotonicMs());
});

describe('what was taken', () => {
  test('is ours without a question for two intervals after a tick that was published began', async () => {
    clock.advance(INTERVAL_MS);
    const startedMs = clock.monotonicMs();
    clock.advance(1_000);
    tenure.ticked('published', startedMs);
    clock.advance(2 * INTERVAL_MS - 1_001);
    expect(await tenure.mayPoll(OWN)).toBe(true);
    expect(tenure.mayWrite).toBe(true);
    expect(looks).toBe(0);
  });

  test.each(['late', new Error('away')])('is no surer by a tick that was %s', async (outcome) => {
    clock.advance(2 * INTERVAL_MS);
    tenure.ticked(outcome as 'late' | Error, clock.monotonicMs());
    expect(tenure.mayWrite).toBe(false);
    expect(await tenure.mayPoll(OWN)).toBe(true);
    expect(looks).toBe(1);
  });

  test('is asked for after a freeze, and given up where somebody else has it', async () => {
    clock.advance(60_000);
    expect(tenure.mayWrite).toBe(false);
    stored = OWN + 1;
    expect(await tenure.mayPoll(OWN)).toBe(false);
    expect(losses).toBe(1);
    // For ever.
    stored = OWN;
    expect(await tenure.mayPoll(OWN)).toBe(false);
    tenure.taken(clock.monotonicMs());
    expect(tenure.mayWrite).toBe(false);
  });

  test('goes on where it still stands there, and may be written down with the next tick', async () => {
    clock.advance(60_000);
    expect(await tenure.mayPoll(OWN)).toBe(true);
    expect(tenure.mayWrite).toBe(false);
    tenure.ticked('published', clock.monotonicMs());
    expect(tenure.mayWrite).toBe(true);
  });

  test('is taken again where nothing stands any more', async () => {
    clock.advance(60_000);
    stored = 0;
    expect(await tenure.mayPoll(OWN)).toBe(true);
    isTakenAgain = false;
    expect(await tenure.mayPoll(OWN)).toBe(false);
    expect(losses).toBe(0);
  });

  test('is lost with a tick that was superseded', () => {
    tenure.ticked('superseded', clock.monotonicMs());
    tenure.lose();
    expect(losses).toBe(1);
    expect(tenure.mayWrite).toBe(false);
  });
});

describe('while Redis is away', () => {
  beforeEach(() => {
    stored = null;
    clock.advance(2 * INTERVAL_MS);
  });

  test('it isn’t polled where another collector may have taken it', async () => {
    expect(await tenure.mayPoll(OWN)).toBe(false);
    expect(losses).toBe(0);
    stored = OWN;
    expect(await tenure.mayPoll(OWN)).toBe(true);
  });

  test('who is alone goes on, and asks once in two intervals', async () => {
    hasOthers = false;
    expect(await tenure.mayPoll(OWN)).toBe(true);
    expect(tenure.mayWrite).toBe(true);
    clock.advance(2 * INTERVAL_MS - 1);
    expect(await tenure.mayPoll(OWN)).toBe(true);
    expect(looks).toBe(1);
    clock.advance(1);
    expect(await tenure.mayPoll(OWN)).toBe(true);
    expect(looks).toBe(2);
  });
});

test('what was never taken is polled, since Redis was never reached', async () => {
  const blind = new Tenure({
    clock,
    intervalMs: INTERVAL_MS,
    look: () => Promise.reject(new Error('away')),
    takeAgain: () => Promise.resolve(false),
    hasOthers: () => true,
    onLost: () => undefined,
  });
  clock.advance(60_000);
  expect(blind.isTaken).toBe(false);
  expect(await blind.mayPoll(null)).toBe(true);
  expect(blind.mayWrite).toBe(true);
  blind.taken(clock.monotonicMs());
  expect(blind.isTaken).toBe(true);
});
