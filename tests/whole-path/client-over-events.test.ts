import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { type ApiConfig, createApi, loadConfig } from '@mediamtx-monitor/api';
import { connectMonitor, type MonitorOptions, type MonitorState } from '@mediamtx-monitor/client';
import { systemClock } from '@mediamtx-monitor/runtime';
import {
  createLogRecorder,
  eventually,
  type ReverseProxyOptions,
  startReverseProxy,
  streamRecord,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { WebSocket } from 'ws';
import { headOf, TestPublisher } from '../../services/api/test/publisher.ts';

const endings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A real API behind a proxy, with one stream. */
async function startBehind(habits: Omit<ReverseProxyOptions, 'target'>, settings: Partial<ApiConfig> = {}) {
  const redis = testRedis();
  const publisher = new TestPublisher(redis.url, redis.prefix);
  endings.push(() => {
    publisher.close();
  });
  const api = createApi(
    {
      ...loadConfig({}).values,
      API_PORT: 0,
      REDIS_URL: redis.url,
      REDIS_KEY_PREFIX: redis.prefix,
      ...settings,
    },
    { logger: createLogRecorder().logger, clock: systemClock, checkMs: 20 },
  );
  for (const part of api.parts) {
    await part.start();
    endings.push(() => part.stop());
  }
  await publisher.publish(headOf(), [streamRecord({ name: 'cam/one' })]);
  const proxy = await startReverseProxy({ target: api.url(), ...habits });
  endings.push(proxy.stop);
  return { proxy, publisher, api };
}

function connect(url: string, options: Partial<MonitorOptions> = {}) {
  const states: MonitorState[] = [];
  const names: string[] = [];
  const monitor = connectMonitor({
    url,
    webSocket: WebSocket,
    onState: (state) => states.push(state),
    onStreams: ({ streams }) => names.push(streams.map(({ name }) => name).join()),
    ...options,
  });
  endings.push(monitor.close);
  return { monitor, states, names };
}

const OVER_EVENTS = { state: 'open', transport: 'sse' };

test('a proxy that drops upgrades: the client follows events, and says so', async () => {
  const { proxy, publisher } = await startBehind({ dropsUpgrades: true });
  const { states, names, monitor } = connect(proxy.url, { stream: 'cam/*' });
  await eventually(() => {
    expect(names).toStrictEqual(['cam/one']);
  });
  expect(states).toStrictEqual([{ state: 'connecting' }, OVER_EVENTS]);
  await publisher.publish(headOf({ seq: 2 }), [streamRecord({ name: 'cam/two' })]);
  await eventually(() => {
    expect(names).toStrictEqual(['cam/one', 'cam/two']);
  });
  expect(monitor.isStale('main')).toBe(false);
  monitor.subscribe({ stream: 'cam/none' });
  await eventually(() => {
    expect(names.at(-1)).toBe('');
  });
});

test('below a path, and with everything passed on, it has its WebSocket', async () => {
  const { proxy } = await startBehind({ below: '/monitor' });
  const { names, monitor } = connect(proxy.url);
  await eventually(() => {
    expect(names).toStrictEqual(['cam/one']);
  });
  expect(monitor.state).toStrictEqual({ state: 'open', transport: 'websocket' });
});

test('where there is no room, it says so and does not blame the way', async () => {
  const { proxy } = await startBehind({}, { MAX_CLIENTS: 1 });
  const first = connect(proxy.url);
  await eventually(() => {
    expect(first.monitor.state).toMatchObject({ state: 'open' });
  });
  const second = connect(proxy.url);
  await eventually(() => {
    expect(second.monitor.state).toMatchObject({ state: 'waiting', problem: 'too-many-clients' });
  });
  expect(second.states.map(({ state }) => state)).toStrictEqual(['connecting', 'waiting']);
});

test('with a token it follows events too, until that is taken away', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'events-'));
  endings.push(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'tokens');
  const lineOf = (name: string, token: string) =>
    `${name}:${createHash('sha256').update(token).digest('hex')}\n`;
  const other = lineOf('other', 'of-another');
  writeFileSync(file, lineOf('page', 'right') + other);
  const { proxy } = await startBehind({ dropsUpgrades: true }, { API_TOKENS_FILE: file });
  const stranger = connect(proxy.url);
  await eventually(() => {
    expect(stranger.monitor.state).toMatchObject({ state: 'refused', problem: 'unauthorized' });
  });
  const { names, monitor, states } = connect(proxy.url, { token: 'right' });
  await eventually(() => {
    expect(names).toStrictEqual(['cam/one']);
  });
  expect(states.at(-1)).toStrictEqual(OVER_EVENTS);
  expect(proxy.passedOn.map(({ path }) => path).join()).not.toContain('right');
  writeFileSync(file, other);
  await eventually(() => {
    expect(monitor.state).toMatchObject({ state: 'refused', code: 'unauthorized' });
  });
});
