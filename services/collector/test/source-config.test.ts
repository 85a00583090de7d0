import { describe, expect, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { loadConfig } from '../src/config.ts';

const sourceOf = (url: string) => loadConfig({ MEDIAMTX_API_URL: url, JSON_FILE: '' }).servers[0].mediamtx;

function mistakeOf(url: string): string {
  try {
    sourceOf(url);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error(`${url} was accepted`);
}

describe('the path of the API at the end of its address', () => {
  test.each([
    ['http://media:9997/v3', 'http://media:9997'],
    ['http://media:9997/v3/', 'http://media:9997'],
    ['http://media:9997/v3/paths/list', 'http://media:9997'],
    ['https://media/mtx/v3', 'https://media/mtx'],
  ])('%s: is left out, with the right line', (given, url) => {
    const source = sourceOf(given);
    expect(source.url).toBe(url);
    expect(source.warnings).toStrictEqual([
      `MEDIAMTX_API_URL ends with a path of the API, which is left out: write MEDIAMTX_API_URL=${url}`,
    ]);
  });

  test.each([
    'http://media:9997',
    'http://media:9997/',
    'http://media/v3x',
    'http://v3:9997',
    'http://media/a/v2',
  ])('%s: has none', (given) => {
    const source = sourceOf(given);
    expect(source.url).toBe(given.replace(/\/$/, ''));
    expect(source.warnings).toStrictEqual([]);
  });
});

test.each([
  ['HTTP://Media.example:9997', 'http://media.example:9997'],
  ['  http://media:9997\t', 'http://media:9997'],
  ['http://bücher.example:9997', 'http://xn--bcher-kva.example:9997'],
])('%j is understood', (given, url) => {
  expect(sourceOf(given).url).toBe(url);
});

test.each([
  ['http://joe:p@ss@media', { user: 'joe', password: 'p@ss' }],
  ['http://joe:p%40s%25@media', { user: 'joe', password: 'p@s%' }],
])('user and password of %s', (given, credentials) => {
  expect(sourceOf(given).credentials).toStrictEqual({ kind: 'basic', ...credentials });
});

test.each(['http://joe:hu/sh@media', 'http://joe:12/hush@media', 'http://joe:hu#sh@media'])(
  '%s: the hint at percent-encoding shows nothing of it',
  (given) => {
    const mistake = mistakeOf(given);
    expect(mistake).toContain('percent-encoded (@ is %40, % is %25)');
    expect(mistake).not.toMatch(/hu|sh@/);
  },
);
