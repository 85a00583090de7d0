import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createCommandConnection, RedisAwayError, type RedisClient } from '@mediamtx-monitor/runtime';
import {
  createFakeClock,
  createLogRecorder,
  eventually,
  type FakeClock,
  type RedisServer,
  startRedisServer,
} from '@mediamtx-monitor/testkit';
import { HOST_KEPT_MS, type HostsMessage, redisNames } from '@mediamtx-monitor/types';
import { hostsMessageSchema } from '@mediamtx-monitor/types/schemas';
import { deriveHost } from '../src/host.ts';
import { HostPublisher } from '../src/publish.ts';
import { UNSEEN } from './support/observations.ts';

const INTERVAL_MS = 5_000;
const PATIENCE_MS = 60_000;
const RECORD = deriveHost('media-1', null, UNSEEN);

let server: RedisServer;
const names = redisNames('publish');
const key = names.host('media-1');
const connections: RedisClient[] = [];
let reader: RedisClient;

// A server of its own, since commands are counted and scripts forgotten.
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

function connection(): RedisClient {
  const { logger } = createLogRecorder();
  const redis = createCommandConnection({ url: server.url, logger, commandTimeoutMs: PATIENCE_MS });
  connections.push(redis);
  return redis;
}

beforeEach(async () => {
  reader = connection();
  await reader.connect();
  await reader.flushall();
});
afterEach(() => {
  for (const each of connections.splice(0)) each.disconnect();
});

const publisherOn = (
  redis: RedisClient,
  clock = createFakeClock(),
  commandTimeoutMs = PATIENCE_MS,
): HostPublisher =>
  new HostPublisher({ redis, names, host: 'media-1', intervalMs: INTERVAL_MS, commandTimeoutMs, clock });

async function publisher(...options: readonly [FakeClock?, number?]): Promise<HostPublisher> {
  const redis = connection();
  await redis.connect();
  return publisherOn(redis, ...options);
}

/** Redis's own Unix time in ms. */
async function redisMs(): Promise<number> {
  const [seconds, microseconds] = await reader.time();
  return Number(seconds) * 1_000 + Number(microseconds) / 1_000;
}

const stored = async (): Promise<HostsMessage> => JSON.parse((await reader.get(key)) ?? '') as HostsMessage;

test('the message is stored with an expiry, and published', async () => {
  const received: string[] = [];
  const subscriber = connection();
  await subscriber.connect();
  subscriber.on('message', (_channel, message: string) => received.push(message));
  await subscriber.subscribe(names.channel('hosts'));
  const clock = createFakeClock();
  const agent = await publisher(clock);
  const collectedAtMs = clock.wallMs();
  clock.advance(12);
  await expect(agent.publish(RECORD, collectedAtMs)).resolves.toBe('published');
  const message = await stored();
  expect(message).toStrictEqual({
    type: 'hosts',
    v: 1,
    host: 'media-1',
    epoch: expect.any(Number),
    seq: 1,
    collectedAt: '2026-01-01T00:00:00.000Z',
    publishedAt: '2026-01-01T00:00:00.012Z',
    intervalMs: INTERVAL_MS,
    hosts: [RECORD],
  });
  expect(hostsMessageSchema.validate(message, { convert: false }).error).toBeUndefined();
  const leftMs = await reader.pttl(key);
  expect(leftMs).toBeGreaterThan(HOST_KEPT_MS - 60_000);
  expect(leftMs).toBeLessThanOrEqual(HOST_KEPT_MS);
  await eventually(async () => {
    expect(received).toStrictEqual([await reader.get(key)]);
  });
});

test('the host is listed with the time of its newest message, and those that fell silent a day ago are not', async () => {
  const [seconds] = await reader.time();
  const nowMs = Number(seconds) * 1_000;
  await reader.zadd(
    names.hostsSeen,
    nowMs - HOST_KEPT_MS - 1_000,
    'gone',
    nowMs - HOST_KEPT_MS / 2,
    'silent',
  );
  await (await publisher()).publish(RECORD, 0);
  expect(await reader.zrange(names.hostsSeen, '0', '-1')).toStrictEqual(['silent', 'media-1']);
  expect(Number(await reader.zscore(names.hostsSeen, 'media-1'))).toBeGreaterThanOrEqual(nowMs);
});

test('ticks are numbered on, in one epoch', async () => {
  const clock = createFakeClock();
  const agent = await publisher(clock);
  const beforeMs = await redisMs();
  await agent.publish(RECORD, clock.wallMs());
  const afterMs = await redisMs();
  clock.advance(INTERVAL_MS);
  await agent.publish(RECORD, clock.wallMs());
  const { epoch, seq } = await stored();
  expect(seq).toBe(2);
  // By Redis's clock, whatever that of the host.
  expect(epoch).toBeGreaterThanOrEqual(Math.floor(beforeMs));
  expect(epoch).toBeLessThanOrEqual(Math.ceil(afterMs));
});

test('a tick is one command, whether Redis knows the script or not', async () => {
  const agent = await publisher();
  await agent.publish(RECORD, 0);
  const calls = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      [...(await reader.info('commandstats')).matchAll(/cmdstat_(\w+):calls=(\d+)/g)].map(
        ([, name = '', count = '']) => [name, count],
      ),
    );
  await reader.config('RESETSTAT');
  await agent.publish(RECORD, 0);
  // What the script does is counted as well.
  expect(await calls()).toStrictEqual({
    evalsha: '1',
    time: '1',
    get: '1',
    set: '1',
    zadd: '1',
    zremrangebyscore: '1',
    publish: '1',
  });
  await reader.script('FLUSH');
  await expect(agent.publish(RECORD, 0)).resolves.toBe('published');
});

test('a message that comes to Redis after its deadline is not taken', async () => {
  const clock = createFakeClock();
  const agent = await publisher(clock);
  await agent.publish(RECORD, 0);
  const before = await stored();
  // To Redis that is a minute more than the message may take.
  clock.advance(-2 * PATIENCE_MS);
  await expect(agent.publish(RECORD, 0)).resolves.toBe('late');
  expect(await stored()).toStrictEqual(before);
  await expect(agent.publish(RECORD, 0)).resolves.toBe('published');
});

describe('two agents of one host', () => {
  test('the one that began last is stored', async () => {
    const [first, second] = [await publisher(), await publisher()];
    await first.publish(RECORD, 0);
    await expect(second.publish(RECORD, 0)).resolves.toBe('published');
    const before = await stored();
    await expect(first.publish(RECORD, 0)).resolves.toBe('superseded');
    expect(await stored()).toStrictEqual(before);
    await expect(second.publish(RECORD, 0)).resolves.toBe('published');
  });

  test('what somebody else left in the key is written over', async () => {
    await reader.set(key, 'something else');
    await expect((await publisher()).publish(RECORD, 0)).resolves.toBe('published');
    expect((await stored()).seq).toBe(1);
  });

  test.each([
    ['is cut', (json: string) => json.slice(0, -1)],
    ['names another epoch first', (json: string) => json.replace('{', '{"epoch":0,')],
    ['is too long', (json: string) => json + ' '.repeat(2_000_000)],
  ])('so is a message of a newer epoch that %s, before or later', async (_what, spoilt) => {
    const leaveSpoilt = async (aheadMs: number): Promise<number> => {
      const epoch = Math.ceil((await redisMs()) + aheadMs);
      const message = { type: 'hosts', v: 1, host: 'media-1', epoch, seq: 1, hosts: [RECORD] };
      await reader.set(key, spoilt(JSON.stringify(message)));
      return epoch;
    };
    const before = await leaveSpoilt(3_600_000);
    const agent = await publisher();
    await expect(agent.publish(RECORD, 0)).resolves.toBe('published');
    expect(await stored()).toMatchObject({ epoch: before + 1, seq: 1 });
    const later = await leaveSpoilt(7_200_000);
    for (let tick = 0; tick < 6; tick += 1)
      await expect(agent.publish(RECORD, 0)).resolves.toBe('superseded');
    await expect(agent.publish(RECORD, 0)).resolves.toBe('published');
    expect(await stored()).toMatchObject({ epoch: later + 1, seq: 1 });
  });

  test('so is what is of another kind, before or later', async () => {
    const agent = await publisher();
    for (let tick = 0; tick < 2; tick += 1) {
      for (const each of [key, names.hostsSeen]) {
        await reader.del(each);
        await reader.rpush(each, 'x');
      }
      await expect(agent.publish(RECORD, 0)).resolves.toBe('published');
      expect(await reader.zrange(names.hostsSeen, '0', '-1')).toStrictEqual(['media-1']);
    }
  });
});

test('without a connection it rejects at once', async () => {
  await expect(publisherOn(connection()).publish(RECORD, 0)).rejects.toThrow(RedisAwayError);
});
