import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { recordedBody, type RecordedVersion } from '@mediamtx-monitor/testkit';
import { startSimulator, type Simulator, type VersionName } from '../../src/index.ts';
import { get } from '../get.ts';
import type { ParsedList } from '../lists-of.ts';

interface Recorded {
  readonly url: string;
  readonly status: number | null;
}

function recordedCases(version: RecordedVersion): [string, Recorded][] {
  const index = JSON.parse(recordedBody(version, 'index.json')) as Record<string, Recorded>;
  return Object.entries(index).filter(([file]) => file.startsWith('errors/page_'));
}

function sizes(body: string): Record<string, number> {
  const { itemCount, pageCount, items } = JSON.parse(body) as ParsedList;
  return { itemCount, pageCount, items: items.length };
}

describe.each<[VersionName, RecordedVersion, number]>([
  ['1.20', '1.20.1', 14],
  ['1.17', '1.17.0', 13],
  ['1.13', '1.13.0', 12],
  ['1.9', '1.9.3', 12],
  ['1.2', '1.2.0', 12],
])('paging and errors, against answers recorded of %s', (version, recorded, paths) => {
  let simulator: Simulator;
  beforeAll(async () => {
    // As many streams as the recorded server had paths.
    simulator = await startSimulator({ version, streams: paths });
  });
  afterAll(() => simulator.close());

  const cases = recordedCases(recorded);

  test('there are recordings of good and bad pages', () => {
    const statuses = cases.map(([, { status }]) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(5);
    expect(statuses.filter((status) => status === 400).length).toBeGreaterThan(5);
  });

  test.each(cases.filter(([, { status }]) => status === 200))('%s', async (file, { url }) => {
    const got = await get(simulator.url + url);
    expect(got.status).toBe(200);
    expect(sizes(got.body)).toStrictEqual(sizes(recordedBody(recorded, file)));
    expect(got.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  test.each(cases.filter(([, { status }]) => status === 400))('%s is refused', async (file, { url }) => {
    const got = await get(simulator.url + url);
    expect([got.status, got.body]).toStrictEqual([400, recordedBody(recorded, file)]);
    expect(got.headers['content-type']).toBe(got.body === '' ? undefined : 'application/json; charset=utf-8');
  });

  test.each([
    ['GET', '/v3/nothing/list'],
    ['GET', '/'],
    ['GET', '/v3'],
    ['GET', '/v2/paths/list'],
    ['GET', '/v3/info/list'],
    ['GET', '/v3/recordings/list'],
    ['POST', '/v3/paths/list'],
  ])('%s %s is no route', async (method, path) => {
    const got = await get(simulator.url + path, { method });
    expect([got.status, got.body]).toStrictEqual([
      404,
      recordedBody(recorded, 'errors/unknown_endpoint.json'),
    ]);
    expect(got.headers['content-type']).toBe('text/plain');
  });

  test('pages put together are the whole list', async () => {
    const names = (body: string) => (JSON.parse(body) as ParsedList).items.map((item) => item['name']);
    const pages = [];
    for (const page of [0, 1, 2]) {
      pages.push(...names((await get(`${simulator.url}/v3/paths/list?itemsPerPage=5&page=${page}`)).body));
    }
    expect(pages).toStrictEqual(simulator.streamNames());
  });
});

test('1.2 exits when asked for pages of 0 items, as recorded', async () => {
  const [, asked] = recordedCases('1.2.0').find(([, { status }]) => status === null) ?? [];
  expect(asked?.url).toBe('/v3/paths/list?itemsPerPage=0');
  const simulator = await startSimulator({ version: '1.2' });
  await expect(get(simulator.url + (asked?.url ?? ''))).rejects.toMatchObject({ code: 'ECONNRESET' });
  await simulator.close();
});

test('beyond the last page, 1.2 answers with the list’s last item', async () => {
  const simulator = await startSimulator({ version: '1.2' });
  const got = await get(`${simulator.url}/v3/paths/list?itemsPerPage=5&page=99`);
  const { items } = JSON.parse(got.body) as ParsedList;
  expect(items.map((item) => item['name'])).toStrictEqual(simulator.streamNames().slice(-1));
  await simulator.close();
});
