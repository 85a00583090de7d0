import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { askUnderHost } from '../describe/asking.ts';
import { startApi } from '../started-api.ts';
import { folderOf, PAGE, SCRIPT_PATH } from './folder.ts';

const TOKEN = 'secret-of-a-test';
const API_TOKENS = [`test:${createHash('sha256').update(TOKEN).digest('hex')}`];

test('the page is open like one to sign in with; the data behind it are not', async () => {
  const { url } = await startApi({ config: { STATIC_DIR: folderOf(), API_TOKENS } });
  const page = await fetch(`${url}/?token=no`);
  expect([page.status, await page.text()]).toEqual([200, PAGE]);
  expect((await fetch(`${url}${SCRIPT_PATH}`)).status).toBe(200);
  for (const path of ['/api/streams/latest', '/api/previews', '/api/snapshot', '/metrics', '/nowhere.html']) {
    expect([path, (await fetch(`${url}${path}`)).status]).toEqual([path, 401]);
  }
  const headers = { Authorization: `Bearer ${TOKEN}` };
  expect((await fetch(`${url}/api/previews`, { headers })).status).toBe(200);
});

test('hosts and origins are looked at for pages too', async () => {
  const { url } = await startApi({ config: { STATIC_DIR: folderOf() } });
  expect((await askUnderHost(`${url}/`, 'elsewhere.example')).status).toBe(403);
  expect((await fetch(url, { headers: { Origin: 'https://elsewhere.example' } })).status).toBe(403);
  expect((await fetch(url, { headers: { Origin: url } })).status).toBe(200);
});
