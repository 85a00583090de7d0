import { describe, expect, test } from '@jest/globals';
import type { Protocol } from '@mediamtx-monitor/types';
import { restoreMemory } from '../../src/derive/index.ts';
import type { PathFact } from '../../src/facts.ts';
import {
  IDLE,
  isoAfter,
  pathFact,
  rtmpConnection,
  rtspConnection,
  srtConnection,
  START_MS,
  type TickFacts,
  ticker,
  momentAt,
} from './facts.ts';

const UNTOLD = {
  rtt: null,
  recvRateMbps: null,
  linkCapacityMbps: null,
  rttMs: null,
  latencyMs: null,
  linkLossPercent: null,
  retransmitPercent: null,
  unrecoveredPercent: null,
};

/** The same with the list of a protocol answered, or not. */
const failing = (protocol: Protocol, complete: TickFacts): TickFacts => ({
  ...complete,
  but: (made) => ({
    ...made,
    protocols: made.protocols.map((facts) =>
      facts.protocol === protocol ? { protocol, connections: { kind: 'failed' } } : facts,
    ),
  }),
});

/** A stream from an SRT publisher whose round trip is critically near its latency. */
const near = (at: number, path: Partial<PathFact> = {}): TickFacts => ({
  paths: [pathFact({ inboundBytes: at * 1_000, ...path })],
  connections: [srtConnection({ rttMs: 50 })],
});

describe('a stream whose publisher’s list fails', () => {
  test('has its publisher’s reasons still, but no link, and all its own; the totals count it', () => {
    const { tick } = ticker();
    const before = [0, 1, 2].map((at) => tick(near(at))).at(-1);
    expect(before?.totals.healths).toStrictEqual({ ok: 0, warning: 0, critical: 1, unknown: 0 });
    const snapshot = tick(failing('srt', near(3)));
    expect(snapshot.streams).toStrictEqual([
      {
        ...before?.streams[0],
        ...UNTOLD,
        bytesReceived: 3_000,
      },
    ]);
    expect(snapshot.streams[0]).toMatchObject({ state: 'live', inboundMbps: 0.004, restarts: 0 });
    expect(snapshot.totals.healths).toStrictEqual({ ok: 0, warning: 0, critical: 1, unknown: 0 });
  });

  test('has its publisher’s reasons all the time, since when they stood', () => {
    const { stream } = ticker();
    for (const at of [0, 1, 2]) stream(near(at));
    for (const at of [3, 4, 5, 6, 7, 8, 9]) {
      expect(stream(failing('srt', near(at)))).toMatchObject({
        health: 'critical',
        reasons: [{ code: 'rtt-near-latency', severity: 'critical', since: isoAfter(4_000) }],
      });
    }
    expect(stream(near(10))).toMatchObject({
      rttMs: 50,
      health: 'critical',
      reasons: [{ code: 'rtt-near-latency', severity: 'critical', measured: 0.417, since: isoAfter(4_000) }],
    });
  });

  test('is as unwell as its own reasons say', () => {
    const { stream } = ticker();
    const silent = (at: number) => stream(failing('srt', near(at, { inboundBytes: 1 })));
    stream(near(0, { inboundBytes: 1 }));
    expect([1, 2].map((at) => silent(at).health)).toStrictEqual(['unknown', 'unknown']);
    expect(silent(3)).toMatchObject({
      state: 'stalled',
      health: 'critical',
      reasons: [{ code: 'stalled', severity: 'critical' }],
    });
    expect(stream(failing('srt', near(4)))).toMatchObject({ health: 'unknown', reasons: [] });
  });

  test('is a warning for its readers’ sake', () => {
    const { stream } = ticker();
    const factsAt = (at: number): TickFacts => ({
      paths: [pathFact({ inboundBytes: at * 1_000 })],
      connections: [srtConnection(), rtmpConnection(at * 100)],
    });
    stream(factsAt(0));
    // Discards are told from 14 s on, and the stream says so in the third of these ticks.
    const records = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((at) => stream(failing('srt', factsAt(at))));
    expect(records.map(({ health }) => health).slice(0, 8)).toStrictEqual(
      Array.from({ length: 8 }, () => 'unknown'),
    );
    expect(records[8]).toMatchObject({ health: 'warning', reasons: [{ code: 'reader-discards' }] });
    expect(records[8]?.reasons).toHaveLength(1);
  });

  test.each<[Protocol, TickFacts, string]>([
    ['srt', { connections: [srtConnection()] }, 'srtConn'],
    ['rtsp', { connections: [rtspConnection({}, { id: 'publisher-1', role: 'publish' })] }, 'rtspSession'],
    ['rtmp', { connections: [rtmpConnection(0, { id: 'publisher-1', role: 'publish' })] }, 'rtmpConn'],
  ])('over %s has unknown health while it fails, and no longer', (protocol, { connections }, sourceType) => {
    const { stream } = ticker();
    const facts = { paths: [pathFact({ sourceType })], connections: connections ?? [] };
    const healths = [facts, failing(protocol, facts), failing(protocol, facts), facts].map(
      (one) => stream(one).health,
    );
    // The fourth tick without a byte is a stall: the streams here are silent.
    expect(healths).toStrictEqual(['ok', 'unknown', 'unknown', 'critical']);
  });

  test('has unknown health after a collector restart too', () => {
    const first = ticker();
    const published = first.tick(near(0));
    const { stream } = ticker({}, restoreMemory(published, momentAt(START_MS + 2_000)), START_MS + 2_000);
    expect(stream(failing('srt', near(1)))).toMatchObject({ ...UNTOLD, health: 'unknown', reasons: [] });
  });

  test.each(['srtConn', 'SRTConn'])('has unknown health where its %s was never listed', (sourceType) => {
    const { stream } = ticker();
    expect(stream(failing('srt', near(0, { sourceType })))).toMatchObject({ ...UNTOLD, health: 'unknown' });
    expect(stream(failing('srt', near(1, { sourceType, sourceId: 'publisher-2' })))).toMatchObject({
      ...UNTOLD,
      health: 'unknown',
    });
    expect(stream(near(2, { sourceType }))).toMatchObject({ health: 'ok', rttMs: 50 });
  });
});

describe('a failing list doesn’t touch', () => {
  const of = (fields: Partial<PathFact>): TickFacts => ({ ...near(0), paths: [pathFact(fields)] });

  test.each<[string, TickFacts, Protocol]>([
    ['a stream whose publisher has left', of(IDLE), 'srt'],
    ['a static source', of({ sourceType: 'srtSource', sourceId: null }), 'srt'],
    ['a stream published over another protocol', of({}), 'rtmp'],
    ['a stream read over it', { ...of({}), connections: [srtConnection(), rtspConnection()] }, 'rtsp'],
  ])('%s', (_what, facts, protocol) => {
    const [whole, failed] = [ticker(), ticker()];
    whole.tick(facts);
    failed.tick(facts);
    const expected = whole.tick(facts);
    const snapshot = failed.tick(failing(protocol, facts));
    expect(expected.streams[0]?.health).toBe('ok');
    expect(snapshot.streams).toStrictEqual(expected.streams);
    expect(snapshot.totals).toStrictEqual(expected.totals);
  });
});

test('a list that is off is no failure: its publishers are gone, and their reasons with them', () => {
  const { stream } = ticker();
  for (const at of [0, 1, 2]) stream(near(at));
  const off: TickFacts = {
    ...near(3),
    but: (made) => ({
      ...made,
      protocols: made.protocols.map(({ protocol }) => ({ protocol, connections: { kind: 'off' } })),
    }),
  };
  expect(stream(off)).toMatchObject({ ...UNTOLD, health: 'ok', reasons: [] });
});
