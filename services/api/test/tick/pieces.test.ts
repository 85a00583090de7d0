import { expect, test } from '@jest/globals';
import { join, PIECE_BYTES, piecesOf, Unsent } from '../../src/tick/pieces.ts';

const lengthsOf = (parts: readonly Buffer[]): number[] => [...piecesOf(parts)].map(({ length }) => length);
const parts = (...lengths: number[]): Buffer[] => lengths.map((length, n) => Buffer.alloc(length, n));

test('small parts make one piece, many make as few as they can', () => {
  expect(lengthsOf(parts(1, 2, 3))).toEqual([6]);
  expect(lengthsOf(parts(PIECE_BYTES - 1, 1))).toEqual([PIECE_BYTES]);
  expect(lengthsOf(parts(PIECE_BYTES, 1))).toEqual([PIECE_BYTES, 1]);
  expect(lengthsOf(Array.from({ length: 10 }, () => Buffer.alloc(30_000)))).toEqual(Array(5).fill(60_000));
  expect(lengthsOf([])).toEqual([0]);
});

test('a large part is a piece of its own, as it is', () => {
  const all = parts(10, 100_000, 20);
  expect(lengthsOf(all)).toEqual([10, 100_000, 20]);
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

test('what is unsent is taken piece by piece', () => {
  const unsent = new Unsent();
  expect(unsent.isEmpty).toBe(true);
  expect(unsent.take()).toBeUndefined();
  unsent.begin(parts(1, 2));
  expect(unsent.isEmpty).toBe(false);
  expect([unsent.take()?.length, unsent.isEmpty]).toEqual([1, false]);
  expect([unsent.take()?.length, unsent.isEmpty]).toEqual([2, true]);
  unsent.begin(parts(3));
  expect([unsent.take()?.length, unsent.isEmpty]).toEqual([3, true]);
});
