import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { askUnderHost } from '../describe/asking.ts';
import { startApi } from '../started-api.ts';
import { folderOf, PAGE, SCRIPT_PATH } from './folder.ts';

const TOKEN = 'secret-of-a-test';
const API_TOKENS = [`test:${createHash('sha256').update(TOKEN).digest('hex')}`];

test('the page is open like one to sign in with; the data behind it are not', async () => {
  const { url } = await startApi({ config: { STATIC_DIR: folderOf(), API_TOKENS } });
  const page = await fetch(`${url}/?token=no`);
  expect([page.status, await page.text()]).toStrictEqual([200, PAGE]);
  expect((await fetch(`${url}${SCRIPT_PATH}`)).status).toBe(200);
  for (const path of ['/api/streams/latest', '/api/previews', '/api/snapshot', '/metrics', '/nowhere.html']) {
    expect([path, (await fetch(`${url}${path}`)).status]).toStrictEqual([path, 401]);
  }
  const headers = { Authorization: `Bearer ${TOKEN}` };
  expect((await fetch(`${url}/api/previews`, { headers })).status).toBe(200);
});

test('the page loads behind any proxy: neither host nor origin keeps its files back', async () => {
  const { url } = await startApi({ config: { STATIC_DIR: folderOf() } });
  for (const path of ['/', SCRIPT_PATH, '/assets/index-B1234567.css']) {
    expect((await askUnderHost(`${url}${path}`, 'elsewhere.example')).status).toBe(200);
    // Vite has scripts and styles fetched with an origin; behind a proxy it may not be that of `Host`.
    const { status, headers } = await fetch(`${url}${path}`, {
      headers: { Origin: 'https://elsewhere.example' },
    });
    expect([status, headers.get('cross-origin-resource-policy')]).toStrictEqual([200, 'same-origin']);
  }
  expect((await askUnderHost(`${url}/api/servers`, 'elsewhere.example')).status).toBe(403);
  expect(
    (await fetch(`${url}/api/servers`, { headers: { Origin: 'https://elsewhere.example' } })).status,
  ).toBe(403);
  expect((await fetch(`${url}/api/servers`, { headers: { Origin: url } })).status).toBe(200);
});

describe('who looks for the page where it isn’t', () => {
  const detailOf = async (url: string, accept: string): Promise<string> => {
    const body: unknown = await (await fetch(url, { headers: { Accept: accept } })).json();
    return String((body as { readonly detail?: unknown }).detail);
  };
  const OPENED = 'text/html,application/xhtml+xml,*/*;q=0.8';
  const HINT =
    /The page is at \/\. A proxy that serves it below a path has to take that path off .*proxy_pass/;

  test.each([
    ['without tokens', [], /^Nothing has this path\. The page is at .*There is: \/api\/streams\/latest/],
    ['with tokens', API_TOKENS, /^Send a token .* The page is at /],
  ])(
    '%s a browser is told where it is, and what a proxy has to do; a program is not',
    async (_what, tokens, message) => {
      const { url } = await startApi({ config: { STATIC_DIR: folderOf(), API_TOKENS: tokens } });
      for (const path of ['/monitor', '/monitor/', `/monitor${SCRIPT_PATH}`]) {
        expect(await detailOf(`${url}${path}`, OPENED)).toMatch(message);
        expect(await detailOf(`${url}${path}`, OPENED)).toMatch(HINT);
        expect(await detailOf(`${url}${path}`, '*/*')).not.toMatch(HINT);
      }
    },
  );

  test('without a page there is nothing to tell', async () => {
    const { url } = await startApi();
    expect(await detailOf(`${url}/monitor/`, OPENED)).not.toMatch(HINT);
  });
});
