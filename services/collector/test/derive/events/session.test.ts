import { expect, test } from '@jest/globals';
import { connectionRecord, srtConnection } from '@mediamtx-monitor/testkit';
import type { ConnectionRecord } from '@mediamtx-monitor/types';
import { addRtt, rttCountsIn, rttPercentile } from '../../../src/derive/events/rtt-counts.ts';
import {
  beginSession,
  type BusyConnection,
  continueSession,
  type OpenSession,
} from '../../../src/derive/events/session.ts';
import { parseSession, sessionRecord, sessionText } from '../../../src/derive/events/session-record.ts';
import type { Fields } from '../../../src/fields.ts';
import { isoAfter, momentAt, START_MS } from '../facts.ts';

const at = (ms: number) => momentAt(START_MS + ms);
const busy = (record: ConnectionRecord): BusyConnection => {
  if (record.stream === null || record.role === 'idle') throw new Error('idle');
  return record as BusyConnection;
};

/** A session of these records, 2 s apart. */
function sessionOf(records: readonly ConnectionRecord[], since: string | null = isoAfter(0)): OpenSession {
  const [first] = records;
  if (first === undefined) throw new Error('no record');
  const begun = beginSession(busy({ ...first, since }), 'masked', at(0));
  return records.reduce(
    (session, record, index) =>
      continueSession(session, record, {
        spanMs: index === 0 ? 0 : 2_000,
        seenAt: at(index * 2_000),
        stall: null,
      }),
    begun,
  );
}

const srt = (fields: Parameters<typeof srtConnection>[0], detail: Parameters<typeof srtConnection>[1] = {}) =>
  srtConnection({ role: 'publish', stream: 'cam', ...fields }, detail);

test('totals of a publisher', () => {
  const session = sessionOf([
    srt({ inboundBytes: 0, inboundMbps: null, health: 'ok' }, { rttMs: 10, linkLossPercent: null }),
    srt({ inboundBytes: 500_000, inboundMbps: 2, health: 'warning' }, { rttMs: 40, linkLossPercent: 1 }),
    srt({ inboundBytes: 750_000, inboundMbps: 1, health: 'critical' }, { rttMs: 20, linkLossPercent: 4 }),
    srt(
      { inboundBytes: 1_000_000, inboundMbps: 1, health: 'unknown' },
      { rttMs: null, linkLossPercent: null },
    ),
  ]);
  const cause = { source: 'unknown', text: null } as const;
  const ended = { end: isoAfter(8_000), unseenSince: null, cause };
  expect(sessionRecord(session, 'main', at(8_000), ended)).toMatchObject({
    start: isoAfter(0),
    end: isoAfter(8_000),
    inboundBytes: 1_000_000,
    meanMbps: 1,
    peakMbps: 2,
    rttWorstMs: 40,
    rttP95Ms: 40,
    lossMeanPercent: 2.5,
    lossWorstPercent: 4,
    healthMs: { ok: 2_000, warning: 2_000, critical: 2_000, unknown: 2_000 },
    cause,
  });
});

test('of a viewer what is sent counts, and what is thrown away', () => {
  const viewer = (outboundBytes: number, framesDiscarded: number) =>
    connectionRecord({
      role: 'read',
      stream: 'cam',
      outboundBytes,
      outboundMbps: 3,
      inboundMbps: 9,
      rtmp: { framesDiscarded },
    });
  const session = sessionOf([viewer(0, 0), viewer(1_000_000, 5)]);
  expect(sessionRecord(session, 'main', at(4_000), null)).toMatchObject({
    end: null,
    outboundBytes: 1_000_000,
    meanMbps: 2,
    peakMbps: 3,
    discards: 5,
    rttWorstMs: null,
    rttP95Ms: null,
    lossMeanPercent: null,
  });
});

test('what isn’t known stays as it was, and who it is may become known later', () => {
  const known = srt({ inboundBytes: 5, user: null, userAgent: null }, { rttMs: 10, framesDiscarded: 3 });
  const unknown = srt(
    { inboundBytes: null, user: 'ann', userAgent: 'obs', inboundMbps: null },
    { rttMs: null, framesDiscarded: null },
  );
  const session = sessionOf([known, unknown]);
  expect(session).toMatchObject({ inboundBytes: 5, rttWorstMs: 10, discards: 3 });
  expect(session.owner).toMatchObject({ user: 'ann', userAgent: 'obs' });
  const other = srt({ user: 'bob', userAgent: 'x' });
  const next = continueSession(session, other, { spanMs: 0, seenAt: at(0), stall: null });
  expect(next.owner).toBe(session.owner);
});

test('it began when it was opened, but not later than it was seen', () => {
  const startOf = (since: string | null) =>
    sessionRecord(sessionOf([srt({})], since), 'main', at(0), null).start;
  expect(startOf(isoAfter(-5_000))).toBe(isoAfter(-5_000));
  expect(startOf(isoAfter(5_000))).toBe(isoAfter(0));
  expect(startOf(null)).toBe(isoAfter(0));
});

test('how long it lasted, and since when, doesn’t depend on how the clock is set', () => {
  const session = sessionOf([srt({ inboundBytes: 1_000_000 })], isoAfter(-60_000));
  for (const setMs of [-86_400_000, 86_400_000]) {
    const now = { wallMs: START_MS + 4_000 + setMs, monotonicMs: 4_000 };
    const { start, healthMs, meanMbps } = sessionRecord(session, 'main', now, null);
    expect(healthMs?.unknown).toBe(64_000);
    expect(meanMbps).toBe(0.125);
    expect(Date.parse(start)).toBeLessThanOrEqual(now.wallMs - 64_000);
  }
});

test('goes on from what was written down', () => {
  const session = sessionOf([
    srt({ health: 'warning', inboundMbps: 2 }, { rttMs: 33.3, linkLossPercent: 1.234 }),
    srt({ health: 'ok', inboundMbps: 1 }, { rttMs: 12, linkLossPercent: 0.1 }),
  ]);
  const text = sessionText(session, 'main', at(4_000));
  const fields = JSON.parse(text) as Fields;
  const read = parseSession(session.owner.connection, fields, { seenAt: at(2_000), now: at(4_000) });
  if (read === null) throw new Error('not read');
  // Its health while nobody looked isn't known.
  expect({ ...read, health: session.health, writeFromMs: 0 }).toStrictEqual({ ...session, writeFromMs: 0 });
  expect(sessionText(read, 'main', at(4_000))).toBe(text);
  expect(fields).toMatchObject({ ...sessionRecord(session, 'main', at(4_000), null) });
});

test('what isn’t a session isn’t read as one', () => {
  const fields = JSON.parse(sessionText(sessionOf([srt({})]), 'main', at(0))) as Fields;
  const parsed = (changed: Fields) =>
    parseSession('a', { ...fields, ...changed }, { seenAt: at(0), now: at(0) });
  expect(parsed({})).not.toBeNull();
  for (const wrong of [{ stream: '' }, { protocol: 'gopher' }, { role: 'idle' }, { start: 'soon' }]) {
    expect(parsed(wrong)).toBeNull();
  }
  expect(parsed({ rtts: [1], healthMs: null, lossSum: -1, lossTicks: 'x', inboundBytes: {} })).toMatchObject({
    rtts: [],
    okMs: 0,
    lossSum: 0,
    lossTicks: 0,
    inboundBytes: null,
  });
});

test('percentiles of round-trip times are within 5 %, of a hundredth of a millisecond and of a minute', () => {
  for (const unit of [0.01, 1, 100, 60_000]) {
    const times = Array.from({ length: 1_000 }, (_, index) => unit * (1 + index / 100));
    const counts = times.reduce<readonly number[]>(addRtt, []);
    for (const rank of [50, 95, 100]) {
      const exact = times[Math.ceil((rank / 100) * times.length) - 1] ?? NaN;
      const found = rttPercentile(counts, rank, Math.max(...times)) ?? NaN;
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact * 0.05 + 0.005);
    }
    expect(rttCountsIn(JSON.parse(JSON.stringify(counts)))).toStrictEqual(counts);
  }
  expect(rttPercentile([], 95, null)).toBeNull();
  expect(rttPercentile(addRtt([], 0), 95, 0)).toBe(0);
});

test('what isn’t counts is read as none', () => {
  for (const wrong of [null, {}, [1], [1, 'x'], [1.5, 1], Array.from({ length: 502 }, () => 1)]) {
    expect(rttCountsIn(wrong)).toStrictEqual([]);
  }
});
