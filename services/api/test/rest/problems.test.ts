import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import request from 'supertest';
import { startApi } from '../bench.ts';
import { ask } from './ask.ts';

const RESOURCES = ['/api/streams/latest', '/api/snapshot', '/api/servers', '/healthz', '/readyz'];

/** Sends the path as it stands; clients that are kinder would correct it. */
async function getRaw(url: string, path: string): Promise<{ status: number | undefined; body: unknown }> {
  const { hostname, port } = new URL(url);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest({ hostname, port, path, agent: false }, resolve).on('error', reject).end();
  });
  return { status: response.statusCode, body: JSON.parse(await text(response)) };
}

test('unknown paths are told what there is', async () => {
  const { url } = await startApi();
  for (const path of ['/', '/api', '/api/streams/latest/x', '/API/servers', '/ws', '/..', '//', '/x?y=%zz']) {
    const { status, body } = await getRaw(url, path);
    expect([path, status]).toEqual([path, 404]);
    expect(body).toMatchObject({ type: 'about:blank', code: 'not-found', status: 404 });
    for (const known of [...RESOURCES, '/ws']) expect(JSON.stringify(body)).toContain(known);
  }
});

test.each(['/%', '/%zz', '/api/%E0%A4%A', '/api/servers%', '/%ff'])('%s is not a URL', async (path) => {
  const { url, lines } = await startApi();
  expect(await getRaw(url, path)).toMatchObject({ status: 400, body: { code: 'invalid-url' } });
  expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
});

test.each(RESOURCES)('%s has GET and HEAD only', async (path) => {
  const { url } = await startApi();
  for (const method of ['post', 'put', 'delete', 'patch', 'options'] as const) {
    const { status, body, headers } = await ask(request(url)[method](path));
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
    expect(body).toMatchObject({ code: 'method-not-allowed' });
  }
  expect((await ask(request(url).head(path))).text).toBe('');
});

test('a problem is application/problem+json, not stored, and shows no stack', async () => {
  const { url } = await startApi();
  const { headers, text: body } = await ask(request(url).get('/nowhere'));
  expect(headers).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  expect(headers).not.toHaveProperty('x-powered-by');
  expect(body).not.toContain('.ts');
});

test.each([
  ['/api/streams/latest?sever=main', 'unknown-parameter', 'Allowed: server.'],
  ['/api/snapshot?x=1', 'unknown-parameter', 'Allowed: server.'],
  ['/api/servers?server=main', 'unknown-parameter', 'Allowed: none.'],
  ['/api/streams/latest?server=A', 'invalid-parameter', 'lower-case'],
  ['/api/snapshot?server=a&server=b', 'invalid-parameter', 'more than once'],
])('%s is %s', async (path, code, words) => {
  const { url } = await startApi();
  const { status, body } = await ask(request(url).get(path));
  expect(status).toBe(400);
  expect(body).toMatchObject({ code, status: 400, detail: expect.stringContaining(words) });
});

test('pages of other origins are refused everywhere, the own page is not', async () => {
  const { url } = await startApi();
  for (const path of [...RESOURCES, '/nowhere']) {
    const { status, body } = await ask(request(url).get(path).set('Origin', 'http://evil.example'));
    expect(status).toBe(403);
    expect(body).toMatchObject({ code: 'forbidden-origin' });
  }
  expect((await ask(request(url).get('/healthz').set('Origin', url))).status).toBe(200);
});

test('a request that offers HTTP/2 is answered in plain HTTP', async () => {
  const { url } = await startApi();
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `GET /healthz HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n`,
  );
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(answer).toContain('Connection: close');
  expect(answer).toMatch(/\r\n\r\n{"status":"ok"}$/);
});

test('a failure inside is told without its words, and logged', async () => {
  const { url, api, lines } = await startApi();
  api.feed.current = () => Promise.reject(new Error('secret words'));
  const { status, body, text: json } = await ask(request(url).get('/api/servers'));
  expect(status).toBe(500);
  expect(body).toMatchObject({ code: 'internal-error', status: 500 });
  expect(json).not.toContain('secret');
  expect(lines.filter((line) => line.startsWith('error'))).toHaveLength(1);
});
