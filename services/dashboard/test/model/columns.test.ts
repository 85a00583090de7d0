import { expect, test } from '@jest/globals';
import { COLUMN_NAMES } from '../../src/data/view.ts';
import { fittingColumns } from '../../src/model/columns.ts';

test('all that were chosen are there where there is room, from left to right', () => {
  expect(fittingColumns(['since', 'media', 'state'], 60)).toStrictEqual(['state', 'media', 'since']);
  expect(fittingColumns(COLUMN_NAMES, 200)).toStrictEqual(COLUMN_NAMES);
});

test('what is least needed goes first where there is none', () => {
  expect(fittingColumns(['media', 'in', 'since'], 30)).toStrictEqual(['in', 'since']);
  expect(fittingColumns(COLUMN_NAMES, 27)).toStrictEqual(['health']);
  expect(fittingColumns(COLUMN_NAMES, 0)).toStrictEqual([]);
});
