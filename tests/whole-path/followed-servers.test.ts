import { connect, createServer } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { createApi, loadConfig } from '@mediamtx-monitor/api';
import { systemClock } from '@mediamtx-monitor/runtime';
import { createLogRecorder, eventually, startRedisServer, streamRecord } from '@mediamtx-monitor/testkit';
import { DEFAULT_KEY_PREFIX, redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { WebSocket } from 'ws';
import { RedisPublisher } from '../../services/collector/src/publish/index.ts';

const SERVERS = Array.from({ length: 200 }, (_each, place) => `van-${place}`);
const WANTED = 'van-7';
const STREAMS = Array.from({ length: 40 }, (_each, place) => streamRecord({ name: `cam-${place}` }));
/** What Redis and TCP put around a message, with the name of its channel, is less. */
const AROUND_BYTES = 150;
const ROUNDS = 3;

const names = redisNames(DEFAULT_KEY_PREFIX);
const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A way to Redis that counts what comes from there. */
async function startCountingRelay(port: number) {
  let bytes = 0;
  const relay = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.pipe(far);
    far.pipe(near);
    far.on('data', ({ length }) => (bytes += length));
    near.on('close', () => far.destroy());
  });
  await new Promise<void>((resolve) => {
    relay.listen(0, '127.0.0.1', resolve);
  });
  endings.push(() => relay.close());
  const address = relay.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return { url: `redis://127.0.0.1:${address.port}`, bytes: () => bytes };
}

/** Publishes ticks of all servers, as collectors do. */
function startCollectors(redis: Redis) {
  const publishers = SERVERS.map((server) => ({
    server,
    publisher: new RedisPublisher({
      ...{ redis, names, server, clock: systemClock, commandTimeoutMs: 30_000, role: 'take-over' },
    }),
  }));
  const streamsJson = Buffer.from(JSON.stringify(STREAMS));
  /** A tick of each; the size of its streams message, by server. */
  return async (): Promise<ReadonlyMap<string, number>> => {
    const sizes = new Map<string, number>();
    for (const { server, publisher } of publishers) {
      await publisher.prepare();
      const { outcome, messageBytes } = await publisher.publish(
        {
          head: {
            ...{ server, collectedAt: new Date().toISOString(), intervalMs: 60_000, simulated: false },
            source: { status: 'up', error: null, version: null },
            missing: [],
            totals: {
              ...{ streams: STREAMS.length, readers: 0, inboundMbps: 0, outboundMbps: 0 },
              ...{ states: null, healths: null },
            },
          },
          ...{ about: {}, attention: { count: 0, worst: [] }, streams: STREAMS, connections: [], gone: null },
        },
        streamsJson,
      );
      expect(outcome).toBe('published');
      sizes.set(server, messageBytes.streams);
    }
    return sizes;
  };
}

interface CountedMessages {
  readonly type: string;
  readonly server: string;
  readonly seq: number;
}

/** The seq of each streams message that a client gets, by server. */
function connectClient(url: string, query: string): ReadonlyMap<string, number[]> {
  const seqs = new Map<string, number[]>();
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws?topics=streams${query}`);
  endings.push(() => {
    socket.terminate();
  });
  socket.on('message', (data: Buffer) => {
    const { type, server, seq } = JSON.parse(data.toString()) as CountedMessages;
    if (type === 'streams') seqs.set(server, [...(seqs.get(server) ?? []), seq]);
  });
  return seqs;
}

test('a replica of 200 servers with one client on one of them gets all heads, and the ticks of that one', async () => {
  const server = await startRedisServer();
  endings.push(() => server.stop());
  const relay = await startCountingRelay(server.port);
  const redis = new Redis(server.url);
  const listener = new Redis(server.url);
  endings.push(() => {
    redis.disconnect();
    listener.disconnect();
  });
  let headBytes = 0;
  listener.on('message', (_channel, head) => (headBytes += Buffer.byteLength(head)));
  await listener.subscribe(names.servers);
  const tick = startCollectors(redis);
  await tick();
  const api = createApi(
    { ...loadConfig({}).values, API_PORT: 0, REDIS_URL: relay.url, REDIS_DURABLE_URL: server.url },
    { logger: createLogRecorder().logger, clock: systemClock },
  );
  for (const part of api.parts) {
    await part.start();
    endings.push(() => part.stop());
  }
  const { servers } = api.feed;
  const numbered = (): readonly (number | undefined)[] => servers.heads.map(({ head }) => head?.seq);
  await tick();
  await eventually(() => {
    expect(numbered()).toStrictEqual(SERVERS.map(() => 2));
    expect(api.feed.subscribed).toBe(true);
  });
  const published = async (): Promise<number> =>
    Number(/^cmdstat_publish:calls=(\d+)/m.exec(await redis.info('commandstats'))?.[1] ?? 0);

  const one = connectClient(api.url(), `&server=${WANTED}`);
  // What is newest comes at once, and not with the next tick.
  await eventually(() => {
    expect([...one]).toStrictEqual([[WANTED, [2]]]);
  });
  await eventually(async () => {
    expect(await redis.pubsub('NUMSUB', names.channelOf('streams', WANTED))).toContain(1);
  });
  expect([servers.followedCount('streams'), servers.followedCount('connections')]).toStrictEqual([1, 0]);

  const [bytesBefore, publishedBefore] = [relay.bytes(), await published()];
  headBytes = 0;
  let ownBytes = 0;
  let allBytes = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const sizes = await tick();
    ownBytes += sizes.get(WANTED) ?? NaN;
    allBytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  }
  const last = 2 + ROUNDS;
  await eventually(() => {
    expect(numbered()).toStrictEqual(SERVERS.map(() => last));
    expect(one.get(WANTED)?.at(-1)).toBe(last);
  });
  const messages = ROUNDS * (SERVERS.length + 1);
  const cost = relay.bytes() - bytesBefore;
  expect(cost).toBeGreaterThan(headBytes + ownBytes);
  expect(cost).toBeLessThan(headBytes + ownBytes + messages * AROUND_BYTES);
  // Nor does Redis publish what nobody gets.
  expect((await published()) - publishedBefore).toBe(messages);
  expect(one.get(WANTED)).toStrictEqual([2, 3, 4, 5]);
  expect(servers.all().ticks.map(({ subject }) => subject)).toStrictEqual([WANTED]);

  // It would be seen if all came.
  const all = connectClient(api.url(), '');
  await eventually(() => {
    expect(all.size).toBe(SERVERS.length);
  });
  const before = relay.bytes();
  await eventually(async () => {
    const numbers = await redis.pubsub('NUMSUB', ...SERVERS.map((id) => names.channelOf('streams', id)));
    expect(numbers.filter((each) => each === 1)).toHaveLength(SERVERS.length);
  });
  await tick();
  await eventually(() => {
    expect(SERVERS.map((id) => all.get(id)?.at(-1))).toStrictEqual(SERVERS.map(() => last + 1));
  });
  expect(relay.bytes() - before).toBeGreaterThan(allBytes);
}, 120_000);
