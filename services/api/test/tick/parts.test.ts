import { expect, test } from '@jest/globals';
import { join, joinArrays, PIECE_BYTES, piecesOf } from '../../src/tick/parts.ts';

const lengthsOf = (parts: readonly Buffer[]): number[] => [...piecesOf(parts)].map(({ length }) => length);
const parts = (...lengths: number[]): Buffer[] => lengths.map((length, n) => Buffer.alloc(length, n));

test('small parts make one piece, many make as few as they can', () => {
  expect(lengthsOf(parts(1, 2, 3))).toStrictEqual([6]);
  expect(lengthsOf(parts(PIECE_BYTES - 1, 1))).toStrictEqual([PIECE_BYTES]);
  expect(lengthsOf(parts(PIECE_BYTES, 1))).toStrictEqual([PIECE_BYTES, 1]);
  expect(lengthsOf(Array.from({ length: 10 }, () => Buffer.alloc(30_000)))).toStrictEqual(
    Array(5).fill(60_000),
  );
  expect(lengthsOf([])).toStrictEqual([0]);
});

test('a large part is a piece of its own, as it is', () => {
  const all = parts(10, 100_000, 20);
  expect(lengthsOf(all)).toStrictEqual([10, 100_000, 20]);
  expect([...piecesOf(all)][1]).toBe(all[1]);
});

test('pieces hold all bytes in their order, and are joined when they are asked for', () => {
  const all = Array.from({ length: 500 }, (_, n) => Buffer.alloc(1_000, n % 256));
  expect(Buffer.concat([...piecesOf(all)]).equals(join(all))).toBe(true);
  let asked = 0;
  const asking = piecesOf(
    (function* () {
      for (const part of all) {
        asked += 1;
        yield part;
      }
    })(),
  );
  asking.next();
  expect(asked).toBeLessThan(70);
});

test.each([
  [['[1]', '[2,3]'], '[1,2,3]'],
  [['[]', '[]'], '[]'],
  [['[]', '[1]'], '[1]'],
  [['[1]', '[]', '[2]'], '[1,2]'],
  [[' [1] \n', '[ ]', '\t[ {"a":"]["} ]'], '[1, {"a":"]["} ]'],
  [['["😀"]', '["ä"]'], '["😀","ä"]'],
])('%j is joined to %s', (arrays, joined) => {
  expect(joinArrays(arrays.map((array) => Buffer.from(array))).toString()).toBe(joined);
});

test('a single array is the very buffer', () => {
  const array = Buffer.from(' [1]\n');
  expect(joinArrays([array])).toBe(array);
});
