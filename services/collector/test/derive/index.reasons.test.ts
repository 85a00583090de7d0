import { expect, test } from '@jest/globals';
import type { Observation } from '../../src/facts.ts';
import { reasonsOfServer } from '../../src/derive/index.ts';
import { isoAfter, pathFact, ticker } from './facts.ts';

const missing = (...lists: Observation['missing']) => ({
  paths: [pathFact()],
  but: (made: Observation) => ({ ...made, missing: lists }),
});

test('a server that answers to everything has none', () => {
  expect(reasonsOfServer([], null, null)).toStrictEqual([]);
  expect(ticker().tick({ paths: [pathFact()] }).reasons).toStrictEqual([]);
});

test('one that can’t be read is unreachable since the first time, until it is read', () => {
  const { tick } = ticker();
  const unreachable = {
    code: 'server-unreachable',
    severity: 'critical',
    measured: null,
    limit: null,
    since: isoAfter(2_000),
  };
  tick({ paths: [] });
  expect(tick({ paths: null }).reasons).toStrictEqual([unreachable]);
  expect(tick({ paths: null }).reasons).toStrictEqual([unreachable]);
  expect(tick({ paths: [] }).reasons).toStrictEqual([]);
  expect(tick({ paths: null }).reasons).toStrictEqual([{ ...unreachable, since: isoAfter(8_000) }]);
});

test('lists that can’t be read are told by their names, since the first of them failed', () => {
  const { tick } = ticker();
  tick(missing());
  expect(tick(missing('srtconns')).reasons).toStrictEqual([
    {
      code: 'list-missing',
      severity: 'warning',
      measured: null,
      limit: null,
      since: isoAfter(2_000),
      detail: 'srtconns',
    },
  ]);
  expect(tick(missing('srtconns', 'info')).reasons).toMatchObject([
    { since: isoAfter(2_000), detail: 'srtconns, info' },
  ]);
  tick({ paths: null });
  expect(tick(missing('info')).reasons).toMatchObject([{ since: isoAfter(2_000), detail: 'info' }]);
  expect(tick(missing()).reasons).toStrictEqual([]);
});
