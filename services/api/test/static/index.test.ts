import { rmSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import type { Preview } from '@mediamtx-monitor/types';
import { createStaticFiles } from '../../src/static/index.ts';
import { askRaw } from '../http/raw.ts';
import { startRoutes } from '../routes/start-routes.ts';
import { folderOf, PAGE, SCRIPT, SCRIPT_PATH } from './folder.ts';

async function serveFolder(folder: string | undefined = folderOf(), previews: readonly Preview[] = []) {
  const { url } = await startRoutes({ files: createStaticFiles({ folder, reserved: [], previews }) });
  return async (path: string, options: Parameters<typeof askRaw>[2] = {}) => {
    const { status, headers, body } = await askRaw(url, path, options);
    const byName = headers.map((line): [string, string] => {
      const [name = '', ...value] = line.split(': ');
      return [name.toLowerCase(), value.join(': ')];
    });
    return { status, headers: new Map(byName), body };
  };
}

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "media-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';');

test('the page is at / whatever its query, asked for again each time, and nothing inline runs in it', async () => {
  const ask = await serveFolder();
  for (const path of ['/', '/?search=a&state=live', '/index.html']) {
    const { status, headers, body } = await ask(path);
    expect([status, body.toString()]).toStrictEqual([200, PAGE]);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('content-security-policy')).toBe(CSP);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.has('strict-transport-security')).toBe(false);
  }
});

test('it may play from the addresses for previews, and connect there', async () => {
  const ask = await serveFolder(folderOf(), [
    { server: null, protocol: 'webrtc', url: 'http://192.0.2.1:8889/base' },
    { server: 'north', protocol: 'webrtc', url: 'http://192.0.2.1:8889/north' },
    { server: null, protocol: 'hls', url: 'https://media.example' },
  ]);
  const policy = (await ask('/')).headers.get('content-security-policy') ?? '';
  const directives = policy.split(';');
  expect(directives).toContain("connect-src 'self' http://192.0.2.1:8889 https://media.example");
  expect(directives).toContain("media-src 'self' blob: http://192.0.2.1:8889 https://media.example");
});

test.each([
  ['/favicon.svg', 'image/svg+xml; charset=utf-8', 'no-cache'],
  ['/gr%C3%B6%C3%9Fe%201.txt', 'text/plain; charset=utf-8', 'no-cache'],
  [SCRIPT_PATH, 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['/manifest.webmanifest', 'application/manifest+json; charset=utf-8', 'no-cache'],
  ['/assets/index-B1234567.css', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'],
])('%s has its type, and is kept as long as it is right', async (path, type, cacheControl) => {
  const { status, headers, body } = await (await serveFolder())(path);
  expect([status, headers.get('content-type'), headers.get('cache-control')]).toStrictEqual([
    200,
    type,
    cacheControl,
  ]);
  expect(headers.get('content-length')).toBe(String(body.length));
  expect(headers.get('vary')).toBe('Accept-Encoding');
});

test('an icon has its type, and is sent as it is', async () => {
  const { headers, body } = await (
    await serveFolder(folderOf({ 'index.html': '', 'icon.png': 'picture' }))
  )('/icon.png');
  expect([headers.get('content-type'), headers.has('vary'), body.toString()]).toStrictEqual([
    'image/png',
    false,
    'picture',
  ]);
});

test('what is of no known type is not claimed to be of one', async () => {
  const ask = await serveFolder(folderOf({ 'index.html': '', 'a.bin': 'x', LICENSE: 'y' }));
  for (const path of ['/a.bin', '/LICENSE']) {
    expect((await ask(path)).headers.get('content-type')).toBe('application/octet-stream');
  }
});

test('text comes compressed to those who take it', async () => {
  const ask = await serveFolder();
  const [plain, gzip] = [
    await ask(SCRIPT_PATH),
    await ask(SCRIPT_PATH, { headers: { 'Accept-Encoding': 'gzip, deflate, br' } }),
  ];
  expect(plain.body.toString()).toBe(SCRIPT);
  expect(gzip.headers.get('content-encoding')).toBe('gzip');
  expect(gunzipSync(gzip.body).toString()).toBe(SCRIPT);
  expect(gzip.body.length).toBeLessThan(plain.body.length / 10);
  expect(gzip.headers.get('etag')).not.toBe(plain.headers.get('etag'));
  expect(gzip.headers.get('cache-control')).toBe(plain.headers.get('cache-control'));
});

test('who has it gets 304; HEAD gets the head', async () => {
  const ask = await serveFolder();
  for (const path of ['/', SCRIPT_PATH]) {
    for (const encoding of ['identity', 'gzip']) {
      const headers = { 'Accept-Encoding': encoding };
      const full = await ask(path, { headers });
      const tag = full.headers.get('etag') ?? '';
      const known = await ask(path, { headers: { ...headers, 'If-None-Match': tag } });
      expect([known.status, known.body.length, known.headers.get('etag')]).toStrictEqual([304, 0, tag]);
      expect(known.headers.get('cache-control')).toBe(full.headers.get('cache-control'));
      const head = await ask(path, { headers, method: 'HEAD' });
      expect([head.status, head.body.length]).toStrictEqual([200, 0]);
      expect(head.headers).toStrictEqual(full.headers);
    }
  }
});

test('it is for reading only', async () => {
  const ask = await serveFolder();
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    const { status, headers } = await ask('/', { method });
    expect([status, headers.get('allow')]).toStrictEqual([405, 'GET, HEAD']);
  }
});

test.each([
  '/assets',
  '/assets/',
  '/index.html/',
  '/INDEX.HTML',
  '//',
  '/../index.html',
  '/assets/../index.html',
  '/assets/%2e%2e/index.html',
  '/..%2f..%2fetc/passwd',
  '/assets\\..\\index.html',
  '/index%2ehtml',
  '/index.html%00',
  '/.env',
  '/constructor',
  '/__proto__',
])('%s is not there', async (path) => {
  const { status, body } = await (await serveFolder())(path);
  expect([status, JSON.parse(body.toString())]).toMatchObject([404, { code: 'not-found' }]);
});

test('what was read at the start stays, whatever becomes of the folder', async () => {
  const folder = folderOf();
  const ask = await serveFolder(folder);
  rmSync(folder, { recursive: true });
  expect((await ask(SCRIPT_PATH)).body.toString()).toBe(SCRIPT);
});

test('without a folder there is no page', async () => {
  const { url } = await startRoutes({
    files: createStaticFiles({ folder: undefined, reserved: [], previews: [] }),
  });
  expect((await askRaw(url, '/')).status).toBe(404);
});
