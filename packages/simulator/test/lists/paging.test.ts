import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { recordedBody } from '@mediamtx-monitor/testkit';
import { startSimulator, type Simulator } from '../../src/index.ts';
import { get } from '../get.ts';
import type { ListBody } from '../lists-of.ts';

interface Recorded {
  readonly url: string;
  readonly status: number;
}

const index = Object.entries(JSON.parse(recordedBody('1.20.1', 'index.json')) as Record<string, Recorded>);

function recordedCases(pattern: RegExp): [string, Recorded][] {
  return index.filter(([file, { url }]) => pattern.test(file) && !url.includes('hlsmuxers'));
}

describe('paging and errors, against answers recorded of 1.20.1', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    // As many streams as the recorded server had paths.
    simulator = await startSimulator({ streams: 14 });
  });
  afterAll(() => simulator.close());

  test('there are recordings of good and bad pages', () => {
    const statuses = recordedCases(/errors\/page_/).map(([, { status }]) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(5);
    expect(statuses.filter((status) => status === 400).length).toBeGreaterThan(5);
  });

  test.each(recordedCases(/errors\/page_/))('%s', async (file, { url, status }) => {
    const got = await get(simulator.url + url);
    expect(got.status).toBe(status);
    const body = recordedBody('1.20.1', file);
    if (status === 200) expect(sizes(got.body)).toEqual(sizes(body));
    else expect(got.body).toBe(body);
    expect(got.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  test.each([
    ['GET', '/v3/nothing/list'],
    ['GET', '/'],
    ['GET', '/v3'],
    ['GET', '/v2/paths/list'],
    ['GET', '/v3/info/list'],
    ['POST', '/v3/paths/list'],
  ])('%s %s is no route', async (method, path) => {
    const got = await get(simulator.url + path, { method });
    expect([got.status, got.body]).toEqual([404, recordedBody('1.20.1', 'errors/unknown_endpoint.json')]);
    expect(got.headers['content-type']).toBe('text/plain');
  });

  test('pages put together are the whole list', async () => {
    const names = (body: string) => (JSON.parse(body) as ListBody).items.map((item) => item['name']);
    const pages = [];
    for (const page of [0, 1, 2]) {
      pages.push(...names((await get(`${simulator.url}/v3/paths/list?itemsPerPage=5&page=${page}`)).body));
    }
    expect(pages).toEqual(simulator.streamNames());
  });

  test('an empty list has no page', async () => {
    const empty = await startSimulator({ streams: 0 });
    const { body } = await get(`${empty.url}/v3/srtconns/list`);
    await empty.close();
    expect(body).toBe(recordedBody('1.20.1', 'srtconns.empty.json'));
  });

  test('a list that is off answers 404 as text', async () => {
    const got = await get(`${simulator.url}/v3/rtspsessions/list`);
    expect([got.status, got.body]).toEqual([404, '404 page not found']);
    expect(simulator.requests.rtspsessions).toBe(1);
  });
});

function sizes(body: string): Record<string, number> {
  const { itemCount, pageCount, items } = JSON.parse(body) as ListBody;
  return { itemCount, pageCount, items: items.length };
}
