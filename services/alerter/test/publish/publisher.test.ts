import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  createFakeClock,
  createLogRecorder,
  eventually,
  type FakeClock,
  type LogRecorder,
  startRedisServer,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { type AlertsMessage, redisNames, type RedisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { useConnections } from '../../../../packages/runtime/test/support/redis-connections.ts';
import { type AlertsContent, AlertsPublisher } from '../../src/publish/index.ts';
import { commandRedis } from '../support/command-redis.ts';
import { alert, stream } from '../support/messages.ts';
import { SILENCE } from '../support/states.ts';

const ended = useConnections();
let clock: FakeClock;
let log: LogRecorder;
let names: RedisNames;
let url: string;
beforeEach(() => {
  const redis = testRedis();
  url = redis.url;
  names = redisNames(redis.prefix);
  clock = createFakeClock();
  log = createLogRecorder();
});

const CONTENT: AlertsContent = {
  counts: { pending: 0, firing: 1, recovering: 0, unknown: 0, resolved: 0, silenced: 0 },
  targets: [
    {
      name: 'phone',
      kind: 'ntfy',
      state: 'ok',
      error: null,
      deliveredAt: null,
      queueAgeMs: null,
      testAgeMs: null,
    },
  ],
  silences: [SILENCE],
  warnings: ['files-differ'],
  alerts: [alert()],
};

const connected = (to = url): Promise<Redis> => commandRedis(to, ended);

async function publisherOn(redis: Redis): Promise<AlertsPublisher> {
  await redis.ping();
  return new AlertsPublisher({ redis, names, clock, logger: log.logger, commandTimeoutMs: 5_000 });
}

/** Messages as the channel brings them. */
async function followed(): Promise<readonly AlertsMessage[]> {
  const messages: AlertsMessage[] = [];
  const subscriber = ended(new Redis(url));
  subscriber.on('message', (_channel, text) => messages.push(JSON.parse(text) as AlertsMessage));
  await subscriber.subscribe(names.channel('alerts'));
  return messages;
}

test('a message says who, when and all that it tells, to followers and in its key alike', async () => {
  const messages = await followed();
  const redis = await connected();
  await (await publisherOn(redis)).publish(1, () => CONTENT);
  await eventually(() => {
    expect(messages).toHaveLength(1);
  });
  expect(messages[0]).toStrictEqual({
    type: 'alerts',
    v: 1,
    epoch: expect.any(Number),
    seq: 1,
    publishedAt: new Date(clock.wallMs()).toISOString(),
    intervalMs: 5_000,
    ...CONTENT,
  });
  const text = (await redis.get(names.alertsLatest)) ?? '';
  expect(JSON.parse(text)).toStrictEqual(messages[0]);
  // So that the few bytes before the array tell the rest.
  expect(text.indexOf('"alerts":[')).toBeGreaterThan(text.indexOf('"silences"'));
  expect(text.indexOf('"alerts":[')).toBeGreaterThan(text.indexOf('"warnings"'));
});

test('a message has as many of the first alerts as it has room for', async () => {
  const redis = await connected();
  const publisher = await publisherOn(redis);
  const alerts = Array.from({ length: 2_000 }, (_each, index) =>
    alert({ id: `${index}`, subject: stream('📹'.repeat(2_000)) }),
  );
  await publisher.publish(1, () => ({ ...CONTENT, alerts }));
  const text = (await redis.get(names.alertsLatest)) ?? '';
  const message = JSON.parse(text) as AlertsMessage;
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(8_388_608);
  expect(message.counts).toStrictEqual(CONTENT.counts);
  expect(message.alerts).toStrictEqual(alerts.slice(0, 500));
  expect(log.lines).toStrictEqual([]);
});

test('a message comes with each change, and else every 5 s', async () => {
  const messages = await followed();
  const publisher = await publisherOn(await connected());
  const seen = async (revision: number, count: number) => {
    await publisher.publish(revision, () => CONTENT);
    await eventually(() => {
      expect(messages).toHaveLength(count);
    });
  };
  await seen(1, 1);
  clock.advance(4_999);
  await seen(1, 1);
  await seen(2, 2);
  clock.advance(5_000);
  await seen(2, 3);
  clock.stepWall(1e12);
  await seen(2, 3);
  expect(messages.map(({ seq }) => seq)).toStrictEqual([1, 2, 3]);
});

describe('whoever takes over', () => {
  test('publishes at once, and whoever was before says that it doesn’t any more', async () => {
    const redis = await connected();
    const [one, other] = [await publisherOn(redis), await publisherOn(await connected())];
    await one.publish(1, () => CONTENT);
    await other.publish(1, () => ({ ...CONTENT, alerts: [] }));
    await one.publish(2, () => CONTENT);
    expect(log.messages('warn')).toStrictEqual([`alerts aren't published: another alerter publishes them`]);
    expect(JSON.parse((await redis.get(names.alertsLatest)) ?? '')).toMatchObject({ alerts: [] });
    one.takeOver();
    await one.publish(2, () => CONTENT);
    expect(JSON.parse((await redis.get(names.alertsLatest)) ?? '')).toMatchObject({ alerts: [{}] });
    expect(log.messages('info')).toStrictEqual(['alerts are published again']);
  });
});

test('without Redis nothing is published, which is told once, and it goes on when that is back', async () => {
  const server = await startRedisServer();
  try {
    const redis = await connected(server.url);
    const publisher = await publisherOn(redis);
    await publisher.publish(1, () => CONTENT);
    await server.stop();
    for (let look = 0; look < 3; look += 1) await publisher.publish(2, () => CONTENT);
    expect(log.messages('warn').length).toBeLessThanOrEqual(2);
    await server.start();
    await eventually(async () => {
      await publisher.publish(2, () => CONTENT);
      expect(JSON.parse((await redis.get(names.alertsLatest)) ?? 'null')).toMatchObject({ type: 'alerts' });
    });
    expect(log.messages('info')).toStrictEqual(['alerts are published again']);
  } finally {
    await server.stop();
  }
});
