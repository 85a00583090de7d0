import { expect, test } from '@jest/globals';
import { Bell } from '../../src/data/bell.ts';
import { Preferences } from '../../src/data/storage.ts';

const [FIRST, SECOND] = ['2026-01-01T00:00:01.000Z', '2026-01-01T00:00:02.000Z'];

function browser() {
  const kept = new Map<string, string>();
  const preferences = new Preferences(() => ({
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  }));
  return () => new Bell(preferences);
}

test('what was there while the panel was open has been looked at, in this browser', () => {
  const open = browser();
  const bell = open();
  expect([bell.isOpen.value, bell.seen.value, bell.seenBefore]).toStrictEqual([false, null, null]);
  bell.open(FIRST);
  expect([bell.isOpen.value, bell.seen.value, bell.seenBefore]).toStrictEqual([true, FIRST, null]);
  bell.close(SECOND);
  expect([bell.isOpen.value, bell.seen.value]).toStrictEqual([false, SECOND]);
  const later = open();
  expect(later.seen.value).toBe(SECOND);
  later.open(SECOND);
  expect(later.seenBefore).toBe(SECOND);
});

test('what fires no more makes nothing unread again', () => {
  const bell = browser()();
  bell.open(SECOND);
  bell.close(null);
  bell.open(FIRST);
  expect(bell.seen.value).toBe(SECOND);
});
