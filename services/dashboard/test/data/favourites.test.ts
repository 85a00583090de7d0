import { expect, test } from '@jest/globals';
import { Favourites } from '../../src/data/favourites.ts';
import { Preferences } from '../../src/data/storage.ts';

function start(kept = new Map<string, string>()) {
  const preferences = new Preferences(() => ({
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  }));
  return { kept, open: () => new Favourites(preferences) };
}

test('a star is kept in the browser until it is taken away', () => {
  const { kept, open } = start();
  const favourites = open();
  for (const key of ['main/a', 'main/b, loud', 'main/a']) favourites.toggle(key);
  expect([...favourites.keys.value]).toStrictEqual(['main/b, loud']);
  expect([...open().keys.value]).toStrictEqual(['main/b, loud']);
  favourites.toggle('main/b, loud');
  expect(kept.size).toBe(0);
});

test('stars that another tab gave stay', () => {
  const { open } = start();
  const [one, other] = [open(), open()];
  one.toggle('main/a');
  other.toggle('main/b');
  expect([...open().keys.value]).toStrictEqual(['main/a', 'main/b']);
});

test('no more are kept than a browser holds', () => {
  const { open } = start();
  const favourites = open();
  for (let index = 0; index < 1_001; index += 1) favourites.toggle(`main/${index}`);
  expect(favourites.keys.value.size).toBe(1_000);
  expect(favourites.keys.value.has('main/0')).toBe(false);
});
