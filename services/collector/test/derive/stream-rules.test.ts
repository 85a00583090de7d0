import { describe, expect, test } from '@jest/globals';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { DEFAULT_THRESHOLDS, type Limits } from '../../src/derive/index.ts';
import { IDLE, iso, isoAfter, pathFact, rtmpConnection, srtConnection, START_MS, ticker } from './facts.ts';

const reasonsOf = ({ reasons }: StreamRecord) =>
  reasons.map(({ code, severity, measured, limit }) => [code, severity, measured, limit]);
test('a stalled stream is critical from its first stalled tick to its first byte', () => {
  const { path } = ticker();
  expect([1, 1, 1, 1, 1, 2].map((inboundBytes) => reasonsOf(path({ inboundBytes })))).toStrictEqual([
    [],
    [],
    [],
    [['stalled', 'critical', null, null]],
    [['stalled', 'critical', null, null]],
    [],
  ]);
});

describe('flapping', () => {
  const flap = (restarts: number, calmTicks: number) => {
    const { path } = ticker();
    for (let run = 0; run < restarts; run += 1) path({ readyAtMs: START_MS + run });
    const calm = Array.from({ length: calmTicks }, (_, tick) =>
      path({ readyAtMs: START_MS + restarts, inboundBytes: tick }),
    );
    return calm.map((record) => reasonsOf(record));
  };

  test('three restarts in 10 minutes are a warning, after three ticks', () => {
    expect(flap(3, 3)).toStrictEqual([[], [], [['flapping', 'warning', 3, 2]]]);
  });

  test('two are none', () => {
    expect(flap(2, 6).flat()).toStrictEqual([]);
  });

  test('goes with the restarts, five ticks later', () => {
    const { path } = ticker();
    for (let run = 0; run < 6; run += 1) path({ readyAtMs: START_MS + run });
    path({ readyAtMs: START_MS + 5, inboundBytes: 2e6 }, 600_000);
    const bytes = [3e6, 4e6, 5e6, 6e6, 7e6];
    const calm = bytes.map((inboundBytes) => path({ readyAtMs: START_MS + 5, inboundBytes }));
    expect(calm.map(({ restarts, health }) => [restarts, health])).toStrictEqual([
      [0, 'warning'],
      [0, 'warning'],
      [0, 'warning'],
      [0, 'warning'],
      [0, 'ok'],
    ]);
  });
});

describe('damaged frames', () => {
  const damaged = (perTick: number) => {
    const { path } = ticker();
    const ticks = [0, 1, 2, 3, 4, 5, 6, 7];
    const records = ticks.map((tick) => path({ framesInError: tick * perTick, inboundBytes: tick }));
    return records.map((record) => [record.framesInErrorPerSecond, ...reasonsOf(record).flat()]);
  };
  /** The rate and the reasons of so many damaged frames right after the first tick, and none after. */
  const once = (frames: number) => {
    const { path } = ticker();
    const ticks = Array.from({ length: 15 }, (_, tick) => tick);
    const records = ticks.map((tick) => path({ framesInError: tick === 0 ? 0 : frames, inboundBytes: tick }));
    return records.map((record) => [record.framesInErrorPerSecond, ...reasonsOf(record).flat()]);
  };

  test.each([
    [1, [0.5, 'frame-errors', 'warning', 0.5, 0.1]],
    [2, [1, 'frame-errors', 'warning', 1, 0.1]],
    [3, [1.5, 'frame-errors', 'critical', 1.5, 1]],
    [0, [0]],
  ])('%p a tick, known after 10 s and judged in the third tick of these', (perTick, expected) => {
    expect(damaged(perTick)).toStrictEqual([
      [null],
      [null],
      [null],
      [null],
      [null],
      [perTick / 2],
      [perTick / 2],
      expected,
    ]);
  });

  test('one right after the window began is no warning, then or later', () => {
    // 1 in 10, 12, 14, … 28 s.
    expect(once(1)).toStrictEqual([
      ...[null, null, null, null, null].map((rate) => [rate]),
      ...[0.1, 0.083, 0.071, 0.063, 0.056, 0.05, 0.045, 0.042, 0.038, 0.036].map((rate) => [rate]),
    ]);
  });

  test('two are one, until they are spread over 20 s and five ticks more', () => {
    const warning = (rate: number) => [rate, 'frame-errors', 'warning', rate, 0.1];
    // 2 in 10, 12, 14, … s: 0.1 is no more than the limit, at the eleventh tick.
    expect(once(2)).toStrictEqual([
      ...[null, null, null, null, null, 0.2, 0.167].map((rate) => [rate]),
      ...[0.143, 0.125, 0.111, 0.1, 0.091, 0.083, 0.077].map(warning),
      [0.071],
    ]);
  });

  test('are nothing where MediaMTX doesn’t count them', () => {
    const { path } = ticker();
    path({ framesInError: null });
    expect(path({ framesInError: null })).toMatchObject({
      framesInError: null,
      framesInErrorPerSecond: null,
      health: 'ok',
    });
  });
});

describe('a bitrate outside its band', () => {
  const band = (low: Limits, high: Limits) =>
    ticker({
      thresholdsOf: () => ({ ...DEFAULT_THRESHOLDS, 'bitrate-low': low, 'bitrate-high': high }),
    });
  /** 250,000 B a tick are 1 Mbit/s. */
  const at = (mbps: number, low: Limits, high: Limits) => {
    const { path } = band(low, high);
    const records = [0, 1, 2, 3].map((tick) => path({ inboundBytes: 1 + tick * mbps * 250_000 }));
    return records.map((record) => reasonsOf(record)).at(-1);
  };
  const LOW = { warning: 2, critical: 1 };
  const HIGH = { warning: 4, critical: 8 };

  test.each([
    [0.5, [['bitrate-low', 'critical', 0.5, 1]]],
    [1, [['bitrate-low', 'warning', 1, 2]]],
    [2, []],
    [4, []],
    [5, [['bitrate-high', 'warning', 5, 4]]],
    [9, [['bitrate-high', 'critical', 9, 8]]],
  ])('%p Mbit/s', (mbps, expected) => {
    expect(at(mbps, LOW, HIGH)).toStrictEqual(expected);
  });

  test('is no reason unless it is configured', () => {
    const never = { warning: null, critical: null };
    expect(at(0.001, never, never)).toStrictEqual([]);
    expect(at(900, never, never)).toStrictEqual([]);
  });

  test('is judged of live streams only', () => {
    const { path } = band(LOW, HIGH);
    const idle = Array.from({ length: 6 }, () => path(IDLE).health);
    expect(new Set(idle)).toStrictEqual(new Set(['ok']));
    const filler = { sourceType: null, sourceId: null, online: false };
    const standby = Array.from({ length: 6 }, (_, tick) => path({ ...filler, inboundBytes: tick }).health);
    expect(new Set(standby)).toStrictEqual(new Set(['ok']));
  });
});

describe('its connections', () => {
  const factsAt = (tick: number, connections: Parameters<typeof rtmpConnection>[1][] = []) => ({
    paths: [pathFact({ inboundBytes: tick * 1_000 })],
    connections: [
      srtConnection({ rttMs: 50 }),
      ...connections.map((base) => rtmpConnection(tick * 100, base)),
    ],
  });

  test('its publisher’s reasons stand first on the stream, as they stand there', () => {
    const { tick } = ticker();
    const snapshots = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((at) =>
      tick(factsAt(at, [{ id: 'slow-1' }, { id: 'slow-2' }, { id: 'elsewhere', stream: 'other' }])),
    );
    const last = snapshots.at(-1);
    const publisher = last?.connections.find(({ role }) => role === 'publish');
    expect(publisher?.reasons).toStrictEqual([
      {
        code: 'rtt-near-latency',
        severity: 'critical',
        measured: 0.417,
        limit: 0.333,
        since: isoAfter(4_000),
      },
    ]);
    // That readers discard is known after 10 s and told from 14 s on; the stream says so in the third of these ticks.
    expect(last?.streams[0]).toMatchObject({
      health: 'critical',
      reasons: [
        ...(publisher?.reasons ?? []),
        { code: 'reader-discards', severity: 'warning', measured: 2, limit: 0, since: isoAfter(18_000) },
      ],
    });
    expect(snapshots[8]?.streams[0]?.reasons).toStrictEqual(publisher?.reasons);
  });

  test('a reader’s own reasons aren’t its stream’s', () => {
    const { stream } = ticker();
    const records = [0, 1, 2, 3].map(() =>
      stream({
        paths: [pathFact({ sourceId: null, sourceType: 'rtspSource' })],
        connections: [srtConnection({ rttMs: 100 }, { id: 'reader-1', role: 'read' })],
      }),
    );
    expect(records[2]).toMatchObject({ health: 'ok', reasons: [] });
  });

  test('a publisher of another stream says nothing of this one', () => {
    const { stream } = ticker();
    const records = [0, 1, 2].map(() =>
      stream({
        paths: [pathFact({ sourceId: 'publisher-2' })],
        connections: [srtConnection({ rttMs: 100 })],
      }),
    );
    expect(records.at(-1)).toMatchObject({ health: 'ok', reasons: [] });
  });
});

test('each stream has its own thresholds, by its name', () => {
  const { tick } = ticker({
    thresholdsOf: (stream) => ({
      ...DEFAULT_THRESHOLDS,
      stalled: stream === 'calm' ? { warning: 0, critical: null } : DEFAULT_THRESHOLDS.stalled,
    }),
  });
  const facts = { paths: [pathFact({ name: 'calm' }), pathFact({ name: 'cam' })] };
  for (let at = 0; at < 3; at += 1) tick(facts);
  expect(tick(facts).streams.map(({ name, health, since }) => [name, health, since])).toStrictEqual([
    ['calm', 'warning', iso(START_MS)],
    ['cam', 'critical', iso(START_MS)],
  ]);
});

test('filler is no traffic, but what its readers get of it is', () => {
  const { path } = ticker();
  const filler = (at: number) => ({
    sourceType: null,
    sourceId: null,
    online: false,
    inboundBytes: at * 250_000,
    outboundBytes: at * 500_000,
  });
  path(filler(0));
  expect(path(filler(1))).toMatchObject({
    state: 'standby',
    inboundMbps: null,
    outboundMbps: 2,
    bytesReceived: 250_000,
  });
});

test('the critical reasons stand first, those of its publisher before its own', () => {
  const { tick } = ticker();
  const at = (number: number, inboundBytes: number) => ({
    paths: [pathFact({ inboundBytes, readyAtMs: START_MS + Math.min(number, 4) })],
    connections: [srtConnection({ rttMs: 35 })],
  });
  const records = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((number) => tick(at(number, 1)).streams[0]);
  expect(records.at(-1)?.reasons.map(({ code, severity }) => `${code} ${severity}`)).toStrictEqual([
    'stalled critical',
    'rtt-near-latency warning',
    'flapping warning',
  ]);
});
