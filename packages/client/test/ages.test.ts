import { describe, expect, test } from '@jest/globals';
import type { Age } from '@mediamtx-monitor/types';
import { Ages } from '../src/ages.ts';
import { createManualTime, type ManualTime } from './support/manual-time.ts';
import {
  connectionsMessage,
  hostsMessage,
  hostStatusMessage,
  statusMessage,
  streamsMessage,
} from './support/messages.ts';

type AgeUpdate = readonly [subject: string, age: Age];

function setUp(): { ages: Ages; time: ManualTime; updates: AgeUpdate[] } {
  const time = createManualTime();
  const updates: AgeUpdate[] = [];
  return { time, updates, ages: new Ages(time, (subject, age) => updates.push([subject, age])) };
}

const age = (ageMs: number | null, stale: boolean): Age => ({ ageMs, stale });

describe('age', () => {
  test('is unknown, so stale, before anything came', () => {
    expect(setUp().ages.of('main')).toStrictEqual(age(null, true));
  });

  test('starts as it was when the message was made, and goes on by the monotonic clock', () => {
    const { ages, time } = setUp();
    ages.message(streamsMessage());
    expect(ages.of('main')).toStrictEqual(age(100, false));
    time.advance(1_234);
    expect(ages.of('main')).toStrictEqual(age(1_334, false));
  });

  test('is never below nothing, whatever the clocks of others say', () => {
    const { ages } = setUp();
    ages.message(streamsMessage({ publishedAt: '2025-12-31T23:00:00.000Z' }));
    expect(ages.of('main')).toStrictEqual(age(0, false));
  });

  test('is unknown as long as no path list was ever read', () => {
    const { ages, time } = setUp();
    ages.message(streamsMessage({ collectedAt: null }));
    expect(ages.of('main')).toStrictEqual(age(null, true));
    expect(time.pending()).toStrictEqual([]);
  });

  test('is what a status says, and goes on from there', () => {
    const { ages, time } = setUp();
    ages.message(streamsMessage());
    ages.status(statusMessage({ ageMs: 4_000 }));
    time.advance(500);
    expect(ages.of('main')).toStrictEqual(age(4_500, false));
  });

  test('goes on through a message that tells nothing new', () => {
    const { ages, time } = setUp();
    ages.message(streamsMessage({ seq: 3 }));
    time.advance(1_000);
    ages.message(connectionsMessage({ seq: 3 }));
    ages.message(streamsMessage({ seq: 2 }));
    expect(ages.of('main')).toStrictEqual(age(1_100, false));
  });

  test('follows an older numbering that lives', () => {
    const { ages, time } = setUp();
    ages.message(streamsMessage({ epoch: 9_007_199_254_740_991 }));
    time.advance(6_001);
    for (const seq of [5, 6]) ages.message(streamsMessage({ seq }));
    expect(ages.of('main')).toStrictEqual(age(100, false));
  });

  test('of what was forgotten is unknown, and nothing more is told of it', () => {
    const { ages, time, updates } = setUp();
    ages.message(streamsMessage());
    ages.forget('main');
    expect([ages.of('main'), time.pending(), updates]).toStrictEqual([age(null, true), [], []]);
  });

  test('of a failed tick goes on from the last good one', () => {
    const { ages, time } = setUp();
    ages.message(streamsMessage({ seq: 1 }));
    time.advance(2_000);
    ages.message(streamsMessage({ seq: 2, publishedAt: '2026-01-01T00:00:02.100Z' }));
    expect(ages.of('main')).toStrictEqual(age(2_100, false));
  });

  test('servers have each their own', () => {
    const { ages, time } = setUp();
    ages.message(streamsMessage({ server: 'a' }));
    time.advance(1_000);
    ages.message(streamsMessage({ server: 'b' }));
    expect([ages.of('a').ageMs, ages.of('b').ageMs]).toStrictEqual([1_100, 100]);
  });
});

test('of hosts is the same, by their own interval', () => {
  const { ages, time, updates } = setUp();
  ages.message(hostsMessage());
  expect(ages.status(hostStatusMessage({ ageMs: 900 }))).toStrictEqual(age(900, false));
  expect(ages.of('media-1')).toStrictEqual(age(900, false));
  time.advance(14_100);
  expect(updates).toStrictEqual([]);
  time.advance(1);
  expect(updates).toStrictEqual([['media-1', age(15_001, true)]]);
});

describe('silence', () => {
  const DOWN_MS = 600_000;
  /** A message that was just made about a server that hasn't been read for ten minutes. */
  const down = (seq: number) => streamsMessage({ seq, publishedAt: '2026-01-01T00:10:00.000Z' });

  test('is unknown, so no alarm, before anything came', () => {
    const { ages } = setUp();
    expect([ages.silentMs('main'), ages.silence('main')]).toStrictEqual([null, 'quiet']);
  });

  test('goes by the newest message: of a server that can’t be read news come, however old its data', () => {
    const { ages, time } = setUp();
    ages.message(down(1));
    expect([ages.of('main'), ages.silentMs('main'), ages.silence('main')]).toStrictEqual([
      age(DOWN_MS, true),
      0,
      'fresh',
    ]);
    time.advance(6_001);
    expect(ages.silence('main')).toBe('quiet');
    time.advance(29_999 - 6_001);
    expect(ages.silence('main')).toBe('quiet');
    time.advance(1);
    expect(ages.silence('main')).toBe('warning');
    time.advance(30_000);
    expect([ages.silentMs('main'), ages.silence('main')]).toStrictEqual([60_000, 'critical']);
    ages.message(down(2));
    expect(ages.silence('main')).toBe('fresh');
  });

  test('of a message that was old when it came is told by the status after it', () => {
    const { ages, time } = setUp();
    ages.message(down(1));
    ages.status(statusMessage({ ageMs: DOWN_MS + 45_000, stale: true }));
    expect([ages.silentMs('main'), ages.silence('main')]).toStrictEqual([45_000, 'warning']);
    time.advance(15_000);
    expect(ages.silence('main')).toBe('critical');
  });

  test('goes on where no path list was ever read, so that a status tells no age', () => {
    const { ages, time } = setUp();
    ages.message(streamsMessage({ collectedAt: null }));
    time.advance(60_000);
    ages.status(statusMessage({ ageMs: null, stale: true }));
    expect([ages.silentMs('main'), ages.silence('main')]).toStrictEqual([60_000, 'critical']);
  });

  test('of a server without a message is unknown, whatever its status says of its data', () => {
    const { ages } = setUp();
    ages.status(statusMessage({ ageMs: DOWN_MS, stale: true }));
    expect([ages.silentMs('main'), ages.silence('main')]).toStrictEqual([null, 'quiet']);
    ages.status(statusMessage({ ageMs: 100 }));
    expect(ages.silence('main')).toBe('fresh');
  });

  test('is as slow as the server is polled', () => {
    const { ages, time } = setUp();
    ages.message(streamsMessage({ intervalMs: 30_000 }));
    time.advance(90_000);
    expect(ages.silence('main')).toBe('fresh');
    time.advance(1);
    expect(ages.silence('main')).toBe('critical');
  });
});

describe('staleness', () => {
  test('begins beyond 3 intervals', () => {
    const { ages, time } = setUp();
    ages.message(streamsMessage());
    time.advance(5_900);
    expect(ages.of('main')).toStrictEqual(age(6_000, false));
    time.advance(1);
    expect(ages.of('main')).toStrictEqual(age(6_001, true));
  });

  test('is told when it begins by the passing of time, once', () => {
    const { ages, time, updates } = setUp();
    ages.message(streamsMessage());
    ages.status(statusMessage({ ageMs: 100 }));
    time.advance(5_900);
    expect(updates).toStrictEqual([]);
    time.advance(60_000);
    expect(updates).toStrictEqual([['main', age(6_001, true)]]);
    expect(time.pending()).toStrictEqual([]);
  });

  test('a timer that runs early is set again', () => {
    const time = createManualTime();
    const early = {
      ...time,
      timers: {
        ...time.timers,
        setTimeout: (run: () => void, ms: number) => time.timers.setTimeout(run, ms / 2),
      },
    };
    const updates: AgeUpdate[] = [];
    const ages = new Ages(early, (subject, each) => updates.push([subject, each]));
    ages.message(streamsMessage());
    time.advance(5_900);
    expect(updates).toStrictEqual([]);
    time.advance(100);
    expect(updates).toStrictEqual([['main', expect.objectContaining({ stale: true })]]);
  });

  test('is returned when a status changes it', () => {
    const { ages } = setUp();
    ages.message(streamsMessage());
    expect(ages.status(statusMessage({ ageMs: 200 }))).toStrictEqual(age(200, false));
    expect(ages.status(statusMessage({ ageMs: 300 }))).toBeUndefined();
    expect(ages.status(statusMessage({ ageMs: 6_100, stale: true }))).toStrictEqual(age(6_100, true));
  });

  test('of a server without a message is what its status says', () => {
    const { ages, time } = setUp();
    expect(ages.status(statusMessage({ ageMs: 9_000, stale: false }))).toStrictEqual(age(9_000, false));
    expect(ages.status(statusMessage({ ageMs: 200, stale: true }))).toStrictEqual(age(200, true));
    expect(time.pending()).toStrictEqual([]);
  });

  test('ends with a message that was just made', () => {
    const { ages, time, updates } = setUp();
    ages.message(streamsMessage({ seq: 1 }));
    time.advance(7_000);
    expect(updates).toHaveLength(1);
    expect(ages.message(streamsMessage({ seq: 2, collectedAt: '2026-01-01T00:00:00.050Z' }))).toStrictEqual(
      age(50, false),
    );
  });

  test('does not end with the first message of a connection: its status decides', () => {
    const { ages, time, updates } = setUp();
    ages.message(streamsMessage({ seq: 1 }));
    time.advance(7_000);
    ages.restart();
    expect(ages.message(streamsMessage({ seq: 2 }))).toBeUndefined();
    expect(ages.status(statusMessage({ ageMs: 6_500, stale: true }))).toBeUndefined();
    expect(updates).toStrictEqual([['main', age(6_001, true)]]);
    expect(ages.of('main')).toStrictEqual(age(6_500, true));
  });

  test('begins without a connection too', () => {
    const { ages, time, updates } = setUp();
    ages.message(streamsMessage());
    ages.restart();
    time.advance(10_000);
    expect(updates).toStrictEqual([['main', age(6_001, true)]]);
  });
});

test('a server that is forgotten is unknown, and nothing is told of it', () => {
  const { ages, time, updates } = setUp();
  ages.message(streamsMessage({ server: 'a' }));
  ages.message(streamsMessage({ server: 'b' }));
  ages.keepOnly((subject) => subject === 'b');
  expect(ages.of('a')).toStrictEqual(age(null, true));
  time.advance(10_000);
  expect(updates).toStrictEqual([['b', age(6_001, true)]]);
});

test('stopped, it has no timers', () => {
  const { ages, time } = setUp();
  ages.message(streamsMessage({ server: 'a' }));
  ages.message(streamsMessage({ server: 'b' }));
  expect(time.pending()).toHaveLength(2);
  ages.stop();
  expect(time.pending()).toStrictEqual([]);
});
