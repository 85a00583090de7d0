import { expect, test } from '@jest/globals';
import {
  encodeTicks,
  type HistoryTick,
  RecentTicks,
  splitTicks,
  type TickOfSubject,
} from '../../src/history/recent-ticks.ts';

const FIELDS = 6;

function tickOf(atMs: number, names: readonly string[]): HistoryTick {
  return {
    atMs,
    seconds: 2,
    names,
    statuses: Uint8Array.from(names, (_, place) => place + 1),
    values: Float32Array.from({ length: names.length * FIELDS }, (_, at) =>
      at % FIELDS === 5 ? NaN : at + atMs,
    ),
  };
}

function ticksOf(bytes: Uint8Array, name: string): TickOfSubject[] {
  const ticks: TickOfSubject[] = [];
  new RecentTicks('stream', bytes).each(name, (tick) => ticks.push({ ...tick, values: tick.values.slice() }));
  return ticks;
}

test('each subject has its ticks, exact and in order, though subjects come and go', () => {
  const names = ['', 'a:b', 'cam', 'käse/😀', '\u{fffd}'];
  const bytes = encodeTicks('stream', [tickOf(10, names), tickOf(12, names), tickOf(14, ['cam'])]);
  // Whoever reads gets it anywhere in a larger buffer.
  const moved = new Uint8Array(bytes.length + 3);
  moved.set(bytes, 3);
  const found = ticksOf(moved.subarray(3), 'cam');
  expect(found.map(({ atMs, status, seconds }) => [atMs, status, seconds])).toStrictEqual([
    [10, 3, 2],
    [12, 3, 2],
    [14, 1, 2],
  ]);
  expect([...(found[1]?.values ?? [])]).toStrictEqual([24, 25, 26, 27, 28, NaN]);
  for (const name of names) expect(ticksOf(bytes, name)[0]?.status).toBe(names.indexOf(name) + 1);
  expect(ticksOf(bytes, 'käse')).toStrictEqual([]);
});

test('what is cut off or of another format is refused, and never read beyond its end', () => {
  const bytes = encodeTicks('stream', [tickOf(10, ['a', 'b']), tickOf(12, ['a', 'b'])]);
  for (let length = 0; length < bytes.length; length += 1) {
    expect(() => new RecentTicks('stream', bytes.subarray(0, length))).toThrow(RangeError);
  }
  expect(() => new RecentTicks('server', bytes)).toThrow(RangeError);
});

test('several strings in a row are one, each with names of its own', () => {
  const parts = [[tickOf(10, ['a', 'cam'])], [tickOf(12, ['cam']), tickOf(14, ['cam'])], []];
  const bytes = Buffer.concat(parts.map((ticks) => encodeTicks('stream', ticks)));
  expect(ticksOf(bytes, 'cam').map(({ atMs, status }) => [atMs, status])).toStrictEqual([
    [10, 2],
    [12, 1],
    [14, 1],
  ]);
  expect(() => new RecentTicks('stream', bytes.subarray(0, -1))).toThrow(RangeError);
});

test('a table that has fewer names than it says is refused at once', () => {
  const bytes = new Uint8Array(4_096);
  bytes.set(encodeTicks('stream', [tickOf(10, ['a', 'b'])]));
  // After the head and that of the block.
  new DataView(bytes.buffer).setUint32(8 + 16, 50, true);
  expect(() => new RecentTicks('stream', bytes)).toThrow('fewer names');
});

test('names that are the same stand there once', () => {
  const names = ['a'.repeat(100)];
  const [one, two] = [
    encodeTicks('stream', [tickOf(1, names)]),
    encodeTicks('stream', [tickOf(1, names), tickOf(2, [...names])]),
  ];
  expect(two.length - one.length).toBeLessThan(60);
});

test('ticks are split by subject, and each part has its own', () => {
  const ticks = [tickOf(10, ['a', 'b', 'c']), tickOf(12, ['b'])];
  const partOf = (name: string): number => (name === 'b' ? 2 : 0);
  const split = splitTicks(ticks, FIELDS, 3, partOf);
  expect(split.map((part) => part.map(({ names }) => names))).toStrictEqual([
    [['a', 'c']],
    [],
    [['b'], ['b']],
  ]);
  const [whole, some] = [encodeTicks('stream', ticks), split.map((part) => encodeTicks('stream', part))];
  for (const name of ['a', 'b', 'c']) {
    expect(ticksOf(some[partOf(name)] ?? whole, name)).toStrictEqual(ticksOf(whole, name));
  }
});
