import { describe, expect, test } from '@jest/globals';
import { derive, NO_MEMORY } from '../../src/derive/index.ts';
import { NO_TOTALS } from '../../src/derive/totals.ts';
import {
  IDLE,
  iso,
  isoAfter,
  momentAt,
  observation,
  pathFact,
  READY_MS,
  SETTINGS,
  srtConnection,
  START_MS,
  ticker,
  track,
} from './facts.ts';

const EIGHT = [
  'name',
  'sourceType',
  'tracks',
  'bytesReceived',
  'readers',
  'rtt',
  'recvRateMbps',
  'linkCapacityMbps',
] as const;

describe('the first tick', () => {
  const { memory, snapshot } = derive(
    NO_MEMORY,
    observation({
      paths: [pathFact({ readerTypes: ['srtconn', 'hidden'] })],
      connections: [srtConnection()],
    }),
    SETTINGS,
    momentAt(START_MS),
  );

  test('knows what MediaMTX says and no rates yet', () => {
    expect(snapshot.streams).toStrictEqual([
      {
        name: 'cam',
        sourceType: 'srtConn',
        tracks: ['H264'],
        bytesReceived: 1_000_000,
        readers: 2,
        rtt: 10,
        recvRateMbps: 1.94,
        linkCapacityMbps: 1808.58,
        server: 'main',
        state: 'live',
        since: '2026-01-01T11:59:00.000Z',
        health: 'ok',
        reasons: [],
        sourceId: 'publisher-1',
        media: {
          video: { codec: 'H264', width: null, height: null, profile: null, level: null },
          audio: null,
          others: [],
        },
        inboundMbps: null,
        outboundMbps: null,
        bytesSent: 0,
        framesInError: 0,
        framesInErrorPerSecond: null,
        readersByProtocol: { srt: 1, other: 1 },
        restarts: 0,
        rttMs: 10,
        latencyMs: 120,
        linkLossPercent: null,
        retransmitPercent: null,
        unrecoveredPercent: null,
        last: null,
        expectedBy: null,
        onDemand: null,
        pull: null,
        forwards: null,
      },
    ]);
  });

  test('says whence and when', () => {
    expect(snapshot).toMatchObject({
      collectedAtMs: START_MS,
      simulated: false,
      source: { status: 'up', error: null, version: 'v1.20.1' },
      missing: [],
    });
    expect(memory).toMatchObject({ collectedAt: momentAt(START_MS), unknownSinceMs: null, simulated: false });
  });

  test('without a path list nothing is known', () => {
    const observed = observation({ paths: null });
    expect(derive(NO_MEMORY, observed, SETTINGS, momentAt(START_MS)).snapshot).toStrictEqual({
      failed: new Set(),
      startedAtMs: null,
      streams: [],
      connections: [],
      collectedAtMs: null,
      simulated: false,
      source: { status: 'timeout', error: 'no answer', version: 'v1.20.1' },
      missing: ['paths'],
      totals: NO_TOTALS,
      attention: null,
      reasons: [
        {
          code: 'server-unreachable',
          severity: 'critical',
          measured: null,
          limit: null,
          since: isoAfter(0),
        },
      ],
    });
  });

  test('of a server without streams knows that there are none', () => {
    const { tick } = ticker();
    expect(tick({ paths: [] })).toMatchObject({
      streams: [],
      collectedAtMs: START_MS,
      totals: { streams: 0 },
    });
  });
});

describe('order', () => {
  test('streams are by name, character by character', () => {
    const names = ['b', 'a/2', 'é', 'a', 'B', 'a b', '📹', '10', '9'];
    const { streams } = ticker().tick({ paths: names.map((name) => pathFact({ name })) });
    expect(streams.map(({ name }) => name)).toStrictEqual([
      '10',
      '9',
      'B',
      'a',
      'a b',
      'a/2',
      'b',
      'é',
      '📹',
    ]);
  });

  test('connections are by stream and id, idle ones first', () => {
    const of = (stream: string | null, id: string) => srtConnection({}, { stream, id });
    const { connections } = ticker().tick({
      connections: [of('b', '1'), of('a', '2'), of('a', '1'), of(null, '9'), of('a/b', '0')],
    });
    expect(connections.map(({ stream, id }) => [stream, id])).toStrictEqual([
      [null, '9'],
      ['a', '1'],
      ['a', '2'],
      ['a/b', '0'],
      ['b', '1'],
    ]);
  });
});

describe('without a path list', () => {
  const lived = () => {
    const run = ticker();
    const factsAt = (tick: number) => ({
      paths: [
        pathFact({
          inboundBytes: 1_000 * tick,
          outboundBytes: 500 * tick,
          framesInError: tick,
          readerTypes: ['srtconn'],
          tracks: [track('H264', { width: 160 }), track('Opus')],
        }),
        pathFact({ name: 'idle', ...IDLE }),
      ],
      connections: [srtConnection({ rttMs: 100, uniquePackets: tick * 500 })],
    });
    const before = [0, 1, 2, 3].map((tick) => run.tick(factsAt(tick))).at(-1);
    return { ...run, factsAt, before };
  };

  test('records stay, unknown, all that is derived null, what was read as last read', () => {
    const { tick, before } = lived();
    const [was] = before?.streams ?? [];
    expect(was).toMatchObject({ health: 'critical', inboundMbps: 0.004, restarts: 0, linkLossPercent: 0 });
    expect(tick({ paths: null }).streams[0]).toStrictEqual({
      ...was,
      state: 'unknown',
      since: isoAfter(8_000),
      health: 'unknown',
      reasons: [],
      inboundMbps: null,
      outboundMbps: null,
      framesInErrorPerSecond: null,
      restarts: null,
      rttMs: null,
      latencyMs: null,
      linkLossPercent: null,
      retransmitPercent: null,
      unrecoveredPercent: null,
      last: {
        liveAt: isoAfter(6_000),
        liveSince: iso(READY_MS),
        wasStalled: false,
        sourceType: 'srtConn',
        tracks: ['H264', 'Opus'],
        media: was?.media,
        protocol: 'srt',
        publisher: { remoteAddr: '192.0.2.7:50000', user: null, userAgent: null },
        readers: 1,
        inboundMbps: 0.004,
      },
    });
  });

  test('the eight fields are as last read, however long', () => {
    const { tick, before } = lived();
    const eight = (snapshot: typeof before) =>
      snapshot?.streams.map((record) => EIGHT.map((field) => record[field]));
    for (let times = 0; times < 3; times += 1)
      expect(eight(tick({ paths: null }))).toStrictEqual(eight(before));
  });

  test('the snapshot says why, when it was last good, and claims no totals', () => {
    const { tick, before } = lived();
    expect(tick({ paths: null })).toMatchObject({
      source: { status: 'timeout', error: 'no answer', version: 'v1.20.1' },
      missing: ['paths'],
      collectedAtMs: before?.collectedAtMs,
      totals: NO_TOTALS,
    });
  });

  test('connections that were listed are derived all the same', () => {
    const { tick, factsAt } = lived();
    const { connections } = tick({ ...factsAt(4), paths: null });
    expect(connections).toMatchObject([{ health: 'critical', srt: { rttMs: 100, linkLossPercent: 0 } }]);
  });

  test('afterwards all goes on: rates over the whole time, reasons with their since', () => {
    const { tick, factsAt, before } = lived();
    tick({ ...factsAt(3), paths: null });
    const [stream] = tick(factsAt(5)).streams;
    expect(stream).toMatchObject({ state: 'live', since: before?.streams[0]?.since, inboundMbps: 0.004 });
    expect(stream?.reasons).toStrictEqual(before?.streams[0]?.reasons);
  });

  test('afterwards a stream that has gone is off air, one that was at rest has gone', () => {
    const { tick } = lived();
    tick({ paths: null });
    expect(tick({ paths: [] }).streams).toMatchObject([
      {
        name: 'cam',
        state: 'missing',
        health: 'warning',
        reasons: [{ code: 'off-air', since: isoAfter(10_000) }],
      },
    ]);
    expect(tick({ paths: null }).streams).toMatchObject([{ name: 'cam', state: 'unknown', reasons: [] }]);
  });
});

describe('simulated', () => {
  const simulated = { but: (made: ReturnType<typeof observation>) => ({ ...made, simulated: true }) };

  test('is said with the snapshot, and stays with its records while nothing new is read', () => {
    const { tick } = ticker();
    expect(tick({ paths: [pathFact()], ...simulated }).simulated).toBe(true);
    expect(tick({ paths: null }).simulated).toBe(true);
    expect(tick({ paths: [pathFact()] }).simulated).toBe(false);
    expect(tick({ paths: null, ...simulated }).simulated).toBe(false);
  });
});

test('a version that isn’t told is null', () => {
  expect(ticker().tick({ version: null }).source.version).toBeNull();
});
