import { afterEach, expect, test } from '@jest/globals';
import { createApi, loadConfig } from '@mediamtx-monitor/api';
import { connectMonitor } from '@mediamtx-monitor/client';
import { systemClock } from '@mediamtx-monitor/runtime';
import {
  createLogRecorder,
  eventually,
  freePort,
  releasedMessage,
  startReverseProxy,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { redisNames, type StreamsMessage } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { WebSocket } from 'ws';

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

test('while replicas are replaced, a page of this release shows streams, and alerts once that is over', async () => {
  const place = testRedis();
  const redis = new Redis(place.url);
  endings.push(() => redis.quit());
  const names = redisNames(place.prefix);
  const alerts = {
    ...{ type: 'alerts', v: 1, epoch: 1, seq: 1, publishedAt: new Date().toISOString(), intervalMs: 5_000 },
    counts: { pending: 0, firing: 0, recovering: 0, unknown: 0, resolved: 0, silenced: 0 },
    ...{ targets: [], silences: [], alerts: [] },
  };
  await redis.set(names.alertsLatest, JSON.stringify(alerts));
  const streams = releasedMessage('streams');
  const port = await freePort();
  const startReplica = async () => {
    const api = createApi(
      { ...loadConfig({}).values, API_PORT: port, REDIS_URL: place.url, REDIS_KEY_PREFIX: place.prefix },
      { logger: createLogRecorder().logger, clock: systemClock },
    );
    for (const part of api.parts) await part.start();
    return async () => {
      for (const part of [...api.parts].reverse()) await part.stop();
    };
  };
  let isOld = true;
  const stopOld = await startReplica();
  // What this API knows by that name, one of release 0.2 doesn't; both refuse what they don't know alike.
  const proxy = await startReverseProxy({
    target: `http://127.0.0.1:${port}`,
    rewrite: (path) => (isOld ? path.replace('alerts', 'weather') : path),
  });
  endings.push(proxy.stop);
  const told: string[] = [];
  const monitor = connectMonitor({
    url: proxy.url,
    webSocket: WebSocket,
    topics: ['streams', 'hosts', 'alerts'],
    optionalTopics: ['alerts'],
    onStreams: ({ server }) => told.push(server),
    onAlerts: ({ type }) => told.push(type),
  });
  endings.push(monitor.close);
  await eventually(() => {
    expect(monitor.state).toStrictEqual({ state: 'open', transport: 'websocket' });
  });
  await eventually(async () => {
    await redis.publish(names.channel('streams'), streams);
    expect(told).toContain((JSON.parse(streams) as StreamsMessage).server);
  });
  expect(told).not.toContain('alerts');
  expect(proxy.passedOn.some(({ status }) => status === 400)).toBe(true);
  isOld = false;
  await stopOld();
  endings.push(await startReplica());
  await eventually(() => {
    expect(told).toContain('alerts');
  });
});
