import { describe, expect, test } from '@jest/globals';
import { boardShape, filledShape } from '../../src/model/board.ts';

const SCREEN = { widthPx: 1_880, heightPx: 800, leastWidthPx: 800, leastHeightPx: 66, aspect: 14 };

describe('a screen', () => {
  test('that streams don’t fit holds as many as fit', () => {
    expect(boardShape(400, SCREEN)).toStrictEqual({ columns: 2, rows: 12 });
  });

  test('is never a third empty', () => {
    for (const [leastWidthPx, leastHeightPx, aspect] of [
      [800, 66, 14],
      [440, 150, 2.5],
      [360, 160, 16 / 9],
    ] as const) {
      for (let count = 1; count <= 60; count += 1) {
        const { columns, rows } = boardShape(count, { ...SCREEN, leastWidthPx, leastHeightPx, aspect });
        const shown = Math.min(count, columns * rows);
        expect([count, shown / (columns * rows) > 2 / 3]).toStrictEqual([count, true]);
      }
    }
  });

  test('has room for one, however small it is', () => {
    expect(boardShape(9, { ...SCREEN, widthPx: 0, heightPx: 0 })).toStrictEqual({ columns: 1, rows: 1 });
  });
});

test.each([
  [1, 1, 1],
  [2, 2, 1],
  [4, 2, 2],
  [5, 3, 2],
  [9, 3, 3],
  [11, 4, 3],
  [12, 4, 3],
  [99, 4, 3],
])('%i tiles on a wall of 4 × 3: %i × %i', (count, columns, rows) => {
  const wall = { widthPx: 1_280, heightPx: 600, aspect: 16 / 9 };
  expect(filledShape(count, { columns: 4, rows: 3 }, wall)).toStrictEqual({ columns, rows });
});
