import { describe, expect, test } from '@jest/globals';
import { areLabels, hasLabels, LABEL_CHOICE } from '../src/index.ts';

const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`label_${n}`, 'x']));

describe('areLabels', () => {
  test.each([
    {},
    { site: 'north' },
    { _a1: '', B: 'Halle 3: Süd' },
    { site: 'x'.repeat(100), ['x'.repeat(100)]: 'a' },
    many(16),
  ])('takes %j', (labels) => {
    expect(areLabels(labels)).toBe(true);
  });

  test.each([
    null,
    undefined,
    'site',
    ['north'],
    { site: 1 },
    { site: null },
    { '': 'a' },
    { '1a': 'a' },
    { 'si-te': 'a' },
    { 'site:': 'a' },
    { site: 'x'.repeat(101) },
    { ['x'.repeat(101)]: 'a' },
    many(17),
  ])('refuses %j', (labels) => {
    expect(areLabels(labels)).toBe(false);
  });
});

describe('hasLabels', () => {
  const labels = { site: 'north', rack: '2:b', empty: '' };

  test.each<[choice: readonly string[], has: boolean]>([
    [[], true],
    [['site:north'], true],
    [['rack:2:b', 'site:north'], true],
    [['site:south'], false],
    [['site:nor'], false],
    [['site:North'], false],
    [['site:north', 'site:south'], false],
    [['floor:north'], false],
    [['toString:x'], false],
    [['__proto__:x'], false],
  ])('%j: %s', (choice, has) => {
    expect(hasLabels(labels, choice)).toBe(has);
  });
});

test.each<[text: string, is: boolean]>([
  ['site:north', true],
  ['site:a:b', true],
  [`site:${'x'.repeat(100)}`, true],
  ['site:two\nlines', true],
  ['site', false],
  ['site:', false],
  [':north', false],
  ['1site:north', false],
  ['si te:north', false],
  [`site:${'x'.repeat(101)}`, false],
  [`${'x'.repeat(101)}:a`, false],
])('whether %j chooses by a label: %s', (text, is) => {
  expect(LABEL_CHOICE.test(text)).toBe(is);
});
