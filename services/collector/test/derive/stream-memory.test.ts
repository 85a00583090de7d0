import { describe, expect, test } from '@jest/globals';
import { DEFAULT_THRESHOLDS } from '../../src/derive/index.ts';
import { nextStreamMemory } from '../../src/derive/stream-memory.ts';
import { parseMonitorFile } from '../../src/monitor-file.ts';
import { createStreamSettings } from '../../src/stream-settings.ts';
import { IDLE, isoAfter, momentAt, nextCollector, pathFact, START_MS, ticker } from './facts.ts';

const MINUTE_MS = 60_000;

describe('a stream that comes back', () => {
  test.each([
    [0, 9, 1],
    [20, 9, 1],
    [20, 10, 0],
    [20, 25, 0],
  ])('after %p minutes of the collector, away for %p, restarted: %p', (afterMinutes, minutes, restarts) => {
    const { path } = ticker();
    path(IDLE, afterMinutes * MINUTE_MS);
    path({ readyAtMs: null }, 2_000);
    path(IDLE, minutes * MINUTE_MS - 2_000);
    expect(path({ readyAtMs: null }).restarts).toBe(restarts);
  });

  test('has restarted for ten minutes', () => {
    const { path } = ticker();
    path(IDLE, 20 * MINUTE_MS);
    path({ readyAtMs: START_MS });
    path({ readyAtMs: START_MS + 1 }, 10 * MINUTE_MS - 1);
    expect(path({ readyAtMs: START_MS + 1 }, 1).restarts).toBe(1);
    expect(path({ readyAtMs: START_MS + 1 }).restarts).toBe(0);
  });
});

describe('a stream whose time of readiness isn’t known, or is still to come', () => {
  test.each([null, START_MS + 86_400_000])('was live since it was seen: %p', (readyAtMs) => {
    const reasonsAfter = (liveMs: number) => {
      const { path } = ticker();
      path(IDLE);
      path({ readyAtMs, inboundBytes: 1 }, liveMs);
      path({ readyAtMs, inboundBytes: 2 }, 0);
      return path(IDLE).reasons.map(({ code }) => code);
    };
    expect(reasonsAfter(9_999)).toStrictEqual([]);
    expect(reasonsAfter(10_000)).toStrictEqual(['off-air']);
  });
});

test('a stream that was live when the collector started stalls as any other', () => {
  const first = ticker();
  const published = first.tick({ paths: [pathFact()] });
  const { path } = nextCollector(START_MS + 2_000, published);
  const states = Array.from({ length: 4 }, () => path().state);
  expect(states).toStrictEqual(['live', 'live', 'live', 'stalled']);
});

test('since when a stream is away stays, also once it is at rest', () => {
  const { path, memory } = ticker();
  path();
  path(IDLE, 700_000);
  expect(path(IDLE).reasons).toStrictEqual([]);
  expect(memory().streams.get('cam')?.away).toMatchObject({ since: isoAfter(2_000), reasonCode: null });
});

test('a stream at rest that is listed again is at rest since then', () => {
  const { path, tick } = ticker();
  path(IDLE);
  tick({ paths: [] });
  expect(path(IDLE)).toMatchObject({ state: 'idle', since: isoAfter(4_000) });
});

test('what an expected stream that isn’t listed any more brings isn’t known', () => {
  const file = parseMonitorFile('expected: [{match: cam}]', 'x');
  const { path, tick } = ticker(createStreamSettings(DEFAULT_THRESHOLDS, file, 'main'));
  path(IDLE);
  expect(path(IDLE)).toMatchObject({ inboundMbps: 0, outboundMbps: 0, framesInErrorPerSecond: null });
  const missing = { state: 'missing', inboundMbps: null, outboundMbps: null, framesInErrorPerSecond: null };
  for (let times = 0; times < 7; times += 1) expect(tick({ paths: [] }).streams).toMatchObject([missing]);
});

test('a stream that is expected and was never listed is remembered as seen now', () => {
  const now = momentAt(START_MS + 5_000);
  const seen = {
    isListed: false,
    listedBeforeMs: 0,
    inbound: null,
    outbound: null,
    receivedAtMs: 5_000,
    now,
  };
  const { run } = nextStreamMemory(pathFact(IDLE), undefined, seen);
  expect(run).toMatchObject({ state: 'missing', seenAtMs: 5_000, sinceMs: START_MS + 5_000 });
});

test('its first rates after a start are those of the next tick', () => {
  const first = ticker();
  const published = first.tick({ paths: [pathFact({ inboundBytes: 1 })] });
  const { path } = nextCollector(START_MS + 2_000, published);
  expect(path({ inboundBytes: 250_001 }).inboundMbps).toBeNull();
  expect(path({ inboundBytes: 500_001 }).inboundMbps).toBe(1);
});

test('a stream wasn’t live for longer than the list before is old, however long the collector runs', () => {
  const { path } = ticker();
  path(IDLE, 1_000_000);
  path(IDLE);
  path({ readyAtMs: START_MS });
  expect(path(IDLE).reasons).toStrictEqual([]);
});

describe('a stream that is left out of one list', () => {
  const counted = (tick: number) => ({
    inboundBytes: tick * 250_000,
    outboundBytes: tick * 500_000,
    framesInError: tick * 4,
  });

  test('goes on: its rates are over the time between', () => {
    const { path, tick } = ticker();
    for (let times = 1; times < 5; times += 1) path(counted(times));
    tick({ paths: [] });
    expect(path(counted(6))).toMatchObject({
      restarts: 0,
      inboundMbps: 1,
      outboundMbps: 2,
      framesInErrorPerSecond: 2,
    });
  });

  test('goes on, also just after a start', () => {
    const first = ticker();
    const published = first.tick({ paths: [pathFact(counted(1))] });
    const { path, tick } = nextCollector(START_MS + 2_000, published);
    tick({ paths: [] });
    expect(path(counted(3))).toMatchObject({ restarts: 0 });
  });
});
