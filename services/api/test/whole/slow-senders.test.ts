import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { atEnd } from '../bench.ts';
import { startApi } from '../started-api.ts';

const HEADERS_TIMEOUT_MS = 300;

/** Opens a connection and sends these bytes; `closed` resolves with all that came back. */
async function sendAndWait(url: string, bytes: string): Promise<{ socket: Socket; closed: Promise<string> }> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' });
  atEnd(() => {
    socket.destroy();
  });
  let received = '';
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString();
  });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(bytes);
  return { socket, closed: once(socket, 'close').then(() => received) };
}

test.each([
  ['in the middle of its first line', 'GET /healthz HT'],
  ['between two headers', 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n'],
  ['in a handshake', 'GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n'],
])('a client that stops %s is told so and cut', async (_where, bytes) => {
  const { url } = await startApi({ headersTimeoutMs: HEADERS_TIMEOUT_MS });
  const { closed } = await sendAndWait(url, bytes);
  expect(await closed).toMatch(/^HTTP\/1\.1 408 [^]*"code":"request-timeout"/);
});

test('a client that sends its headers byte by byte gets no more time for it', async () => {
  const { url } = await startApi({ headersTimeoutMs: HEADERS_TIMEOUT_MS });
  const { socket, closed } = await sendAndWait(url, 'GET /healthz HTTP/1.1\r\nX-A: ');
  const dripping = setInterval(() => socket.write('b'), HEADERS_TIMEOUT_MS / 10);
  atEnd(() => {
    clearInterval(dripping);
  });
  expect(await closed).toMatch(/^HTTP\/1\.1 408 [^]*"code":"request-timeout"/);
});

test('many that hold a half request don’t keep others from being served, nor the service from stopping', async () => {
  const { url, stop } = await startApi();
  const held = await Promise.all(
    Array.from({ length: 200 }, () => sendAndWait(url, 'GET /healthz HTTP/1.1\r\n')),
  );
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  await stop();
  await Promise.all(held.map(({ closed }) => closed));
});
