import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createFakeClock,
  eventually,
  testRedis,
  connectionRecord,
  streamRecord,
} from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { connectionsMessageSchema, streamsMessageSchema } from '@mediamtx-monitor/types/schemas';
import { Redis } from 'ioredis';
import {
  createRedisPublisher,
  type Publication,
  type RedisPublisherOptions,
} from '../../src/publish/index.ts';
import { headJson } from '../../src/publish/publication.ts';

const RECORD = streamRecord({ name: 'cam ,"streams":[ "quoted" 📹' });
const ARRAY = JSON.stringify([RECORD]);
const HEAD: Publication['head'] = {
  server: 'main',
  collectedAt: '2026-01-01T00:00:00.000Z',
  intervalMs: 2_000,
  simulated: false,
  source: { status: 'up', error: null, version: null },
  missing: [],
  totals: { streams: 1, readers: 0, inboundMbps: 0, outboundMbps: 0, states: null, healths: null },
};
const CONTENT: Publication = { head: HEAD, streams: [RECORD], connections: [connectionRecord()] };

const { url, prefix } = testRedis();
const clock = createFakeClock();
let redis: Redis;
let names: ReturnType<typeof redisNames>;
let told: string[];
let subscriber: Redis;

const publisher = (options: Partial<RedisPublisherOptions> = {}) =>
  createRedisPublisher({
    redis,
    names,
    server: 'main',
    clock,
    commandTimeoutMs: 30_000,
    role: 'take-over',
    ...options,
  });
const stored = async (): Promise<{ epoch: number; seq: number }> =>
  JSON.parse((await redis.get(names.streamsMeta('main'))) ?? 'null') as { epoch: number; seq: number };

/** Redis's own Unix time in ms. */
async function redisMs(): Promise<number> {
  const [seconds, microseconds] = await redis.time();
  return Number(seconds) * 1_000 + Number(microseconds) / 1_000;
}

/** Leaves a head that some other collector would have written. */
async function store({ epoch, seq }: { readonly epoch: number; readonly seq: number }): Promise<void> {
  const number = Number.isSafeInteger(epoch) ? String(epoch) : BigInt(epoch).toString();
  const json = headJson('streams', HEAD, { epoch: 0, seq }, clock.wallMs()).replace(
    '"epoch":0',
    `"epoch":${number}`,
  );
  await redis.set(names.streamsMeta('main'), json);
}

let count = 0;
beforeEach(async () => {
  count += 1;
  names = redisNames(`${prefix}-${count}`);
  redis = new Redis(url);
  subscriber = new Redis(url);
  told = [];
  subscriber.on('message', (_channel, message) => told.push(message));
  await subscriber.subscribe(names.channel('streams'), names.channel('connections'));
  // With RESP3 and one connection each, both are ready once they answer.
  await redis.ping();
});
afterEach(() => {
  redis.disconnect();
  subscriber.disconnect();
});

describe('a tick', () => {
  test('is stored under its keys and told, as one valid message a topic', async () => {
    const one = publisher();
    await one.prepare();
    const { verdict, messageBytes } = await one.publish(CONTENT, ARRAY);
    expect(verdict).toBe('published');
    expect(await redis.get(names.latest('streams', 'main'))).toBe(ARRAY);
    expect(JSON.parse((await redis.get(names.latest('connections', 'main'))) ?? '')).toEqual([
      connectionRecord(),
    ]);
    const head = await redis.get(names.streamsMeta('main'));
    expect(await redis.hget(names.servers, 'main')).toBe(head);
    const [streams, connections] = await eventually(() => {
      expect(told).toHaveLength(2);
      return told.map((message) => JSON.parse(message) as object);
    });
    expect(messageBytes).toEqual({
      streams: Buffer.byteLength(told[0] ?? ''),
      connections: Buffer.byteLength(told[1] ?? ''),
    });
    expect(streamsMessageSchema.validate(streams).error).toBeUndefined();
    expect(connectionsMessageSchema.validate(connections).error).toBeUndefined();
    const parsedHead = JSON.parse(head ?? '') as object;
    expect(streams).toEqual({ ...parsedHead, streams: [RECORD] });
    expect(connections).toEqual({ ...parsedHead, type: 'connections', connections: [connectionRecord()] });
  });

  test('counts on from 1, in an epoch that is Redis’s time of taking over, whatever the collector’s clock', async () => {
    const one = publisher();
    const beforeMs = await redisMs();
    await one.prepare();
    const afterMs = await redisMs();
    await one.publish(CONTENT, ARRAY);
    await one.publish(CONTENT, ARRAY);
    const { epoch, seq } = await stored();
    expect(seq).toBe(2);
    expect(epoch).toBeGreaterThanOrEqual(Math.floor(beforeMs));
    expect(epoch).toBeLessThanOrEqual(Math.ceil(afterMs));
  });

  test('without anything ever read leaves the array alone', async () => {
    const one = publisher();
    await one.prepare();
    await one.publish({ head: { ...HEAD, collectedAt: null }, streams: [], connections: [] }, '[]');
    expect(await redis.exists(names.latest('streams', 'main'))).toBe(0);
    await eventually(() => {
      expect(told[0]).toMatch(/,"streams":\[\]}$/);
    });
  });

  test('that reaches Redis after its deadline is left out, and the next one isn’t', async () => {
    const one = publisher({ commandTimeoutMs: -1_000 });
    await one.prepare();
    expect(await one.publish(CONTENT, ARRAY)).toMatchObject({ verdict: 'late' });
    expect(await redis.exists(names.streamsMeta('main'))).toBe(0);
  });

  test('goes to a Redis that has forgotten the script', async () => {
    const one = publisher();
    await one.prepare();
    await one.publish(CONTENT, ARRAY);
    await redis.script('FLUSH');
    expect(await one.publish(CONTENT, ARRAY)).toMatchObject({ verdict: 'published' });
  });

  test('of another server goes to that server’s keys', async () => {
    const one = publisher({ server: 'studio-2' });
    await one.prepare();
    await one.publish({ ...CONTENT, head: { ...HEAD, server: 'studio-2' } }, ARRAY);
    expect(await redis.get(names.latest('streams', 'studio-2'))).toBe(ARRAY);
    expect(await redis.hkeys(names.servers)).toEqual(['studio-2']);
  });
});

describe('taking a server over', () => {
  test('gives back what was stored, once', async () => {
    const one = publisher();
    expect(await one.prepare()).toMatchObject({ streams: [], collectedAtMs: null });
    expect(await one.prepare()).toBeNull();
    await one.publish(CONTENT, ARRAY);
    expect(await publisher().prepare()).toMatchObject({
      streams: [RECORD],
      connections: [connectionRecord()],
      collectedAtMs: Date.parse('2026-01-01T00:00:00.000Z'),
    });
  });

  test('begins a greater epoch even when Redis’s clock was set back since', async () => {
    const epoch = (await redisMs()) + 3_600_000;
    await store({ epoch: Math.ceil(epoch), seq: 9 });
    const two = publisher();
    await two.prepare();
    await two.publish(CONTENT, ARRAY);
    expect(await stored()).toMatchObject({ epoch: Math.ceil(epoch) + 1, seq: 1 });
  });

  test('shuts the older collector out until the newer one has been silent for 5 of its ticks', async () => {
    const older = publisher();
    await older.prepare();
    await older.publish(CONTENT, ARRAY);
    const newer = publisher();
    await newer.prepare();
    await newer.publish(CONTENT, ARRAY);
    expect(await older.publish(CONTENT, ARRAY)).toMatchObject({ verdict: 'superseded' });
    await newer.publish(CONTENT, ARRAY);
    for (let tick = 0; tick < 6; tick += 1) {
      expect(await older.prepare()).toBeNull();
      expect(await older.publish(CONTENT, ARRAY)).toMatchObject({ verdict: 'superseded' });
    }
    expect(await older.prepare()).not.toBeNull();
    expect(await older.publish(CONTENT, ARRAY)).toMatchObject({ verdict: 'published' });
  });

  test('is not what a single poll does: it joins the epoch that is there', async () => {
    const running = publisher();
    await running.prepare();
    await running.publish(CONTENT, ARRAY);
    const { epoch } = await stored();
    const single = publisher({ role: 'join' });
    await single.prepare();
    await single.publish(CONTENT, ARRAY);
    expect(await stored()).toMatchObject({ epoch, seq: 2 });
    expect(await running.publish(CONTENT, ARRAY)).toMatchObject({ verdict: 'published' });
  });

  test('is not stopped by something else under the keys', async () => {
    await redis.set(names.streamsMeta('main'), 'not JSON');
    await redis.set(names.latest('streams', 'main'), '[{"name":4}]');
    const one = publisher();
    expect(await one.prepare()).toMatchObject({ streams: [] });
    expect(await one.publish(CONTENT, ARRAY)).toMatchObject({ verdict: 'published' });
  });

  test('is not stopped by keys that are of another kind, before or later', async () => {
    const spoil = async (): Promise<void> => {
      for (const key of [names.streamsMeta('main'), names.latest('streams', 'main'), names.servers]) {
        await redis.del(key);
        await redis.rpush(key, 'x');
      }
    };
    await spoil();
    const one = publisher();
    await one.prepare();
    for (let tick = 0; tick < 2; tick += 1) {
      expect(await one.publish(CONTENT, ARRAY)).toMatchObject({ verdict: 'published' });
      expect(await redis.hget(names.servers, 'main')).toBe(await redis.get(names.streamsMeta('main')));
      await spoil();
    }
  });
});

describe('an absurd epoch', () => {
  test.each([Number.MAX_SAFE_INTEGER, 1e300])(
    'of %d in the key is not obeyed by who starts',
    async (epoch) => {
      await store({ epoch, seq: 1 });
      const one = publisher();
      await one.prepare();
      expect(await one.publish(CONTENT, ARRAY)).toMatchObject({ verdict: 'published' });
      expect((await stored()).epoch).toBeLessThanOrEqual(Math.ceil(await redisMs()));
    },
  );

  test('in the key does not stop who publishes', async () => {
    const one = publisher();
    await one.prepare();
    await one.publish(CONTENT, ARRAY);
    const { epoch } = await stored();
    await store({ epoch: Number.MAX_SAFE_INTEGER, seq: 1 });
    expect(await one.publish(CONTENT, ARRAY)).toMatchObject({ verdict: 'published' });
    expect(await stored()).toMatchObject({ epoch, seq: 2 });
  });

  test('is not joined by a single poll', async () => {
    await store({ epoch: Number.MAX_SAFE_INTEGER, seq: 1 });
    const single = publisher({ role: 'join' });
    await single.prepare();
    await single.publish(CONTENT, ARRAY);
    expect((await stored()).epoch).toBeLessThanOrEqual(Math.ceil(await redisMs()));
  });

  test('of our own, since Redis’s clock was set back by days, is given up for a new one', async () => {
    const [seconds] = await redis.time();
    const before = Object.create(redis) as Redis;
    before.time = () => Promise.resolve([Number(seconds) + 2 * 86_400, 0]);
    const one = publisher({ redis: before });
    await one.prepare();
    expect(await one.publish(CONTENT, ARRAY)).toMatchObject({ verdict: 'published' });
    before.time = () => redis.time();
    expect(await one.prepare()).not.toBeNull();
    expect(await one.publish(CONTENT, ARRAY)).toMatchObject({ verdict: 'published' });
    const { epoch, seq } = await stored();
    expect(epoch).toBeLessThanOrEqual(Math.ceil(await redisMs()));
    expect(seq).toBe(1);
  });
});

test('a Redis that is away is told in words', async () => {
  const away = new Redis(url, { lazyConnect: true });
  const one = publisher({ redis: away });
  await expect(one.prepare()).rejects.toThrow('it is not connected');
});
