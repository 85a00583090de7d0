import { describe, expect, test } from '@jest/globals';
import { readStatusFile, urlPartOf } from '../../src/status/status-file.ts';

const read = (text: string) => readStatusFile('m.yml', () => text);
const mistakeIn = (text: string): string => {
  try {
    read(text);
    return '';
  } catch (error) {
    return String(error);
  }
};

const ITEMS = 'items: [{ title: Main stage, match: a }]';

describe('status in MONITOR_CONFIG', () => {
  test('may stand alone, or beside what is of others', () => {
    const status = `status:\n  - { name: tv, title: TV, ${ITEMS} }\n`;
    const page = {
      name: 'tv',
      title: 'TV',
      language: null,
      timeZone: 'UTC',
      items: [{ id: 'main-stage', title: 'Main stage', group: null, match: 'a', servers: null }],
    };
    expect(read(status)).toStrictEqual([page]);
    expect(read(`thresholds: 5\nnotify: 6\n${status}`)).toStrictEqual([page]);
    expect(read('')).toStrictEqual([]);
    expect(readStatusFile(undefined, () => 'never read')).toStrictEqual([]);
  });

  test('has all its members', () => {
    const [page] = read(
      'status: [{ name: tv, title: TV, language: de, timeZone: Europe/Berlin, items: [{ id: x, title: T, group: G, match: "a/**", servers: [north] }] }]',
    );
    expect(page).toMatchObject({
      ...{ language: 'de', timeZone: 'Europe/Berlin' },
      items: [{ id: 'x', title: 'T', group: 'G', match: 'a/**', servers: ['north'] }],
    });
  });

  test.each([
    [
      'a name that can’t stand in a URL',
      `{ name: My TV, title: TV, ${ITEMS} }`,
      /is "My TV", and stands in a URL/,
    ],
    ['no title', `{ name: tv, ${ITEMS} }`, /"status\[0\]\.title" is required/],
    ['no items', '{ name: tv, title: TV, items: [] }', /must contain at least 1/],
    ['another language', `{ name: tv, title: TV, language: fr, ${ITEMS} }`, /must be one of \[en, de\]/],
    ['no time zone', `{ name: tv, title: TV, timeZone: Mars, ${ITEMS} }`, /time zone/],
    [
      'a member that isn’t known',
      `{ name: tv, title: TV, token: x, ${ITEMS} }`,
      /"status\[0\]\.token" is not allowed/,
    ],
    [
      'a title of which no id can be made',
      '{ name: tv, title: TV, items: [{ title: 東京, match: a }] }',
      /give it an id/,
    ],
    [
      'an id twice',
      '{ name: tv, title: TV, items: [{ title: A b, match: a }, { title: A-B, match: b }] }',
      /the id "a-b" of an item before it/,
    ],
  ])('%s is a mistake, with its place', (_what, page, mistake) => {
    expect(mistakeIn(`status:\n  - ${page}\n`)).toMatch(mistake);
    expect(mistakeIn(`status:\n  - ${page}\n`)).toMatch(/MONITOR_CONFIG m\.yml, line 2, column \d+: /);
  });

  test('has no page twice', () => {
    expect(mistakeIn(`status: [{ name: a, title: A, ${ITEMS} }, { name: a, title: B, ${ITEMS} }]`)).toMatch(
      /"status\[1\]" has the name of an entry before it/,
    );
  });
});

test.each([
  ['Main stage', 'main-stage'],
  ['Große Bühne 2', 'grosse-buhne-2'],
  ['--- !!! ---', ''],
  ['é/../<x>', 'e-x'],
  ['a'.repeat(100), 'a'.repeat(64)],
])('of a title %j an id is made', (title, id) => {
  expect(urlPartOf(title)).toBe(id);
});
