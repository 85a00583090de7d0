import { expect, test } from '@jest/globals';
import { showBadge } from '../../src/data/app-badge.ts';

test('the icon has the number of those that need attention, none when there are none, a dot when nobody knows', () => {
  const said: (number | string)[] = [];
  const browser = {
    setAppBadge: (count?: number) => {
      said.push(count ?? 'dot');
      return Promise.resolve();
    },
    clearAppBadge: () => {
      said.push('nothing');
      return Promise.resolve();
    },
  };
  for (const count of [3, 0, null, 1]) showBadge(count, browser);
  expect(said).toStrictEqual([3, 'nothing', 'dot', 1]);
});

test('a browser that has no badge, or refuses it, breaks nothing', async () => {
  showBadge(2, {});
  showBadge(2, { setAppBadge: () => Promise.reject(new Error('not installed')) });
  // What is rejected and caught by nobody fails the test by then.
  await new Promise(setImmediate);
  expect(true).toBe(true);
});
