import { expect, test } from '@jest/globals';
import { Selection, type SelectionEnd } from '../../src/http/selection.ts';

const keyOf = (n: number): string => String(n).padStart(4, '0');

/** Of 1000 that come in no order, and each twice. */
function selected(limit: number, end: SelectionEnd, count = 1_000) {
  const selection = new Selection<number>(limit, end);
  for (let n = 0; n < count * 2; n += 1) {
    const number = (n * 377) % count;
    selection.add(keyOf(number), number);
  }
  return { items: selection.take(), isCut: selection.isCut };
}

test.each<[number, SelectionEnd, number[], boolean]>([
  [3, 'first', [0, 1, 2], true],
  [3, 'last', [997, 998, 999], true],
  [1, 'first', [0], true],
  [1, 'last', [999], true],
  [0, 'first', [], true],
  [0, 'last', [], true],
])('%i from the %s', (limit, end, items, isCut) => {
  expect(selected(limit, end)).toStrictEqual({ items, isCut });
});

test('of no more than there may be all are kept, each once', () => {
  expect(selected(5, 'last', 5)).toStrictEqual({ items: [0, 1, 2, 3, 4], isCut: false });
  expect(selected(9, 'first', 5)).toStrictEqual({ items: [0, 1, 2, 3, 4], isCut: false });
});
