import { describe, expect, test } from '@jest/globals';
import { hasLabels, LABEL_CHOICE } from '../src/index.ts';

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
