import { expect, test } from '@jest/globals';
import { chosenParts, PARTS } from '../src/parts.ts';

test('without a choice, all', () => {
  expect(chosenParts('')).toStrictEqual([...PARTS.keys()]);
});

test.each([
  ['collector-100', ['collector-100']],
  ['api-rest', ['api-rest-1', 'api-rest-100', 'api-rest-1000']],
  ['page-first,collector-requests', ['collector-requests', 'page-first']],
])('%s', (only, names) => {
  expect(chosenParts(only)).toStrictEqual(names);
});

test('what there isn’t is refused, with what there is', () => {
  expect(() => chosenParts('collector,redi')).toThrow(/^ONLY: there is no "redi"; there are collector-100, /);
});
