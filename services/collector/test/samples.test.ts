import { describe, expect, test } from '@jest/globals';
import { megabitsPerSecond, perSecond, sampleOf } from '../src/samples.ts';
import type { Observation } from '../src/facts.ts';
import { pathFact, rtmpConnection, srtConnection, ticker } from './derive/facts.ts';

const at = (atMs: number, value: number) => ({ atMs, value });

describe('growth per second', () => {
  test.each([
    ['over 2 s', at(0, 1_000), at(2_000, 5_000), 2_000],
    ['over the real time between answers', at(10, 0), at(2_510, 5_000), 2_000],
    ['over a long gap', at(0, 0), at(60_000, 60), 1],
    ['of a counter that stands', at(0, 7), at(2_000, 7), 0],
    ['over exactly 250 ms', at(0, 0), at(250, 1), 4],
    ['over less than 250 ms', at(0, 0), at(249.9, 1_000_000), null],
    ['between two answers at once', at(5, 0), at(5, 1), null],
    ['backwards in time', at(2_000, 0), at(0, 1), null],
    ['of a counter that fell', at(0, 1_000), at(2_000, 999), null],
    ['without an earlier sample', null, at(2_000, 5), null],
    ['without a sample now', at(0, 5), null, null],
  ])('%s', (_what, before, now, expected) => {
    expect(perSecond(before, now)).toBe(expected);
  });

  test('in decimal megabits: 250,000 bytes a second are 2 Mbit/s', () => {
    expect(megabitsPerSecond(at(0, 0), at(2_000, 500_000))).toBe(2);
    expect(megabitsPerSecond(at(0, 0), at(1_000, 1_048_576))).toBeCloseTo(8.388608, 9);
    expect(megabitsPerSecond(at(0, 1), at(1_000, 0))).toBeNull();
  });
});

test('a counter that was not told has no sample; 0 has one', () => {
  expect(sampleOf(null, 5)).toBeNull();
  expect(sampleOf(0, 5)).toStrictEqual({ value: 0, atMs: 5 });
});

describe('a stream’s rates', () => {
  test('are of the bytes between two ticks, in each direction', () => {
    const { path } = ticker();
    expect(path({ inboundBytes: 100, outboundBytes: 50 })).toMatchObject({
      bytesReceived: 100,
      bytesSent: 50,
      inboundMbps: null,
      outboundMbps: null,
    });
    // 502,345 B in 2 s = 2.00938 Mbit/s; 250,001 B in 2 s = 1.000004 Mbit/s.
    expect(path({ inboundBytes: 502_445, outboundBytes: 250_051 })).toMatchObject({
      inboundMbps: 2.009,
      outboundMbps: 1,
    });
  });

  test('use the real time when a tick was late', () => {
    const { path } = ticker();
    path({ inboundBytes: 0 }, 5_000);
    expect(path({ inboundBytes: 1_250_000 }).inboundMbps).toBe(2);
  });

  test('are null when two answers came too close together, and right again after', () => {
    const { path } = ticker();
    path({ inboundBytes: 0 }, 100);
    expect(path({ inboundBytes: 25_000 }).inboundMbps).toBeNull();
    expect(path({ inboundBytes: 525_000 }).inboundMbps).toBe(2);
  });

  test('are null where a counter isn’t told, as what is sent before 1.3.0', () => {
    const { path } = ticker();
    path({ outboundBytes: null });
    expect(path({ inboundBytes: 1_250_000, outboundBytes: null })).toMatchObject({
      inboundMbps: 1,
      outboundMbps: null,
      bytesSent: null,
    });
  });

  test('follow the monotonic clock, not the wall clock', () => {
    const { tick } = ticker();
    const factsAt = (inboundBytes: number, receivedAtMs: number) => ({
      paths: [pathFact({ inboundBytes })],
      but: (made: Observation) => ({ ...made, paths: { facts: made.paths?.facts ?? [], receivedAtMs } }),
    });
    tick(factsAt(0, 77_000), -3_600_000);
    expect(tick(factsAt(250_000, 78_000)).streams[0]).toMatchObject({ inboundMbps: 2 });
  });
});

describe('a connection’s rates', () => {
  test('are its own transport bytes, per id', () => {
    const { connection } = ticker();
    connection(srtConnection({}, { inboundBytes: 0, outboundBytes: 10 }));
    expect(connection(srtConnection({}, { inboundBytes: 750_000, outboundBytes: 250_010 }))).toMatchObject({
      inboundMbps: 3,
      outboundMbps: 1,
      inboundBytes: 750_000,
    });
    expect(
      connection(srtConnection({}, { id: 'another', inboundBytes: 900_000, outboundBytes: 900_000 })),
    ).toMatchObject({ inboundMbps: null, outboundMbps: null });
  });

  test('a counter that fell gives null in its direction only, then goes on from there', () => {
    const { connection } = ticker();
    connection(rtmpConnection(0, { inboundBytes: 5_000, outboundBytes: 0 }));
    expect(connection(rtmpConnection(0, { inboundBytes: 10, outboundBytes: 250_000 }))).toMatchObject({
      inboundMbps: null,
      outboundMbps: 1,
    });
    expect(connection(rtmpConnection(0, { inboundBytes: 250_010, outboundBytes: 250_000 }))).toMatchObject({
      inboundMbps: 1,
      outboundMbps: 0,
    });
  });
});
