import { describe, expect, test } from '@jest/globals';
import { type LastPublished, NO_MEMORY, restoreMemory } from '../../src/derive/index.ts';
import { streamRecord } from '@mediamtx-monitor/testkit';
import type { StreamRecord } from '@mediamtx-monitor/types';
import type { PathFact } from '../../src/facts.ts';
import {
  IDLE,
  iso,
  isoAfter,
  pathFact,
  READY_MS,
  srtConnection,
  START_MS,
  TICK_MS,
  ticker,
  momentAt,
  nextCollector,
} from './facts.ts';

const LATER_MS = START_MS + 60_000;

/** Some ticks of one collector, and a ticker of the next, which begins a tick later. */
function restartAfter(...ticks: Partial<PathFact>[]) {
  const first = ticker();
  const last = ticks.map((fields) => first.tick({ paths: [pathFact(fields)] })).at(-1);
  if (last === undefined) throw new Error('no tick');
  return nextCollector(START_MS + ticks.length * TICK_MS, last);
}

const filler = { sourceType: null, sourceId: null, online: false };
const NEXT = { sourceId: 'publisher-2', readyAtMs: START_MS + 1_000 };

describe('since', () => {
  test.each<[string, Partial<PathFact>]>([
    ['idle', IDLE],
    ['standby', filler],
    ['live', { readyAtMs: null }],
  ])('survives: %s', (state, fields) => {
    const { path } = restartAfter(fields, fields);
    expect(path({ inboundBytes: 2_000_000, ...fields })).toMatchObject({ state, since: isoAfter(0) });
  });

  test('survives of a stalled stream, which stays so until its first byte', () => {
    const { path } = restartAfter({}, {}, {}, {}, {});
    expect(path()).toMatchObject({ state: 'stalled', since: isoAfter(0) });
    expect(path()).toMatchObject({ state: 'stalled', since: isoAfter(0) });
    expect(path({ inboundBytes: 1_000_001 })).toMatchObject({ state: 'live', since: isoAfter(14_000) });
  });

  test('of a state that changed meanwhile is new', () => {
    expect(restartAfter({}, {}).path(IDLE)).toMatchObject({ state: 'idle', since: isoAfter(4_000) });
  });

  test('of unknown survives too', () => {
    const first = ticker();
    first.path();
    first.tick({ paths: null });
    const published = first.tick({ paths: null });
    const { tick, path } = nextCollector(START_MS + 6_000, published);
    expect(tick({ paths: null }).streams[0]).toMatchObject({ state: 'unknown', since: isoAfter(2_000) });
    expect(path()).toMatchObject({ state: 'live', since: iso(READY_MS), restarts: 0 });
    expect(tick({ paths: null }).streams[0]?.since).toBe(isoAfter(10_000));
  });
});

describe('restarts', () => {
  test('survive, and count for 10 more minutes', () => {
    const { path } = restartAfter({}, NEXT);
    expect(path(NEXT, 596_000).restarts).toBe(1);
    // The record that told of it was made at 2 s.
    expect(path(NEXT, 2_000).restarts).toBe(1);
    expect(path(NEXT).restarts).toBe(0);
  });

  test('the same publisher goes on: none', () => {
    const { path } = restartAfter({});
    expect(path({ inboundBytes: 1_250_000 })).toMatchObject({ restarts: 0, inboundMbps: null });
    expect(path({ inboundBytes: 1_500_000 })).toMatchObject({ restarts: 0, inboundMbps: 1 });
  });

  test('a different publisher is one, without a rate', () => {
    const { path } = restartAfter({});
    expect(path({ ...NEXT, inboundBytes: 9_000_000 })).toMatchObject({
      restarts: 1,
      inboundMbps: null,
      since: isoAfter(1_000),
    });
    expect(path({ ...NEXT, inboundBytes: 9_250_000 })).toMatchObject({ restarts: 1, inboundMbps: 1 });
  });

  test('one more than 10 minutes later is none', () => {
    const first = ticker();
    const published = first.tick({ paths: [pathFact()] });
    expect(nextCollector(START_MS + 600_000, published).path(NEXT).restarts).toBe(0);
  });

  test('a stream that first appears now is none', () => {
    const { tick } = restartAfter({});
    const { streams } = tick({ paths: [pathFact({ name: 'new' })] });
    expect(streams.at(-1)).toMatchObject({ name: 'new', restarts: 0 });
  });
});

describe('reasons', () => {
  test('of a connection stand at once and take five ticks to leave', () => {
    const near = () => srtConnection({ rttMs: 100 });
    const well = () => srtConnection({ rttMs: 1 });
    const first = ticker();
    const facts = { connections: [near()] };
    first.tick(facts);
    first.tick(facts);
    const published = first.tick(facts);
    expect(published.connections[0]).toMatchObject({ health: 'critical' });
    const { connection } = nextCollector(START_MS + 6_000, published);
    const healths = [0, 1, 2, 3, 4].map(() => connection(well()));
    expect(healths.map(({ health }) => health)).toStrictEqual([
      'critical',
      'critical',
      'critical',
      'critical',
      'ok',
    ]);
    expect(healths[0]?.reasons[0]?.since).toBe(isoAfter(4_000));
  });

  test('of the publisher are its connection’s, and go with it', () => {
    const first = ticker();
    const facts = { paths: [pathFact()], connections: [srtConnection({ rttMs: 100 })] };
    first.tick(facts);
    first.tick(facts);
    const published = first.tick(facts);
    expect(published.streams[0]?.reasons).toHaveLength(1);
    const next = nextCollector(START_MS + 6_000, published);
    expect(next.tick(facts).streams[0]?.reasons).toStrictEqual(published.streams[0]?.reasons);
    expect(next.path({ inboundBytes: 2_000_000 })).toMatchObject({ health: 'ok', reasons: [] });
  });
});

describe('windows', () => {
  test('begin empty', () => {
    const first = ticker();
    const at = (tick: number) => srtConnection({ uniquePackets: tick * 1_000, lostPackets: tick * 100 });
    for (let tick = 0; tick < 12; tick += 1) first.connection(at(tick));
    const published = first.tick({ connections: [at(12)] });
    expect(published.connections[0]).toMatchObject({ srt: { linkLossPercent: 10, rttP50Ms: 10 } });
    const { connection } = nextCollector(START_MS + 26_000, published);
    expect(connection(at(13))).toMatchObject({
      srt: { linkLossPercent: null, rttP50Ms: null },
      inboundMbps: null,
    });
    expect(connection(at(14))).toMatchObject({ srt: { linkLossPercent: 10 } });
  });
});

describe('records', () => {
  test('stand while MediaMTX can’t be asked, with the time they were read at', () => {
    const first = ticker();
    const published = first.tick({
      paths: [pathFact()],
      connections: [srtConnection()],
      but: (made) => ({ ...made, simulated: true }),
    });
    const { tick } = nextCollector(START_MS + 60_000, published);
    const snapshot = tick({
      paths: null,
      but: (made) => ({
        ...made,
        protocols: made.protocols.map(({ protocol }) => ({ protocol, connections: { kind: 'failed' } })),
      }),
    });
    expect(snapshot).toMatchObject({ collectedAtMs: START_MS, simulated: true });
    expect(snapshot.streams).toMatchObject([
      { name: 'cam', state: 'unknown', bytesReceived: 1_000_000, rtt: 10 },
    ]);
    expect(snapshot.connections).toMatchObject([
      { id: 'publisher-1', health: 'unknown', srt: { rttMs: null } },
    ]);
  });

  test('that were never read tell nothing', () => {
    expect(
      restoreMemory(
        { streams: [], connections: [], reasons: [], collectedAtMs: null, simulated: true },
        momentAt(START_MS),
      ),
    ).toStrictEqual(NO_MEMORY);
  });
});

describe('absurd values', () => {
  const snapshot = (but: Partial<StreamRecord>): LastPublished => ({
    streams: [
      streamRecord({ name: 'cam', state: 'live', sourceId: 'publisher-1', since: iso(START_MS), ...but }),
    ],
    connections: [],
    reasons: [],
    collectedAtMs: START_MS,
    simulated: false,
  });
  const later = momentAt(LATER_MS);

  test('as many restarts as there can be are counted, and no more', () => {
    const restartsOf = (restarts: number): unknown =>
      restoreMemory(snapshot({ restarts }), later).streams.get('cam')?.restartsAtMs;
    expect(restartsOf(1_000_000_000)).toHaveLength(600);
    expect(restartsOf(4)).toHaveLength(4);
  });

  test('what was stored under a clock that was years ahead is of now', () => {
    const ahead = '2099-01-01T00:00:00.000Z';
    const reasons = [
      { code: 'stalled', severity: 'critical', measured: null, limit: null, since: ahead },
    ] as const;
    const stored = { ...snapshot({ since: ahead, restarts: 3, reasons }), collectedAtMs: Date.parse(ahead) };
    const memory = restoreMemory(stored, later);
    expect(memory).toMatchObject({
      collectedAt: later,
      streamRecords: [{ since: iso(LATER_MS), reasons: [{ since: iso(LATER_MS) }] }],
    });
    const { monotonicMs } = later;
    expect(memory.streams.get('cam')).toMatchObject({
      sinceMs: LATER_MS,
      restartsAtMs: [monotonicMs, monotonicMs, monotonicMs],
      lastLiveAt: later,
      seenAtMs: monotonicMs,
    });
  });
});
