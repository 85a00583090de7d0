import { describe, expect, test } from '@jest/globals';
import { liveStream, srtConnection } from '@mediamtx-monitor/testkit';
import { lastLiveOf, nextAiring, nextAway, stallCounts } from '../../src/derive/air.ts';
import { isoAfter, momentAt, START_MS } from './facts.ts';

const NOW = momentAt(START_MS + 1_000_000);
const SINCE = isoAfter(0);
/** A stream that has been away since then. */
const gone = (fromMs: number, isMissed: boolean) => ({
  airing: null,
  away: { since: isoAfter(fromMs), fromMs, isMissed, wasStalled: false, reasonCode: null },
  state: 'idle' as const,
  liveRecord: null,
});
/** A stream that has been live since then. */
const live = (fromMs: number, isMissed = false) => ({
  ...gone(0, false),
  away: null,
  state: 'live' as const,
  airing: { since: SINCE, fromMs, isMissed },
});

describe('a stream that comes', () => {
  test('is missed when it goes from 10 s on, which it may have been live for already', () => {
    const young = { since: SINCE, fromMs: 990_001, isMissed: false };
    expect(nextAiring(undefined, SINCE, 9_999, NOW)).toStrictEqual(young);
    expect(nextAiring(undefined, SINCE, 10_000, NOW)).toStrictEqual({
      since: SINCE,
      fromMs: 990_000,
      isMissed: true,
    });
    expect(nextAiring(undefined, SINCE, 86_400_000, NOW).fromMs).toBe(990_000);
  });

  test.each([
    [400_001, true, true],
    [400_000, true, false],
    [999_000, false, false],
  ])('back after it went at %p and was missed: %p, is missed at once: %p', (fromMs, wasMissed, isMissed) => {
    expect(nextAiring(gone(fromMs, wasMissed), SINCE, 0, NOW).isMissed).toBe(isMissed);
  });
});

test('a stream that stays is missed from 10 s on, since it came', () => {
  const young = live(990_001);
  expect(nextAiring(young, isoAfter(5), 0, NOW)).toBe(young.airing);
  expect(nextAiring(live(990_000), isoAfter(5), 0, NOW)).toStrictEqual({
    since: SINCE,
    fromMs: 990_000,
    isMissed: true,
  });
});

describe('a stream that goes', () => {
  const away = { since: isoAfter(1_000_000), fromMs: 1_000_000, reasonCode: null };

  test('is missed as it was while it was live; one that never was isn’t', () => {
    const well = { ...away, wasStalled: false };
    expect(nextAway(live(0, true), NOW)).toStrictEqual({ ...well, isMissed: true });
    expect(nextAway(live(0, false), NOW)).toStrictEqual({ ...well, isMissed: false });
    expect(nextAway({ ...live(0), airing: null }, NOW)).toStrictEqual({ ...well, isMissed: false });
    expect(nextAway(undefined, NOW)).toStrictEqual({ ...well, isMissed: false });
  });

  test('says whether it was stalled, also where nobody knows any more what brought it', () => {
    const stalled = { ...live(0), state: 'stalled' as const };
    expect(nextAway(stalled, NOW).wasStalled).toBe(true);
    const page = liveStream({ sourceType: 'webRTCSession' });
    expect(nextAway({ ...stalled, liveRecord: page }, NOW).wasStalled).toBe(false);
    expect(stallCounts(null)).toBe(true);
  });
});

describe('what it was', () => {
  const times = { since: SINCE, liveAtMs: START_MS + 2_000 };

  test('came over the protocol of its publisher, or that its type tells', () => {
    const unknownSource = liveStream({ sourceType: 'newConn' });
    expect(lastLiveOf(unknownSource, srtConnection(), times).protocol).toBe('srt');
    expect(lastLiveOf(unknownSource, null, times).protocol).toBeNull();
    expect(lastLiveOf(liveStream({ sourceType: 'rtmpConn' }), null, times).protocol).toBe('rtmp');
  });

  test('had a publisher, if it wasn’t pulled', () => {
    const publisher = srtConnection({ user: 'ann' });
    expect(lastLiveOf(liveStream(), publisher, times).publisher).toStrictEqual({
      remoteAddr: '192.0.2.1:5000',
      user: 'ann',
      userAgent: null,
    });
    expect(lastLiveOf(liveStream({ sourceId: null }), publisher, times).publisher).toBeNull();
  });
});
