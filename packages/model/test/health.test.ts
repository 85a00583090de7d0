import { expect, test } from '@jest/globals';
import { HEALTHS } from '@mediamtx-monitor/types';
import { isIll, worstFirst, worstOf } from '../src/index.ts';

const mild = (name: string) => ({ name, severity: 'warning' as const });
const bad = (name: string) => ({ name, severity: 'critical' as const });

test('the worst comes first, equals stay in their order', () => {
  const names = worstFirst([mild('a'), bad('b'), mild('c'), bad('d')]).map(({ name }) => name);
  expect(names).toStrictEqual(['b', 'd', 'a', 'c']);
});

test('what is in order stays what it is', () => {
  for (const all of [[], [mild('a')], [bad('a'), mild('b')], [bad('a'), bad('b')]]) {
    expect(worstFirst(all)).toBe(all);
  }
});

test('the worst of all', () => {
  expect(worstOf([])).toBeUndefined();
  expect(worstOf([mild('a')])).toBe('warning');
  expect(worstOf([mild('a'), bad('b')])).toBe('critical');
});

test('someone should look at what is warning or critical, and at nothing else', () => {
  expect(HEALTHS.filter(isIll)).toStrictEqual(['warning', 'critical']);
});
