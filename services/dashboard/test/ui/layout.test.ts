import { describe, expect, test } from '@jest/globals';
import { rangeAt } from '../../src/ui/layout.ts';

describe('rows that are drawn', () => {
  test('are those that are seen, and some more', () => {
    expect(rangeAt(0, 560, 28)).toStrictEqual({ first: 0, last: 25 });
    expect(rangeAt(28 * 1000, 560, 28)).toStrictEqual({ first: 995, last: 1025 });
  });

  test('a list further down is drawn from its beginning', () => {
    expect(rangeAt(-300, 560, 28).first).toBe(0);
  });

  test('small movements change nothing', () => {
    expect(rangeAt(28 * 1000, 560, 28)).toStrictEqual(rangeAt(28 * 1000 + 20, 560, 28));
  });
});
