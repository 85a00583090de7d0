import { expect, test } from '@jest/globals';
import { Preferences, type Store } from '../../src/data/storage.ts';

test('what is set is there under a name of our own, until it is forgotten', () => {
  const kept = new Map<string, string>();
  const store: Store = {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
  const preferences = new Preferences(() => store);
  expect(preferences.set('lang', 'de')).toBe(true);
  expect([...kept]).toStrictEqual([['mediamtx-monitor.lang', 'de']]);
  expect(preferences.get('lang')).toBe('de');
  preferences.set('lang', null);
  expect(preferences.get('lang')).toBeNull();
});

test('where storage is blocked it lasts as long as the page', () => {
  const preferences = new Preferences(() => {
    throw new Error('blocked');
  });
  expect(preferences.set('lang', 'de')).toBe(false);
  expect(preferences.get('lang')).toBe('de');
});

test('a full store disturbs nothing', () => {
  const preferences = new Preferences(() => ({
    getItem: () => null,
    setItem: () => {
      throw new Error('full');
    },
    removeItem: () => undefined,
  }));
  expect(preferences.set('lang', 'de')).toBe(false);
});
