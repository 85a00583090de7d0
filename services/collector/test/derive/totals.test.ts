import { expect, test } from '@jest/globals';
import { NO_TOTALS, totalsOf } from '../../src/derive/totals.ts';
import { streamRecord } from '@mediamtx-monitor/testkit';
import { IDLE, pathFact, ticker } from './facts.ts';

const NO_STATES = { idle: 0, waiting: 0, live: 0, stalled: 0, standby: 0, unknown: 0 };
const NO_HEALTHS = { ok: 0, warning: 0, critical: 0, unknown: 0 };

test('a server without streams is known to have none', () => {
  expect(totalsOf([], [])).toStrictEqual({
    streams: 0,
    missing: 0,
    readers: 0,
    inboundMbps: 0,
    outboundMbps: 0,
    states: NO_STATES,
    healths: NO_HEALTHS,
  });
});

test('streams are counted by state and health, readers and rates summed up', () => {
  const streams = [
    streamRecord({ state: 'live', health: 'ok', readers: 2, inboundMbps: 0.1, outboundMbps: 1.5 }),
    streamRecord({ state: 'live', health: 'warning', readers: 3, inboundMbps: 0.2, outboundMbps: 0 }),
    streamRecord({ state: 'stalled', health: 'critical', readers: 0, inboundMbps: 0, outboundMbps: 0 }),
  ];
  expect(totalsOf(streams, [])).toStrictEqual({
    streams: 3,
    missing: 0,
    readers: 5,
    // Not 0.30000000000000004.
    inboundMbps: 0.3,
    outboundMbps: 1.5,
    states: { ...NO_STATES, live: 2, stalled: 1 },
    healths: { ...NO_HEALTHS, ok: 1, warning: 1, critical: 1 },
  });
});

test('sums have three decimals', () => {
  const streams = [0.1234, 0.4321].map((inboundMbps) => streamRecord({ inboundMbps, outboundMbps: 1.0006 }));
  expect(totalsOf(streams, [])).toMatchObject({ inboundMbps: 0.556, outboundMbps: 2.001 });
});

test('rates are of those that are known, and null when none is', () => {
  const unknown = streamRecord({ inboundMbps: null, outboundMbps: null });
  expect(totalsOf([unknown, streamRecord({ inboundMbps: 2, outboundMbps: null })], [])).toMatchObject({
    inboundMbps: 2,
    outboundMbps: null,
  });
});

test('what fills a path is no traffic, what its readers get of it is', () => {
  const filler = streamRecord({ state: 'standby', inboundMbps: null, outboundMbps: 0.5 });
  expect(totalsOf([filler], [])).toMatchObject({ inboundMbps: 0, outboundMbps: 0.5 });
  const unknown = streamRecord({ state: 'live', inboundMbps: null });
  expect(totalsOf([filler, unknown], []).inboundMbps).toBeNull();
});

test('streams that aren’t listed count for health only', () => {
  const missing = streamRecord({ state: 'missing', health: 'critical', inboundMbps: 0 });
  expect(totalsOf([streamRecord({ state: 'live', inboundMbps: null })], [missing])).toMatchObject({
    streams: 1,
    missing: 1,
    inboundMbps: null,
    states: { ...NO_STATES, live: 1 },
    healths: { ...NO_HEALTHS, ok: 1, critical: 1 },
  });
});

test('in a snapshot: unknown at the first tick, then of all streams', () => {
  const { tick } = ticker();
  const factsAt = (inboundBytes: number) => ({
    paths: [
      pathFact({ name: 'a', inboundBytes, readerTypes: ['srtconn'] }),
      pathFact({ name: 'b', inboundBytes: inboundBytes * 2, readerTypes: ['srtconn', 'hidden'] }),
      pathFact({ name: 'c', ...IDLE }),
    ],
  });
  expect(tick(factsAt(0)).totals).toMatchObject({ streams: 3, readers: 3, inboundMbps: null });
  expect(tick(factsAt(250_000)).totals).toMatchObject({
    inboundMbps: 3,
    outboundMbps: 0,
    states: { ...NO_STATES, live: 2, idle: 1 },
    healths: { ...NO_HEALTHS, ok: 3 },
  });
  expect(tick({ paths: null }).totals).toStrictEqual(NO_TOTALS);
  expect(new Set(Object.values(NO_TOTALS))).toStrictEqual(new Set([null]));
});
