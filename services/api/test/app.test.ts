import { connect } from 'node:net';
import { EventEmitter, once } from 'node:events';
import { expect, test } from '@jest/globals';
import { runService, StartError, systemClock } from '@mediamtx-monitor/runtime';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import { CLOSE_CODES } from '@mediamtx-monitor/types';
import supertest from 'supertest';
import { createApi, loadConfig } from '../src/index.ts';
import { atEnd, createLines } from './bench.ts';
import { headOf, streamOf } from './publisher.ts';
import { startApi } from './started-api.ts';
import { connectClient } from './live/ws/client.ts';

const DEFAULTS = loadConfig({}).values;

function createSignals() {
  const emitter = new EventEmitter();
  const signals = emitter as unknown as Pick<NodeJS.Process, 'on' | 'off'>;
  return { signals, raise: (signal: NodeJS.Signals) => emitter.emit(signal, signal) };
}

/** Sends a request but for its end, and waits until the server has seen it. */
async function startRequest(url: string, path: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  atEnd(() => {
    socket.destroy();
  });
  let received = '';
  socket.on('data', (data) => {
    received += data.toString();
  });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n`);
  // Another request, sent later and answered, shows that this one has arrived.
  await supertest(url).get('/healthz').expect(200);
  return { received: () => received, finish: () => socket.write('\r\n') };
}

test('a busy port ends the start with a sentence that names the settings', async () => {
  const { url } = await startApi();
  const port = Number(new URL(url).port);
  const { url: redisUrl, prefix } = testRedis();
  const { logger } = createLines();
  const second = createApi(
    { ...DEFAULTS, API_PORT: port, REDIS_URL: redisUrl, REDIS_KEY_PREFIX: prefix },
    { logger, clock: systemClock },
  );
  const running = runService({
    logger,
    parts: second.parts,
    signals: createSignals().signals,
    exit: () => undefined,
    watchdog: null,
  });
  await expect(running).rejects.toThrow(StartError);
  await expect(running).rejects.toThrow(/^127\.0\.0\.1:\d+ .*; choose another with API_HOST and API_PORT$/);
});

test('the start says where it listens, once', async () => {
  const { url, lines } = await startApi();
  expect(lines.filter((line) => line.startsWith('info'))).toStrictEqual([
    `info: listening: ${url}/api/streams/latest`,
  ]);
});

test('an IPv6 address is told as a URL', () => {
  const { logger } = createLines();
  const api = createApi({ ...DEFAULTS, API_HOST: '::1' }, { logger, clock: systemClock });
  expect(api.url()).toBe('http://[::1]:8000');
});

test('a signal sends clients away with 1012 and ends with exit code 0, half-sent requests or not', async () => {
  const { url: redisUrl, prefix } = testRedis();
  const { logger } = createLines();
  const api = createApi(
    { ...DEFAULTS, API_PORT: 0, REDIS_URL: redisUrl, REDIS_KEY_PREFIX: prefix },
    { logger, clock: systemClock },
  );
  const { signals, raise } = createSignals();
  const running = runService({ logger, parts: api.parts, signals, exit: () => undefined, watchdog: null });
  const client = await eventually(() => connectClient(api.url()));
  await startRequest(api.url(), '/healthz');
  raise('SIGTERM');
  expect(await running).toBe(0);
  expect(await client.closed).toBe(CLOSE_CODES.serviceRestart);
});

test('while it leaves, it says so on connections that are open', async () => {
  const { api, url } = await startApi();
  const request = await startRequest(url, '/readyz');
  const stopping = api.parts.find(({ name }) => name === 'HTTP and WebSocket')?.stop();
  request.finish();
  await stopping;
  await eventually(() => {
    expect(request.received()).toMatch(/^HTTP\/1\.1 503 [^]*{"status":"leaving"}$/);
  });
});

test('an answer that is never taken doesn’t hold the stop up, in whatever way it was asked for', async () => {
  const { api, publisher, url, stop } = await startApi();
  await publisher.publish(
    headOf(),
    Array.from({ length: 8 }, () => streamOf('x'.repeat(1_000_000))),
  );
  await eventually(() => {
    expect(api.feed.servers.fleet().ticks).toHaveLength(1);
  });
  for (const upgrade of ['', 'Connection: Upgrade\r\nUpgrade: h2c\r\n']) {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    atEnd(() => {
      socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.write(`GET /api/snapshot HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`);
    await once(socket, 'readable');
  }
  await stop();
});

test('pages of other origins are refused on the WebSocket as everywhere', async () => {
  const { url } = await startApi();
  const refused = connectClient(url, '', { origin: 'https://elsewhere.example' });
  await expect(refused).rejects.toThrow('403');
});
