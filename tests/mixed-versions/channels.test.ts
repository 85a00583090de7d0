import { afterEach, expect, test } from '@jest/globals';
import { createApi, loadConfig } from '@mediamtx-monitor/api';
import { connectMonitor } from '@mediamtx-monitor/client';
import { systemClock } from '@mediamtx-monitor/runtime';
import { createLogRecorder, eventually, startRedisServer, streamRecord } from '@mediamtx-monitor/testkit';
import { DEFAULT_KEY_PREFIX, redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { WebSocket } from 'ws';
import { RedisPublisher } from '../../services/collector/src/publish/index.ts';

const names = redisNames(DEFAULT_KEY_PREFIX);
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** What a collector of this release publishes of a server. */
function startCollector(redis: Redis, server: string): () => Promise<void> {
  const options = { redis, names, server, clock: systemClock, commandTimeoutMs: 30_000 } as const;
  const publisher = new RedisPublisher({ ...options, role: 'take-over' });
  const streams = [streamRecord({ name: 'cam' })];
  const totals = { streams: 1, readers: 0, inboundMbps: 0, outboundMbps: 0, states: null, healths: null };
  return async () => {
    await publisher.prepare();
    const source = { status: 'up', error: null, version: null } as const;
    const times = { collectedAt: new Date().toISOString(), intervalMs: 60_000, simulated: false };
    await publisher.publish(
      {
        head: { server, ...times, source, missing: [], totals },
        ...{ about: {}, attention: { count: 0, worst: [] }, streams, connections: [], gone: null },
      },
      Buffer.from(JSON.stringify(streams)),
    );
  };
}

test('an API of 0.2 gets all servers on the plain channels, and one of this release beside it what it wants', async () => {
  const server = await startRedisServer();
  endings.push(() => server.stop());
  const redis = new Redis(server.url);
  // As the API of 0.2 subscribes.
  const older = new Redis(server.url);
  endings.push(() => {
    redis.disconnect();
    older.disconnect();
  });
  const told: string[] = [];
  older.on('message', (_channel, message) => {
    const { type, server, seq } = JSON.parse(message) as Record<string, string>;
    told.push(`${type} ${server} ${seq}`);
  });
  await older.subscribe(names.channel('streams'), names.channel('connections'));
  const ticks = ['main', 'van-2'].map((id) => startCollector(redis, id));
  const tick = async (): Promise<void> => {
    for (const publish of ticks) await publish();
  };
  const api = createApi(
    { ...loadConfig({}).values, API_PORT: 0, REDIS_URL: server.url },
    { logger: createLogRecorder().logger, clock: systemClock },
  );
  for (const part of api.parts) {
    await part.start();
    endings.push(() => part.stop());
  }
  const seen: string[] = [];
  const monitor = connectMonitor({
    url: api.url(),
    webSocket: WebSocket,
    server: 'main',
    onStreams: ({ server, seq }) => seen.push(`${server} ${seq}`),
  });
  endings.push(monitor.close);
  await tick();
  await eventually(async () => {
    expect(seen).toStrictEqual(['main 1']);
    expect(await redis.pubsub('NUMSUB', names.channel('streams'))).toContain(2);
  });
  await tick();
  const ofTick = (seq: number) =>
    ['main', 'van-2'].flatMap((id) => [`streams ${id} ${seq}`, `connections ${id} ${seq}`]);
  await eventually(() => {
    expect(told).toStrictEqual([...ofTick(1), ...ofTick(2)]);
    expect(seen).toStrictEqual(['main 1', 'main 2']);
  });
  // Once it is replaced, nothing of the other server is published for those who want main only.
  await older.unsubscribe();
  const published = async (): Promise<number> =>
    Number(/^cmdstat_publish:calls=(\d+)/m.exec(await redis.info('commandstats'))?.[1] ?? 0);
  const before = await published();
  await tick();
  expect((await published()) - before).toBe(3);
  await eventually(() => {
    expect(seen).toStrictEqual(['main 1', 'main 2', 'main 3']);
  });
});
