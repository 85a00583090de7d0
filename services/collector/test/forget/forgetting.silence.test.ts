import { expect, test } from '@jest/globals';
import { SubjectSilence } from '../../src/forget/forgetting.ts';
import type { StoredSubject } from '../../src/forget/index.ts';

const DAY_MS = 86_400_000;
const NOW_MS = 1_790_000_000_000;

const stored = (mark: string, publishedAtMs: number | null): StoredSubject => ({
  id: 'a',
  mark,
  publishedAtMs,
  intervalMs: 2_000,
  epoch: null,
});
const at = (ms: number) => ({ redisMs: NOW_MS + ms, monotonicMs: 1_000 + ms });

test('one look tells nothing: only what is the same at the next one is silent', () => {
  const silence = new SubjectSilence();
  const old = stored('1', NOW_MS - 9 * DAY_MS);
  expect(silence.of(old, at(0))).toBe(0);
  expect(silence.of(old, at(600_000))).toBe(9 * DAY_MS + 600_000);
});

test('whoever publishes under a clock that is years behind isn’t silent', () => {
  const silence = new SubjectSilence();
  for (let look = 0; look < 5; look += 1) {
    expect(silence.of(stored(`${look}`, NOW_MS - 999 * DAY_MS), at(look * 600_000))).toBe(0);
  }
});

test.each([NOW_MS + 999 * DAY_MS, null])(
  'of what says it was published at %p only what was seen counts',
  (publishedAtMs) => {
    const silence = new SubjectSilence();
    silence.of(stored('1', publishedAtMs), at(0));
    expect(silence.of(stored('1', publishedAtMs), at(8 * DAY_MS))).toBe(8 * DAY_MS);
  },
);

test('what is not there any more begins anew', () => {
  const silence = new SubjectSilence();
  const old = stored('1', NOW_MS - 9 * DAY_MS);
  silence.of(old, at(0));
  silence.keepOnly(new Set(['a']));
  expect(silence.of(old, at(1))).toBeGreaterThan(0);
  silence.keepOnly(new Set());
  expect(silence.of(old, at(2))).toBe(0);
});
