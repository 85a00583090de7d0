import { expect, test } from '@jest/globals';
import request from 'supertest';
import { ask } from '../http/ask.ts';
import { askRaw, sendBytes } from '../http/raw.ts';
import { startRoutes } from './start-routes.ts';

const RESOURCES = [
  '/api/streams/latest',
  '/api/snapshot',
  '/api/streams',
  '/api/streams/a%2Fb',
  '/api/servers',
  '/healthz',
  '/readyz',
];
const LISTED = [
  ...RESOURCES.filter((path) => !path.includes('%')),
  '/api/streams/{name}',
  '/api/tickets',
  '/ws',
];

function parsed(body: Buffer): unknown {
  return JSON.parse(body.toString());
}

test('unknown paths are told what there is', async () => {
  const { url } = await startRoutes();
  for (const path of ['/', '/api', '/api/snapshot/x', '/API/servers', '/ws/', '/..', '//', '/x?y=%zz']) {
    const { status, body } = await askRaw(url, path);
    expect([path, status]).toStrictEqual([path, 404]);
    expect(parsed(body)).toMatchObject({ type: 'about:blank', code: 'not-found', status: 404 });
    for (const known of LISTED) expect(body.toString()).toContain(known);
  }
});

test.each(['/%', '/%zz', '/api/%E0%A4%A', '/api/servers%', '/%ff', '/api/streams/%C3', '*'])(
  '%s is not a URL',
  async (path) => {
    const { url, lines } = await startRoutes();
    const { status, body } = await askRaw(url, path);
    expect(status).toBe(400);
    expect(parsed(body)).toMatchObject({ code: 'invalid-url' });
    expect(lines).toStrictEqual([]);
  },
);

test('a whole URL may stand in place of a path', async () => {
  const { url } = await startRoutes();
  for (const target of [`${url}/healthz`, 'HTTP://[bad:/healthz?x=1']) {
    const answer = await sendBytes(url, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*{"status":"ok",[^\n]*}$/);
  }
});

test.each(RESOURCES)('%s has GET and HEAD only', async (path) => {
  const { url } = await startRoutes();
  for (const method of ['post', 'put', 'delete', 'patch', 'options'] as const) {
    const { status, body, headers } = await ask(request(url)[method](path));
    expect([status, headers['allow']]).toStrictEqual([405, 'GET, HEAD']);
    expect(body).toMatchObject({ code: 'method-not-allowed' });
  }
  expect((await ask(request(url).head(path))).text).toBe('');
});

test('a slash at the end makes no difference to a resource of ours', async () => {
  const { url } = await startRoutes();
  for (const path of ['/api/streams/latest', '/api/servers', '/healthz']) {
    const [plain, slashed] = await Promise.all([askRaw(url, path), askRaw(url, `${path}/`)]);
    expect(slashed).toStrictEqual(plain);
  }
});

test('a problem is application/problem+json, not stored, and shows no stack', async () => {
  const { url } = await startRoutes();
  const { headers, text: body } = await ask(request(url).get('/nowhere'));
  expect(headers).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(headers).not.toHaveProperty('x-powered-by');
  expect(body).not.toContain('.ts');
});

test.each([
  ['/api/streams/latest?sever=main', 'unknown-parameter', 'Not known here: sever. Allowed: server, label.'],
  ['/api/snapshot?x=1', 'unknown-parameter', 'Allowed: server, label, stream.'],
  ['/api/streams?limits=1&x', 'unknown-parameter', 'Not known here: limits, x.'],
  ['/api/streams/a?limit=1', 'unknown-parameter', 'Allowed: server, label.'],
  ['/api/streams/a/connections?role=read', 'unknown-parameter', 'Allowed: server, label.'],
  ['/api/servers?server=main', 'unknown-parameter', 'Allowed: label.'],
  ['/api/hosts?server=main', 'unknown-parameter', 'Allowed: none.'],
  ['/api/streams/latest?server=A', 'invalid-parameter', 'lower-case'],
  ['/api/streams?limit=0', 'invalid-parameter', 'a whole number from 1'],
  ['/api/streams?state=lives', 'invalid-parameter', 'live'],
  ['/api/snapshot?server=a&server=b', 'invalid-parameter', 'more than once'],
])('%s is %s', async (path, code, message) => {
  const { url } = await startRoutes();
  const { status, body } = await ask(request(url).get(path));
  expect(status).toBe(400);
  expect(body).toMatchObject({ code, status: 400, detail: expect.stringContaining(message) });
});

test('a request that offers HTTP/2 is answered in plain HTTP', async () => {
  const { url } = await startRoutes();
  const answer = await sendBytes(
    url,
    'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n',
  );
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(answer).toContain('Connection: close');
  expect(answer).toMatch(/\r\n\r\n{"status":"ok",[^\n]*}$/);
});

test('a failure inside is told without its words, and logged without the query', async () => {
  const { url, feed, lines } = await startRoutes();
  feed.servers.currentHeads = () => Promise.reject(new Error('secret words'));
  const { status, body, text: json } = await ask(request(url).get('/api/servers?ticket=abc'));
  expect(status).toBe(500);
  expect(body).toMatchObject({ code: 'internal-error', status: 500 });
  expect(json).not.toContain('secret');
  expect(lines).toStrictEqual(['error: GET /api/servers failed']);
});
