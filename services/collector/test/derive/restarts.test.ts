import { describe, expect, test } from '@jest/globals';
import type { PathFact } from '../../src/facts.ts';
import { IDLE, pathFact, START_MS, TICK_MS, ticker } from './facts.ts';

type PathFields = Partial<PathFact>;
const RUN = { inboundBytes: 1_000_000 };
const NEXT = { sourceId: 'publisher-2', readyAtMs: START_MS + 3_000 };

/** Restarts and inbound rate at each of the ticks. */
function run(...ticks: PathFields[]) {
  const { path } = ticker();
  return ticks.map((fields) => {
    const { restarts, inboundMbps } = path(fields);
    return [restarts, inboundMbps];
  });
}

describe('a restart is counted, and its tick has no rate', () => {
  test('another publisher overrides the first, its counter already higher', () => {
    expect(
      run(
        RUN,
        { inboundBytes: 1_250_000 },
        { ...NEXT, inboundBytes: 90_000_000 },
        { ...NEXT, inboundBytes: 90_250_000 },
      ),
    ).toStrictEqual([
      [0, null],
      [0, 1],
      [1, null],
      [1, 1],
    ]);
  });

  test('the same publisher with a new readyTime, its counter already higher', () => {
    expect(run(RUN, { readyAtMs: START_MS + 1_000, inboundBytes: 9_000_000 })).toStrictEqual([
      [0, null],
      [1, null],
    ]);
  });

  test('a counter that fell, all else the same', () => {
    expect(run(RUN, { inboundBytes: 999_999 }, { inboundBytes: 1_249_999 })).toStrictEqual([
      [0, null],
      [1, null],
      [1, 1],
    ]);
  });

  test('a static source that begins anew', () => {
    const source = { sourceType: 'rtspSource', sourceId: null };
    expect(run({ ...source, ...RUN }, { ...source, readyAtMs: START_MS, inboundBytes: 50 })).toStrictEqual([
      [0, null],
      [1, null],
    ]);
  });

  test('a publisher that stops and comes back: once, when it comes back', () => {
    expect(
      run(RUN, IDLE, IDLE, { ...NEXT, inboundBytes: 250_000 }, { ...NEXT, inboundBytes: 500_000 }),
    ).toStrictEqual([
      [0, null],
      [0, null],
      [0, 0],
      [1, null],
      [1, 1],
    ]);
  });

  test('the same for a path that MediaMTX forgets meanwhile', () => {
    const { tick, path } = ticker();
    path(RUN);
    expect(tick({ paths: [] }).streams).toMatchObject([{ state: 'missing', restarts: 0 }]);
    tick({ paths: [] });
    expect(path({ ...NEXT, inboundBytes: 5_000_000 })).toMatchObject({ restarts: 1, inboundMbps: null });
  });

  test('while stalled', () => {
    expect(run(RUN, RUN, RUN, RUN, { ...NEXT, ...RUN }).at(-1)).toStrictEqual([1, null]);
  });

  test('a publisher that comes back to an always-available path', () => {
    const filler = { sourceType: null, sourceId: null, online: false };
    expect(
      run(RUN, { ...filler, inboundBytes: 1_500_000 }, { ...NEXT, inboundBytes: 1_900_000 }).map(
        ([restarts]) => restarts,
      ),
    ).toStrictEqual([0, 0, 1]);
  });
});

describe('no restart is', () => {
  test('the first appearance', () => {
    expect(run(RUN)).toStrictEqual([[0, null]]);
  });

  test('the first run of a path that was idle', () => {
    expect(run(IDLE, IDLE, RUN).map(([restarts]) => restarts)).toStrictEqual([0, 0, 0]);
  });

  test('the end of a run', () => {
    expect(run(RUN, IDLE, IDLE).map(([restarts]) => restarts)).toStrictEqual([0, 0, 0]);
  });

  test('a stall that ends', () => {
    expect(run(RUN, RUN, RUN, RUN, { inboundBytes: 1_250_000 })).toStrictEqual([
      [0, null],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 1],
    ]);
  });

  test('a path that MediaMTX left out once, its run the same: its rate is over the whole time', () => {
    const { tick, path } = ticker();
    path(RUN);
    tick({ paths: [] });
    expect(path({ inboundBytes: 1_500_000 })).toMatchObject({ restarts: 0, inboundMbps: 1 });
  });

  test('a time without a path list', () => {
    const { tick, path } = ticker();
    path(RUN);
    expect(tick({ paths: null }).streams[0]).toMatchObject({ restarts: null, inboundMbps: null });
    expect(path({ inboundBytes: 1_500_000 })).toMatchObject({ restarts: 0, inboundMbps: 1 });
  });

  test('an answer without byte counts', () => {
    expect(run(RUN, { inboundBytes: null }, { inboundBytes: 1_500_000 })).toStrictEqual([
      [0, null],
      [0, null],
      [0, null],
    ]);
  });
});

test('what is sent falls alone: no restart, no rate in that direction', () => {
  const { path } = ticker();
  path({ inboundBytes: 0, outboundBytes: 500 });
  expect(path({ inboundBytes: 250_000, outboundBytes: 400 })).toMatchObject({
    restarts: 0,
    inboundMbps: 1,
    outboundMbps: null,
  });
});

test('damaged frames of the run before aren’t taken into the next', () => {
  const { path } = ticker();
  path({ framesInError: 0 }, 10_000);
  expect(path({ framesInError: 4 })).toMatchObject({ framesInError: 4, framesInErrorPerSecond: 0.4 });
  expect(path({ ...NEXT, framesInError: 9 }, 8_000)).toMatchObject({
    framesInError: 9,
    framesInErrorPerSecond: null,
  });
  // 20 s after the first sample of all, but 8 s after the first of this run.
  expect(path({ ...NEXT, framesInError: 10 })).toMatchObject({ framesInErrorPerSecond: null });
  expect(path({ ...NEXT, framesInError: 10 }).framesInErrorPerSecond).toBe(0.1);
});

describe('how long', () => {
  const publisher = (number: number): PathFields => ({
    sourceId: `publisher-${number}`,
    readyAtMs: START_MS + number,
    inboundBytes: 1,
  });

  test('a restart counts for 10 minutes, each for itself', () => {
    const { path } = ticker();
    path(publisher(1), 60_000);
    expect(path(publisher(2), 60_000).restarts).toBe(1);
    expect(path(publisher(3), 539_999).restarts).toBe(2);
    // 599,999 ms after the first, 539,999 after the second.
    expect(path(publisher(3), 1).restarts).toBe(2);
    expect(path(publisher(3), 59_999).restarts).toBe(1);
    expect(path(publisher(3), 1).restarts).toBe(1);
    expect(path(publisher(3)).restarts).toBe(0);
  });

  test('a stream that comes back within 10 minutes restarts', () => {
    const { path } = ticker();
    path(RUN, TICK_MS);
    path(IDLE, 597_999);
    expect(path(NEXT).restarts).toBe(1);
  });

  test('after 10 minutes it is a new beginning', () => {
    const { path } = ticker();
    path(RUN, TICK_MS);
    path(IDLE, 598_000);
    expect(path(NEXT).restarts).toBe(0);
  });

  test('a path that has gone is remembered for 10 minutes', () => {
    const gone = (afterMs: number) => {
      const { tick, memory } = ticker();
      tick({ paths: [pathFact({ readyAtMs: null })] }, afterMs);
      tick({ paths: [] });
      return memory().streams.size;
    };
    expect(gone(599_999)).toBe(1);
    expect(gone(600_000)).toBe(0);
  });
});

describe('names that are made up anew in each tick', () => {
  const COUNT = 15_000;
  const made = (tick: number) =>
    Array.from({ length: COUNT }, (_, index) => pathFact({ name: `${tick} ${index}`, readyAtMs: null }));

  test('are not remembered without end; those that went last are', () => {
    const { tick, memory } = ticker();
    for (const number of [0, 1, 2, 3]) tick({ paths: made(number) });
    const { streams } = memory();
    expect(streams.size).toBe(COUNT + 20_000);
    expect([0, 1, 2, 3].map((number) => streams.has(`${number} 0`))).toStrictEqual([false, true, true, true]);
  });
});
