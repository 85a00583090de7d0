import { describe, expect, test } from '@jest/globals';
import { liveStream, lossReason, srtConnection, streamRecord } from '@mediamtx-monitor/testkit';
import type { ConnectionRecord, LastLive, Reason, StreamRecord } from '@mediamtx-monitor/types';
import { restoreMemory } from '../../src/derive/index.ts';
import { isoAfter, momentAt, START_MS } from './facts.ts';

/** 20 s after the last list. */
const NOW = momentAt(START_MS + 20_000);
const LATER = isoAfter(20_001);

const restored = (streams: readonly StreamRecord[], connections: readonly ConnectionRecord[] = []) =>
  restoreMemory({ streams, connections, reasons: [], collectedAtMs: START_MS, simulated: false }, NOW);
const restoredStream = (record: StreamRecord, ...connections: readonly ConnectionRecord[]) =>
  restored([record], connections).streams.get('cam');

const last: LastLive = {
  liveAt: isoAfter(-5_000),
  liveSince: isoAfter(-60_000),
  wasStalled: false,
  sourceType: 'srtConn',
  tracks: ['H264'],
  media: liveStream().media,
  protocol: 'srt',
  publisher: null,
  readers: 3,
  inboundMbps: 4,
};
const offAir: Reason = lossReason({ code: 'off-air', since: isoAfter(-4_000) });
const notLive: Reason = lossReason({ code: 'not-live', since: isoAfter(-4_000) });

test('a stream was heard in the last tick; one that is stalled not since it is', () => {
  const heardAtMs = (state: StreamRecord['state']) =>
    restoredStream(streamRecord({ since: isoAfter(-3_000), state }))?.heardAt.wallMs;
  expect([heardAtMs('live'), heardAtMs('stalled')]).toStrictEqual([START_MS, START_MS - 3_000]);
});

describe('a stream that wasn’t live', () => {
  const since = isoAfter(-3_000);
  test.each<[string, Partial<StreamRecord>, number | null, number, boolean, string | null]>([
    ['at rest, never live', {}, null, -3_000, false, null],
    ['at rest', { last }, -5_000, -5_000, false, null],
    ['off air', { last, reasons: [offAir] }, -5_000, -4_000, true, 'off-air'],
    [
      'off air, by a version that didn’t say when it was live',
      { reasons: [offAir] },
      -4_000,
      -4_000,
      true,
      'off-air',
    ],
    ['expected, never live', { reasons: [notLive] }, null, -4_000, false, 'not-live'],
    ['unknown', { state: 'unknown', last }, -5_000, -5_000, true, null],
  ])('is away since then: %s', (_what, fields, liveAtMs, awaySinceMs, isMissed, reasonCode) => {
    const memory = restoredStream(streamRecord({ since, ...fields }));
    expect(memory?.lastLiveAt?.wallMs ?? null).toBe(liveAtMs === null ? null : START_MS + liveAtMs);
    expect(memory?.airing).toBeNull();
    expect(memory?.away).toStrictEqual({
      since: isoAfter(awaySinceMs),
      fromMs: awaySinceMs,
      isMissed,
      wasStalled: false,
      reasonCode,
    });
  });

  test('though it was so just before, is away, too', () => {
    const memory = restoredStream(streamRecord({ since, last: { ...last, liveAt: isoAfter(0) } }));
    expect(memory?.away?.since).toBe(isoAfter(0));
  });

  test('of which nothing but that is known is forgotten', () => {
    expect(restoredStream(streamRecord({ state: 'unknown' }))).toBeUndefined();
  });
});

describe('a stream that was live', () => {
  test.each([
    [0, true],
    [-1_000, true],
    [-1_001, false],
  ])('%p ms from the last list, and is unknown since, was so in that list: %p', (liveAtMs, wasLive) => {
    const memory = restoredStream(
      streamRecord({ state: 'unknown', last: { ...last, liveAt: isoAfter(liveAtMs) } }),
    );
    expect(memory?.airing !== null).toBe(wasLive);
  });

  test('is missed once that was for 10 s; one that is stalled always', () => {
    const since = isoAfter(-9_999);
    expect(restoredStream(liveStream({ since }))?.airing).toStrictEqual({
      since,
      fromMs: -9_999,
      isMissed: false,
    });
    expect(restoredStream(liveStream({ since: isoAfter(-10_000) }))?.airing?.isMissed).toBe(true);
    expect(restoredStream(liveStream({ since, state: 'stalled' }))?.airing?.isMissed).toBe(true);
  });

  test('since a time after that list was so for no time in it', () => {
    expect(restoredStream(liveStream({ since: isoAfter(5_000) }))?.airing).toMatchObject({ fromMs: 0 });
  });

  test('is no pull where its record says nothing of one', () => {
    expect(restoredStream(liveStream())?.pull).toBeNull();
    const pull = { onDemand: null, state: 'error', error: 'EOF' };
    expect(restoredStream(liveStream({ pull }))?.pull).toStrictEqual({
      ...pull,
      answeredAtMs: 0,
      errorAtMs: 0,
    });
  });

  test('keeps its publisher, where it has one', () => {
    const publisher = srtConnection({ id: 'a', role: 'publish' });
    expect(restoredStream(liveStream({ sourceId: 'a' }), publisher)?.livePublisher).toStrictEqual(publisher);
    expect(restoredStream(liveStream({ sourceId: 'b' }), publisher)?.livePublisher).toBeNull();
    const link = srtConnection({ id: 'pull:cam', role: 'publish' });
    expect(restoredStream(liveStream({ sourceId: null }), link)?.livePublisher).toBeNull();
  });

  test.each([
    [{ onDemand: false, pull: { onDemand: true, state: null, error: null } }, false],
    [{ pull: { onDemand: true, state: null, error: null } }, true],
    [{}, null],
  ])('comes on demand as its record says: %j', (fields, onDemand) => {
    expect(restoredStream(liveStream(fields))?.onDemand).toBe(onDemand);
  });
});

describe('a time that is still to come counts as of now', () => {
  const now = isoAfter(20_000);
  const ahead = { ...last, liveAt: LATER, liveSince: LATER };
  test.each<[string, Partial<StreamRecord>, Partial<StreamRecord>]>([
    ['since', { since: LATER }, { since: now }],
    [
      'of a reason',
      { reasons: [offAir, { ...notLive, since: LATER }] },
      { reasons: [offAir, { ...notLive, since: now }] },
    ],
    ['when it was live', { last: { ...last, liveAt: LATER } }, { last: { ...last, liveAt: now } }],
    [
      'since when it was live',
      { last: { ...last, liveSince: LATER } },
      { last: { ...last, liveSince: now } },
    ],
    ['all', { since: LATER, last: ahead }, { since: now, last: { ...last, liveAt: now, liveSince: now } }],
  ])('%s', (_what, fields, bounded) => {
    expect(restored([streamRecord({ ...fields })]).streamRecords).toStrictEqual([
      streamRecord({ ...bounded }),
    ]);
  });

  test('of a connection, too; one that tells no time has none', () => {
    const connections = [srtConnection({ since: LATER }), srtConnection({ since: null, reasons: [notLive] })];
    expect(restored([], connections).connectionRecords).toStrictEqual([
      srtConnection({ since: now }),
      connections[1],
    ]);
    const late = srtConnection({ since: null, reasons: [{ ...notLive, since: LATER }] });
    expect(restored([], [late]).connectionRecords[0]?.since).toBeNull();
  });

  test('what isn’t ahead stays what it is', () => {
    const records = [streamRecord({ since: now, last, reasons: [offAir] }), streamRecord({ name: 'b' })];
    restored(records).streamRecords.forEach((record, index) => {
      expect(record).toBe(records[index]);
    });
  });
});

test('what isn’t published begins anew', () => {
  const { simulated, streamRecords } = restored([streamRecord()]);
  expect(restored([streamRecord()])).toMatchObject({ configurations: 0, openedAt: [], version: null });
  expect([simulated, streamRecords.length]).toStrictEqual([false, 1]);
});

describe('what was wrong with the server', () => {
  const memoryOf = (reasons: readonly Reason[], streams: readonly StreamRecord[] = []) => {
    const published = { streams, connections: [], reasons, collectedAtMs: START_MS, simulated: false };
    const { unknownSinceMs, missingSince } = restoreMemory(published, NOW);
    return { unknownSinceMs, missingSince };
  };
  const missing = (since: string) => lossReason({ code: 'list-missing', since });
  const unreachable = (since: string) => lossReason({ code: 'server-unreachable', since });

  test('is so since then, or now', () => {
    expect(memoryOf([missing(isoAfter(-1)), unreachable(isoAfter(-2))])).toStrictEqual({
      missingSince: isoAfter(-1),
      unknownSinceMs: START_MS - 2,
    });
    expect(memoryOf([missing(LATER), unreachable(LATER)])).toStrictEqual({
      missingSince: isoAfter(20_000),
      unknownSinceMs: START_MS + 20_000,
    });
    expect(memoryOf([])).toStrictEqual({ missingSince: null, unknownSinceMs: null });
  });

  test('is told by streams that are unknown where the server itself doesn’t say', () => {
    const streams = [streamRecord(), streamRecord({ state: 'unknown', since: isoAfter(-7) })];
    expect(memoryOf([], streams).unknownSinceMs).toBe(START_MS - 7);
  });
});
