import { readdirSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { RECORDED_VERSIONS, recordedBody, recordedList, type RecordedPhase } from '../src/index.ts';

const fixtures = new URL('../fixtures/mediamtx/', import.meta.url);
const PHASES: readonly RecordedPhase[] = ['empty', 't0', 't1'];

interface RecordedList {
  readonly itemCount: number;
  readonly items: readonly { readonly name?: string }[];
}
const parse = (body: string | undefined): RecordedList => JSON.parse(body ?? 'null') as RecordedList;

test('every recorded version is listed, in order', () => {
  const byNumber = new Intl.Collator('en', { numeric: true });
  const recorded = readdirSync(fixtures).filter((folder) => !folder.endsWith('-constructed'));
  expect(RECORDED_VERSIONS).toStrictEqual(recorded.toSorted(byNumber.compare));
});

describe.each(RECORDED_VERSIONS)('MediaMTX %s', (version) => {
  const index = JSON.parse(recordedBody(version, 'index.json')) as Readonly<
    Record<string, { readonly url: string; readonly status: number }>
  >;
  const names = readdirSync(new URL(`${version}/`, fixtures)).filter((name) => /^\w+\.\w+\.json$/.test(name));

  test('has bodies that its index knows as good answers of the API', () => {
    for (const name of names) {
      expect({ name, ...index[name] }).toMatchObject({ name, method: 'GET', status: 200 });
      expect(index[name]?.url.replaceAll('/', '_')).toMatch(`_v3_${name.split('.')[0]}`);
    }
    expect(names.length).toBeGreaterThan(20);
  });

  test('has a path list for each phase', () => {
    for (const phase of PHASES) {
      const { itemCount, items } = parse(recordedList(version, 'paths', phase));
      expect(items).toHaveLength(itemCount);
      expect(items.filter(({ name }) => typeof name !== 'string')).toStrictEqual([]);
      expect(index[`paths.${phase}.json`]).toMatchObject({ url: '/v3/paths/list', status: 200 });
    }
    expect(parse(recordedList(version, 'paths', 't0')).itemCount).toBeGreaterThan(0);
  });

  test('has SRT connections with clients, and none without', () => {
    expect(parse(recordedList(version, 'srtconns', 't0')).itemCount).toBeGreaterThan(0);
    expect(parse(recordedList(version, 'srtconns', 'empty')).itemCount).toBe(0);
  });

  test('has JSON objects only', () => {
    for (const name of names) {
      const body: unknown = JSON.parse(recordedBody(version, name));
      expect({ name, body }).toStrictEqual({ name, body: expect.any(Object) });
    }
  });
});

describe('what was not recorded', () => {
  test('is an error as a body, and undefined as a list', () => {
    expect(() => recordedBody('1.20.1', 'nothing.json')).toThrow('ENOENT');
    expect(recordedList('1.20.1', 'nothing', 't0')).toBeUndefined();
  });

  test('is what a version did not have yet', () => {
    expect(recordedList('1.2.0', 'info', 't0')).toBeUndefined();
    expect(recordedList('1.13.0', 'moqsessions', 't0')).toBeUndefined();
    expect(recordedList('1.20.1', 'info', 't0')).toContain('"version"');
    expect(recordedList('1.20.1', 'moqsessions', 't0')).toContain('"items"');
  });
});
