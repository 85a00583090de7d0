import { describe, expect, test } from '@jest/globals';
import type { SimulatedListName } from '../../src/lists/names.ts';
import { setLinkLoss } from '../../src/world/changes.ts';
import { ALL_LISTS, itemsAt, worldOf, type ListedItem } from '../lists-of.ts';

const GAUGES =
  /Rate|Buf|RTT|Capacity|FlowWindow|FlightSize|Period|MaxBW|MSS|Delay|Tolerance|AvgBelated|Jitter/;
const SEEDS = [1, 2, 3];
const STEPS_MS = [0, 1, 1, 2, 7, 19, 50, 333, 2_000, 2_000, 10_000, 3_600_000, 1, 86_400_000, 1, 2_000];

const fleet = (seed: number) => worldOf({ seed, streams: 36, nowMs: 500 }, { readersPerStream: 4 });

function numbers(item: ListedItem): [string, number][] {
  return Object.entries(item).flatMap(([name, value]) =>
    typeof value === 'number' && !GAUGES.test(name) ? [[name, value]] : [],
  );
}

function keyOf(item: ListedItem): unknown {
  return item['id'] ?? item['name'] ?? item['path'];
}

/** Throws unless all counters of a list are whole and none has fallen. */
function expectNoFall(
  list: SimulatedListName,
  before: readonly ListedItem[],
  after: readonly ListedItem[],
  context: object,
): void {
  for (const [index, item] of after.entries()) {
    const old = new Map(numbers(before[index] ?? {}));
    expect(keyOf(item)).toBe(keyOf(before[index] ?? {}));
    for (const [name, value] of numbers(item)) {
      const was = old.get(name) ?? NaN;
      // Called only on failure: an expect for each number would take minutes.
      if (!(Number.isInteger(value) && value >= was)) {
        expect({ list, ...context, name, was, value }).toBeNull();
      }
    }
  }
}

describe.each(ALL_LISTS)('counters of %s', (list) => {
  test('never fall, and are whole', () => {
    for (const seed of SEEDS) {
      const world = fleet(seed);
      let nowMs = 500;
      let before = itemsAt(world, list, nowMs);
      for (const stepMs of STEPS_MS) {
        nowMs += stepMs;
        const after = itemsAt(world, list, nowMs);
        expectNoFall(list, before, after, { seed, nowMs });
        before = after;
      }
    }
  });

  test('those of live streams grow', () => {
    const world = fleet(1);
    const [first, second] = [itemsAt(world, list, 500), itemsAt(world, list, 2_500)];
    expect(second.length).toBeGreaterThan(2);
    const sum = (item: ListedItem) =>
      ['bytesReceived', 'bytesSent', 'outboundBytes'].reduce((all, name) => all + Number(item[name] ?? 0), 0);
    for (const [index, item] of second.entries()) {
      if (item['ready'] === false) continue;
      // Media over UDP goes beside its RTSP connection.
      if (list === 'rtspconns' && sum(item) < 5_000) continue;
      expect(sum(item)).toBeGreaterThan(sum(first[index] ?? {}));
    }
  });
});

test('counters of SRT don’t fall when a link gets worse or better', () => {
  let world = fleet(1);
  const name = 'remote/harbour';
  let nowMs = 500;
  let before = itemsAt(world, 'srtconns', nowMs);
  for (const percent of [20, 0, 0, 0, 0, 5, 100, 100, 0, 0, 1, 1]) {
    for (const stepMs of [1, 700, 1_300]) {
      nowMs += stepMs;
      const after = itemsAt(world, 'srtconns', nowMs);
      expectNoFall('srtconns', before, after, { percent, nowMs });
      before = after;
    }
    world = setLinkLoss(world, name, percent, nowMs);
  }
});
