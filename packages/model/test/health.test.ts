import { expect, test } from '@jest/globals';
import { HEALTHS } from '@mediamtx-monitor/types';
import { isIll, URGENCIES, worstFirst, worstOf } from '../src/index.ts';

const mild = (name: string) => ({ name, severity: 'warning' as const });
const bad = (name: string) => ({ name, severity: 'critical' as const });

test('the worst comes first, equals stay in their order', () => {
  const names = worstFirst([mild('a'), bad('b'), mild('c'), bad('d')]).map(({ name }) => name);
  expect(names).toStrictEqual(['b', 'd', 'a', 'c']);
});

test('what is in order stays what it is', () => {
  for (const all of [
    [],
    [mild('a')],
    [bad('a'), mild('b')],
    [mild('a'), mild('b')],
    [bad('a'), bad('b'), mild('c')],
  ]) {
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

test('an eye goes to the critical first, to what is unknown before what is well', () => {
  const order = ['critical', 'warning', 'unknown', 'ok'] as const;
  const urgencies = order.map((health) => URGENCIES[health]);
  expect(urgencies[0]).toBe(0);
  expect(urgencies).toStrictEqual([...new Set(urgencies)].sort((a, b) => a - b));
});
