import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { atEnd } from '../bench.ts';
import { headOf, streamOf } from '../publisher.ts';
import { sendBytes } from './raw.ts';
import { startApi } from '../started-api.ts';
import { handshake } from '../live/ws/raw.ts';

const HOST = 'Host: localhost\r\n';
const get = (path: string, ...headers: string[]): string =>
  [`GET ${path} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n');
const H2C = ['Connection: Upgrade', 'Upgrade: h2c'] as const;
const LAST = 'Connection: close';

const statusLines = (answers: string): string[] => answers.match(/HTTP\/1\.1 \d{3}/g) ?? [];

/** Opens a connection, writes, and gives it to the test; what comes back is kept. */
function open(url: string, bytes: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  atEnd(() => {
    socket.destroy();
  });
  let received = '';
  socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  socket.write(bytes);
  const isGone = new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });
  return { socket, received: () => received, isGone };
}

test.each([
  ['h2c', get('/healthz', ...H2C), '200'],
  ['h2c for data', get('/api/streams/latest', ...H2C), '200'],
  ['h2c for a refusal', get('/nothing', ...H2C), '404'],
  ['a WebSocket that is refused', handshake(1, { path: '/nothing' }), '404'],
  ['a broken handshake', handshake(1, { headers: { 'Sec-WebSocket-Version': '99' } }), '400'],
  ['bytes that are no request', '\u0001\r\n\r\n', '400'],
  ['another expectation', `GET / HTTP/1.1\r\n${HOST}${LAST}\r\nExpect: much\r\n\r\n`, '417'],
])('%s behind other requests is answered behind their answers', async (_what, last, status) => {
  const { url, publisher, lines } = await startApi();
  await publisher.publish(headOf(), [streamOf('a')]);
  const earlier = get('/healthz') + get('/api/streams') + get('/metrics');
  const answers = await sendBytes(url, earlier + last);
  expect(statusLines(answers)).toStrictEqual([
    ...Array<string>(3).fill('HTTP/1.1 200'),
    `HTTP/1.1 ${status}`,
  ]);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  expect(lines.filter((line) => line.startsWith('error'))).toStrictEqual([]);
});

test('a WebSocket behind other requests opens behind their answers', async () => {
  const { url, publisher, api } = await startApi();
  await publisher.publish(headOf(), [streamOf('cam-1')]);
  const { received } = open(url, get('/healthz') + get('/api/servers') + handshake(1));
  await eventually(() => {
    expect(statusLines(received())).toStrictEqual(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 101']);
    expect(received()).toContain('"name":"cam-1"');
    expect(api.sockets.stats.clients).toBe(1);
  });
});

test('a WebSocket that needs a token, and has none, is refused behind other answers', async () => {
  const { url } = await startApi({ config: { API_TOKENS: [`a:${'0'.repeat(64)}`] } });
  const answers = await sendBytes(url, get('/healthz') + handshake(1));
  expect(statusLines(answers)).toStrictEqual(['HTTP/1.1 200', 'HTTP/1.1 401']);
});

test('an upgrade behind an event stream, which never ends, is cut', async () => {
  const { url, api } = await startApi();
  const { isGone, received } = open(url, get('/api/live') + get('/healthz', ...H2C));
  await isGone;
  expect(statusLines(received())).toStrictEqual(['HTTP/1.1 200']);
  await eventually(() => {
    expect(api.events.stats.clients).toBe(0);
  });
});

test('requests sent at once are answered in their order, each when the one before is done', async () => {
  const { url, publisher } = await startApi();
  await publisher.publish(headOf(), [streamOf('a')]);
  const paths = ['/metrics', '/healthz', '/api/streams?limit=1', '/nothing', '/api/hosts', '/readyz'];
  const answers = await sendBytes(url, paths.map((path) => get(path)).join('') + get('/healthz', LAST));
  expect(statusLines(answers).map((line) => line.slice(-3))).toStrictEqual([
    ...['200', '200', '200', '404', '200', '200', '200'],
  ]);
});

test('live clients sent at once on one connection are one, and gone with it', async () => {
  const { url, api } = await startApi({ config: { MAX_CLIENTS: 20 } });
  for (let round = 0; round < 3; round += 1) {
    const { socket, received } = open(url, get('/api/live').repeat(90));
    await eventually(() => {
      expect(received()).toContain('retry:');
      expect(api.events.stats.clients).toBe(1);
    });
    socket.destroy();
    await eventually(() => {
      expect(api.events.stats.clients).toBe(0);
    });
  }
  const filled = Array.from({ length: 20 }, () => open(url, get('/api/live')));
  await eventually(() => {
    expect(api.events.stats.clients).toBe(20);
    for (const { received } of filled) expect(received()).toContain('retry:');
  });
});

test('who sends more and more without waiting for answers is cut', async () => {
  const { url, api } = await startApi();
  const { isGone } = open(url, get('/api/live') + get('/healthz').repeat(200));
  await isGone;
  await eventually(() => {
    expect(api.events.stats.clients).toBe(0);
  });
});

test('a client that leaves an answer to an upgrade unfinished is noticed', async () => {
  const { url, api } = await startApi();
  const { socket, received } = open(url, get('/api/live', ...H2C));
  await eventually(() => {
    expect(received()).toContain('retry:');
    expect(api.events.stats.clients).toBe(1);
  });
  socket.end();
  await eventually(() => {
    expect(api.events.stats.clients).toBe(0);
  });
});

test.each([
  ['bytes that are no request', 'BLAH\r\n\r\n', 400, 'malformed-request'],
  ['no Host', 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'malformed-request'],
  [
    'no Host of an upgrade',
    'GET /ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    400,
    'malformed-request',
  ],
  ['headers without end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
  ['an expectation', get('/', 'Expect: much', LAST), 417, 'expectation-failed'],
])('what Node would answer itself has our headers and words: %s', async (_what, bytes, status, code) => {
  const { url } = await startApi();
  const [head = '', body = ''] = (await sendBytes(url, bytes)).split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(head).toContain('X-Content-Type-Options: nosniff');
  expect(head).toContain('Content-Type: application/problem+json');
  expect(head).toMatch(/Connection: close/i);
  expect(JSON.parse(body)).toMatchObject({ status, code });
});

test('HTTP/1.0 needs no Host', async () => {
  const { url } = await startApi();
  expect(await sendBytes(url, 'GET /healthz HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
});

test('an answer to an unknown expectation goes through access as any other', async () => {
  const { url } = await startApi({ config: { ALLOWED_ORIGINS: ['https://wall.example'] } });
  const answer = await sendBytes(url, get('/healthz', 'Expect: much', 'Origin: https://wall.example', LAST));
  expect(answer).toMatch(/^HTTP\/1\.1 417 /);
  expect(answer).toContain('Access-Control-Allow-Origin: https://wall.example');
  const refused = await sendBytes(
    url,
    get('/api/streams', 'Expect: much', 'Origin: https://else.example', LAST),
  );
  expect(refused).toMatch(/^HTTP\/1\.1 403 /);
});
