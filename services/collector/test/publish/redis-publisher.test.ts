import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createFakeClock,
  eventually,
  testRedis,
  connectionRecord,
  streamRecord,
} from '@mediamtx-monitor/testkit';
import { redisNames, type StreamsHead } from '@mediamtx-monitor/types';
import {
  connectionsMessageSchema,
  serversMessageSchema,
  streamsMessageSchema,
} from '@mediamtx-monitor/types/schemas';
import { Redis } from 'ioredis';
import { RedisPublisher, type Publication, type RedisPublisherOptions } from '../../src/publish/index.ts';

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
const CONTENT: Publication = {
  head: HEAD,
  about: { name: 'North hall', labels: { site: 'north' } },
  attention: { count: 1, worst: [{ name: RECORD.name, state: 'live', health: 'ok', reasons: [] }] },
  streams: [RECORD],
  connections: [connectionRecord()],
  gone: null,
};

const { url, prefix } = testRedis();
const clock = createFakeClock();
let redis: Redis;
let names: ReturnType<typeof redisNames>;
let received: string[];
let subscriber: Redis;

const publisher = (options: Partial<RedisPublisherOptions> = {}) =>
  new RedisPublisher({
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

let count = 0;
beforeEach(async () => {
  count += 1;
  names = redisNames(`${prefix}-${count}`);
  redis = new Redis(url);
  subscriber = new Redis(url);
  received = [];
  subscriber.on('message', (_channel, message) => received.push(message));
  await subscriber.subscribe(names.channel('streams'), names.channel('connections'), names.servers);
  // With RESP3 and one connection each, both are ready once they answer.
  await redis.ping();
});
afterEach(() => {
  redis.disconnect();
  subscriber.disconnect();
});

describe('a tick', () => {
  test('is stored under its keys and published, as one valid message a topic', async () => {
    const one = publisher();
    await one.prepare();
    const { outcome, messageBytes } = await one.publish(CONTENT, Buffer.from(ARRAY));
    expect(outcome).toBe('published');
    expect(await redis.get(names.latest('streams', 'main'))).toBe(ARRAY);
    expect(JSON.parse((await redis.get(names.latest('connections', 'main'))) ?? '')).toStrictEqual([
      connectionRecord(),
    ]);
    const head = await redis.get(names.streamsMeta('main'));
    expect(await redis.hget(names.servers, 'main')).toBe(head);
    const [streams, connections, servers] = await eventually(() => {
      expect(received).toHaveLength(3);
      return received.map((message) => JSON.parse(message) as object);
    });
    expect(messageBytes).toStrictEqual({
      streams: Buffer.byteLength(received[0] ?? ''),
      connections: Buffer.byteLength(received[1] ?? ''),
    });
    expect(streamsMessageSchema.validate(streams).error).toBeUndefined();
    expect(connectionsMessageSchema.validate(connections).error).toBeUndefined();
    const parsedHead = JSON.parse(head ?? '') as StreamsHead;
    expect(streams).toStrictEqual({ ...parsedHead, streams: [RECORD] });
    // What needs attention, and what people call the server, is told once, with the streams.
    const { attention, name, labels, ...others } = parsedHead;
    expect({ attention, about: { name, labels } }).toMatchObject({
      attention: CONTENT.attention,
      about: CONTENT.about,
    });
    expect(connections).toStrictEqual({ ...others, type: 'connections', connections: [connectionRecord()] });
    // Behind them, so that who has it knows that they were published.
    expect(serversMessageSchema.validate(servers).error).toBeUndefined();
    expect(servers).toStrictEqual({ ...parsedHead, type: 'servers' });
  });

  test('without anything ever read leaves the array alone', async () => {
    const one = publisher();
    await one.prepare();
    await one.publish(
      {
        head: { ...HEAD, collectedAt: null },
        about: {},
        attention: null,
        streams: [],
        connections: [],
        gone: null,
      },
      Buffer.from('[]'),
    );
    expect(await redis.exists(names.latest('streams', 'main'))).toBe(0);
    await eventually(() => {
      expect(received[0]).toMatch(/,"streams":\[\]}$/);
    });
  });

  test('has those that are gone written where they are others than before, and read back', async () => {
    const one = publisher();
    await one.prepare();
    const gone = [connectionRecord({ id: 'gone' })];
    const key = names.connectionsGone('main');
    for (const content of [{ ...CONTENT, gone }, CONTENT, { ...CONTENT, gone }]) {
      await one.publish(content, Buffer.from(ARRAY));
      expect(JSON.parse((await redis.get(key)) ?? '')).toStrictEqual(gone);
      if (content.gone === null) await redis.set(key, '[]');
    }
    expect(await publisher().prepare()).toMatchObject({ connections: [connectionRecord()], gone });
    await redis.del(key);
    await one.publish({ ...CONTENT, gone }, Buffer.from(ARRAY));
    expect(await redis.exists(key)).toBe(0);
  });

  test('that reaches Redis after its deadline is left out, and the next one isn’t', async () => {
    const one = publisher({ commandTimeoutMs: -1_000 });
    await one.prepare();
    expect(await one.publish(CONTENT, Buffer.from(ARRAY))).toMatchObject({ outcome: 'late' });
    expect(await redis.exists(names.streamsMeta('main'))).toBe(0);
  });

  test('goes to a Redis that has forgotten the script', async () => {
    const one = publisher();
    await one.prepare();
    await one.publish(CONTENT, Buffer.from(ARRAY));
    await redis.script('FLUSH');
    expect(await one.publish(CONTENT, Buffer.from(ARRAY))).toMatchObject({ outcome: 'published' });
  });

  test('of another server goes to that server’s keys', async () => {
    const one = publisher({ server: 'studio-2' });
    await one.prepare();
    await one.publish({ ...CONTENT, head: { ...HEAD, server: 'studio-2' } }, Buffer.from(ARRAY));
    expect(await redis.get(names.latest('streams', 'studio-2'))).toBe(ARRAY);
    expect(await redis.hkeys(names.servers)).toStrictEqual(['studio-2']);
  });

  test('of another server goes to that server’s channels, and to the plain ones for readers that know no other', async () => {
    const newer = new Redis(url);
    const channels: string[] = [];
    newer.on('message', (channel) => channels.push(channel));
    await newer.subscribe(names.channelOf('streams', 'studio-2'), names.channelOf('connections', 'studio-2'));
    const one = publisher({ server: 'studio-2' });
    await one.prepare();
    const tick = () => one.publish({ ...CONTENT, head: { ...HEAD, server: 'studio-2' } }, Buffer.from(ARRAY));
    await tick();
    await eventually(() => {
      expect([received.length, channels.length]).toStrictEqual([3, 2]);
    });
    // From now on the other one says that it wants no more than `main`.
    await subscriber.subscribe(names.onlyMain('streams'), names.onlyMain('connections'));
    await tick();
    await eventually(() => {
      expect([received.length, channels.length]).toStrictEqual([4, 4]);
    });
    expect(JSON.parse(received[3] ?? '')).toMatchObject({ type: 'servers', server: 'studio-2', seq: 2 });
    newer.disconnect();
  });
});

describe('taking a server over', () => {
  test('gives back what was stored, once', async () => {
    const one = publisher();
    expect(await one.prepare()).toMatchObject({ streams: [], collectedAtMs: null });
    expect(await one.prepare()).toBeNull();
    await one.publish(CONTENT, Buffer.from(ARRAY));
    expect(await publisher().prepare()).toMatchObject({
      streams: [RECORD],
      connections: [connectionRecord()],
      collectedAtMs: Date.parse('2026-01-01T00:00:00.000Z'),
    });
  });

  test('shuts an older collector out', async () => {
    const older = publisher();
    await older.prepare();
    await older.publish(CONTENT, Buffer.from(ARRAY));
    const newer = publisher();
    await newer.prepare();
    await newer.publish(CONTENT, Buffer.from(ARRAY));
    expect(await older.publish(CONTENT, Buffer.from(ARRAY))).toMatchObject({ outcome: 'superseded' });
  });

  test('is not what a single poll does: it joins the epoch that is there', async () => {
    const running = publisher();
    await running.prepare();
    await running.publish(CONTENT, Buffer.from(ARRAY));
    const { epoch } = await stored();
    const single = publisher({ role: 'join' });
    await single.prepare();
    await single.publish(CONTENT, Buffer.from(ARRAY));
    expect(await stored()).toMatchObject({ epoch, seq: 2 });
    expect(await running.publish(CONTENT, Buffer.from(ARRAY))).toMatchObject({ outcome: 'published' });
  });

  test('is not stopped by something else under the keys', async () => {
    await redis.set(names.streamsMeta('main'), 'not JSON');
    await redis.set(names.latest('streams', 'main'), '[{"name":4}]');
    const one = publisher();
    expect(await one.prepare()).toMatchObject({ streams: [], collectedAtMs: null });
    expect(await one.publish(CONTENT, Buffer.from(ARRAY))).toMatchObject({ outcome: 'published' });
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
      expect(await one.publish(CONTENT, Buffer.from(ARRAY))).toMatchObject({ outcome: 'published' });
      expect(await redis.hget(names.servers, 'main')).toBe(await redis.get(names.streamsMeta('main')));
      await spoil();
    }
  });
});

test('a Redis that is away is told in words', async () => {
  const away = new Redis(url, { lazyConnect: true });
  const one = publisher({ redis: away });
  await expect(one.prepare()).rejects.toThrow('it is not connected');
});
