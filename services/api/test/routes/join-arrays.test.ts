import { expect, test } from '@jest/globals';
import { joinArrays } from '../../src/routes/latest.ts';

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
