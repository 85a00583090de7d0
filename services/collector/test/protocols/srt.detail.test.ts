import { describe, expect, test } from '@jest/globals';
import { SRT } from '../../src/protocols/srt.ts';
import { addCounts, addValue, type CountersWindow, type ValuesWindow } from '../../src/samples.ts';
import type { SrtFact } from '../../src/protocols/index.ts';
import { pathFact, srtConnection, srtFact, ticker } from '../derive/facts.ts';

/** Counters as they stand at each sample: unique, lost, retransmitted, dropped. */
type SrtSamples = readonly [unique: number, lost: number, retransmitted: number, dropped: number];
const windowOf = (...samples: SrtSamples[]): CountersWindow =>
  samples.reduce<CountersWindow>((window, counts, index) => addCounts(window, counts, index * 2_000), null);
const detail = (role: 'publish' | 'read' | 'idle', samples: SrtSamples[], fields: Partial<SrtFact> = {}) =>
  SRT.detail(srtConnection(fields, { role }), {
    windows: { packets: windowOf(...samples), discards: null, rtts: null },
    clockRate: null,
    receivedAtMs: 0,
  }).srt;

test('the counters of the window are unique, lost, retransmitted, dropped', () => {
  expect(
    SRT.counters(
      srtConnection({ uniquePackets: 1, lostPackets: 2, retransmittedPackets: 3, droppedPackets: 4 }),
    ),
  ).toStrictEqual([1, 2, 3, 4]);
});

describe('losses of a publisher', () => {
  test('all repaired: link loss, none unrecovered', () => {
    // 50 of 1,000 lost, 50 retransmitted, none of them in vain.
    expect(
      detail('publish', [
        [500, 10, 10, 0],
        [1_500, 60, 60, 0],
      ]),
    ).toMatchObject({
      linkLossPercent: 5,
      retransmitPercent: 5,
      unrecoveredPercent: 0,
      latePercent: 0,
    });
  });

  test('unrecovered is what was lost less what was repaired in time', () => {
    // Lost 40, retransmitted 35 of which 5 too late: 40 − (35 − 5) = 10 of 800.
    expect(
      detail('publish', [
        [0, 0, 0, 0],
        [800, 40, 35, 5],
      ]),
    ).toMatchObject({
      linkLossPercent: 5,
      retransmitPercent: 4.375,
      unrecoveredPercent: 1.25,
      latePercent: 0.625,
    });
  });

  test('unrecovered is never below 0: repairs of losses before the window', () => {
    expect(
      detail('publish', [
        [0, 30, 0, 0],
        [1_000, 30, 30, 0],
      ]),
    ).toMatchObject({
      linkLossPercent: 0,
      retransmitPercent: 3,
      unrecoveredPercent: 0,
    });
  });

  test('a repair that arrives a tick after its loss is set against it', () => {
    const steps: SrtSamples[] = [
      [0, 0, 0, 0],
      [400, 20, 8, 0],
    ];
    expect(detail('publish', steps).unrecoveredPercent).toBe(3);
    expect(detail('publish', [...steps, [800, 20, 20, 0]]).unrecoveredPercent).toBe(0);
  });

  test('are sums over the window, not the mean of its steps', () => {
    // 10 % of 200, then 0 % of 1,800: 20 of 2,000.
    expect(
      detail('publish', [
        [0, 0, 0, 0],
        [200, 20, 20, 0],
        [2_000, 20, 20, 0],
      ]),
    ).toMatchObject({
      linkLossPercent: 1,
    });
  });

  test('have three decimals', () => {
    expect(
      detail('publish', [
        [0, 0, 0, 0],
        [977, 49, 49, 1],
      ]),
    ).toMatchObject({
      linkLossPercent: 5.015,
      retransmitPercent: 5.015,
      unrecoveredPercent: 0.102,
      latePercent: 0.102,
    });
  });

  const NONE = {
    linkLossPercent: null,
    retransmitPercent: null,
    unrecoveredPercent: null,
    latePercent: null,
  };
  test('are null below 200 packets, not at 200', () => {
    expect(
      detail('publish', [
        [0, 0, 0, 0],
        [199, 50, 50, 0],
      ]),
    ).toMatchObject(NONE);
    expect(
      detail('publish', [
        [0, 0, 0, 0],
        [200, 50, 50, 0],
      ]),
    ).toMatchObject({ linkLossPercent: 25 });
  });

  test('are null at the first sample, however much it counts', () => {
    expect(detail('publish', [[1_000_000, 50_000, 50_000, 0]])).toMatchObject(NONE);
  });

  test('are null when traffic stops: nothing sticks', () => {
    const { connection } = ticker();
    connection(srtConnection({ uniquePackets: 0 }));
    const losing = { uniquePackets: 1_000, lostPackets: 100, retransmittedPackets: 100 };
    expect(connection(srtConnection(losing))).toMatchObject({ srt: { linkLossPercent: 10 } });
    // The sample before the traffic leaves the window 30 s after it was taken.
    for (let tick = 2; tick <= 15; tick += 1) {
      expect(connection(srtConnection(losing))).toMatchObject({ srt: { linkLossPercent: 10 } });
    }
    expect(connection(srtConnection(losing))).toMatchObject({ srt: NONE });
  });
});

describe('losses of a reader', () => {
  test('unrecovered is what the sender gave up; late isn’t known', () => {
    expect(
      detail('read', [
        [0, 0, 0, 0],
        [1_000, 100, 95, 4],
      ]),
    ).toMatchObject({
      linkLossPercent: 10,
      retransmitPercent: 9.5,
      unrecoveredPercent: 0.4,
      latePercent: null,
    });
  });
});

describe('round-trip time', () => {
  test('over latency, with four decimals', () => {
    expect(detail('publish', [], { rttMs: 40.739, latencyMs: 120 })).toMatchObject({
      rttMs: 40.74,
      latencyMs: 120,
      rttLatencyRatio: 0.3395,
    });
  });

  test.each([
    { rttMs: null, latencyMs: 120 },
    { rttMs: 40, latencyMs: null },
    { rttMs: 40, latencyMs: 0 },
  ])('has no ratio with %p', (fields) => {
    expect(detail('publish', [], fields).rttLatencyRatio).toBeNull();
  });

  test('its median and 95th percentile come with the 10th sample, of the last 60 s', () => {
    const { connection } = ticker();
    const next = (rttMs: number | null) => connection(srtConnection({ rttMs }));
    for (let rttMs = 1; rttMs <= 9; rttMs += 1) {
      expect(next(rttMs)).toMatchObject({ srt: { rttMs, rttP50Ms: null, rttP95Ms: null } });
    }
    expect(next(100)).toMatchObject({ srt: { rttP50Ms: 5, rttP95Ms: 100 } });
    expect(next(null)).toMatchObject({ srt: { rttMs: null, rttP50Ms: 5, rttP95Ms: 100 } });
    for (let tick = 11; tick <= 30; tick += 1) next(200);
    // 31 ticks of 2 s are 60 s: one null among them, 30 values: the 15th is 200, 20 of them are.
    expect(next(200)).toMatchObject({ srt: { rttP50Ms: 200, rttP95Ms: 200 } });
  });
});

describe('percentiles of the round-trip time', () => {
  test.each([
    [20, 10, 19],
    [21, 11, 20],
    [51, 26, 49],
  ])('of %p samples are the nearest ranks, with two decimals', (samples, p50, p95) => {
    const times = Array.from({ length: samples }, (_, index) => index);
    const rtts = times.reduce<ValuesWindow>((window, at) => addValue(window, at + 1.234, at * 1_000), null);
    const { rttP50Ms, rttP95Ms } = SRT.detail(srtConnection(), {
      windows: { packets: null, discards: null, rtts },
      clockRate: null,
      receivedAtMs: samples * 1_000,
    }).srt;
    expect([rttP50Ms, rttP95Ms]).toStrictEqual([p50 + 0.23, p95 + 0.23]);
  });
});

describe('in the records', () => {
  test('what isn’t derived is passed on', () => {
    const fact = srtConnection({ bufferMs: 33, undecryptablePackets: 4, framesDiscarded: 2 });
    expect(ticker().connection(fact)).toMatchObject({
      protocol: 'srt',
      srt: { bufferMs: 33, undecryptablePackets: 4, framesDiscarded: 2 },
    });
  });

  test('a version without statistics has nulls', () => {
    const nothing = Object.fromEntries(Object.keys(srtFact()).map((key) => [key, null]));
    const { connection } = ticker();
    connection(srtConnection(nothing));
    const record = connection(srtConnection(nothing));
    expect(record.protocol === 'srt' && new Set(Object.values(record.srt))).toStrictEqual(new Set([null]));
    expect(record.health).toBe('ok');
  });

  test('the stream has its publisher’s numbers, and its reader’s nowhere', () => {
    const { stream } = ticker();
    const factsAt = (step: number) => ({
      paths: [pathFact()],
      connections: [
        srtConnection({ uniquePackets: step * 1_000, lostPackets: step * 5, rttMs: 0.356 }),
        srtConnection(
          { uniquePackets: step * 1_000, lostPackets: step * 900, rttMs: 99 },
          { id: 'reader-1', role: 'read' },
        ),
      ],
    });
    stream(factsAt(1));
    expect(stream(factsAt(2))).toMatchObject({
      rtt: 0.36,
      recvRateMbps: 1.94,
      linkCapacityMbps: 1808.58,
      rttMs: 0.36,
      latencyMs: 120,
      linkLossPercent: 0.5,
      retransmitPercent: 0,
      unrecoveredPercent: 0.5,
    });
  });

  test.each([
    ['a static source', pathFact({ sourceType: 'srtSource', sourceId: null })],
    ['a connection that isn’t listed', pathFact({ sourceId: 'gone' })],
  ])('a stream of %s has none', (_what, path) => {
    expect(ticker().stream({ paths: [path], connections: [srtConnection()] })).toMatchObject({
      rtt: null,
      recvRateMbps: null,
      linkCapacityMbps: null,
      rttMs: null,
      latencyMs: null,
      linkLossPercent: null,
      retransmitPercent: null,
      unrecoveredPercent: null,
    });
  });
});
