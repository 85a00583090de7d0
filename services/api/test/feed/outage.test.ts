import { expect, test } from '@jest/globals';
import { systemClock } from '@mediamtx-monitor/runtime';
import { eventually, freePort, type RedisServer, startRedisServer } from '@mediamtx-monitor/testkit';
import { atEnd, startFeed } from '../bench.ts';
import { startFreezableProxy } from '../freezable-proxy.ts';
import { freshTimes, headOf, TestPublisher, streamOf } from '../publisher.ts';

const INTERVAL_MS = 200;

async function ownRedis(settings: readonly string[] = []): Promise<RedisServer> {
  const redis = await startRedisServer(settings);
  atEnd(async () => {
    redis.resume();
    await redis.stop();
  });
  return redis;
}

const headNow = (epoch: number, seq: number) => {
  const now = new Date().toISOString();
  return headOf({ epoch, seq, intervalMs: INTERVAL_MS, collectedAt: now, publishedAt: now });
};

/** Publishes every interval, as a collector does; failures are left out. */
function collect(publisher: TestPublisher, epoch: number): () => void {
  let seq = 0;
  const timer = setInterval(() => {
    seq += 1;
    publisher.publish(headNow(epoch, seq)).catch(() => undefined);
  }, INTERVAL_MS);
  const end = (): void => {
    clearInterval(timer);
  };
  atEnd(end);
  return end;
}

test('Redis that is stopped and comes back empty: data stays and turns stale, then goes on by itself', async () => {
  const redis = await ownRedis();
  const { feed, publisher } = await startFeed({ redisUrl: redis.url, clock: systemClock });
  const newest = () => feed.servers.newest('streams', 'main');
  const end = collect(publisher, 1);
  await eventually(() => {
    expect(newest()?.head?.epoch).toBe(1);
  });
  end();
  await redis.stop();
  await eventually(() => {
    const tick = newest();
    expect(tick && feed.age(tick)?.stale).toBe(true);
  });
  expect((await feed.servers.current()).ticks).toHaveLength(1);
  await redis.start();
  collect(publisher, 2);
  await eventually(() => {
    const tick = newest();
    expect(tick?.head?.epoch).toBe(2);
    // Told on the channel again, not only read from the key.
    expect(tick?.receivedMs).not.toBeNull();
    expect(tick && feed.age(tick)?.stale).toBe(false);
  });
});

test('a paused Redis: requests are answered from what is held, and ticks go on after it', async () => {
  const redis = await ownRedis();
  const { feed, publisher } = await startFeed({ redisUrl: redis.url, clock: systemClock });
  collect(publisher, 1);
  await eventually(() => {
    expect(feed.servers.newest('streams', 'main')?.receivedMs).toStrictEqual(expect.any(Number));
  });
  redis.pause();
  await eventually(() => {
    const tick = feed.servers.newest('streams', 'main');
    expect(tick && feed.age(tick)?.stale).toBe(true);
  });
  expect((await feed.servers.current()).ticks).toHaveLength(1);
  const before = feed.servers.newest('streams', 'main')?.head?.seq ?? 0;
  redis.resume();
  await eventually(() => {
    const tick = feed.servers.newest('streams', 'main');
    expect(tick?.head?.seq).toBeGreaterThan(before);
    expect(tick && feed.age(tick)?.stale).toBe(false);
  });
});

test('a feed that starts before Redis does waits for it', async () => {
  const port = await freePort();
  const { feed, lines } = await startFeed({ redisUrl: `redis://127.0.0.1:${port}`, clock: systemClock });
  expect(feed.hasContact).toBe(false);
  expect((await feed.servers.current()).ticks).toStrictEqual([]);
  expect(lines.filter((line) => line.startsWith('warn')).length).toBeGreaterThan(0);
});

test('connections whose other end is gone without a word are replaced', async () => {
  const redis = await ownRedis();
  const proxy = await startFreezableProxy(redis.port);
  const { feed, publisher, lines } = await startFeed({
    redisUrl: `redis://127.0.0.1:${proxy.port}`,
    publisherUrl: redis.url,
    clock: systemClock,
  });
  collect(publisher, 1);
  await eventually(() => {
    expect(feed.servers.newest('streams', 'main')?.receivedMs).toStrictEqual(expect.any(Number));
  });
  proxy.freeze();
  const frozenAt = feed.servers.newest('streams', 'main')?.head?.seq ?? 0;
  await eventually(() => {
    const tick = feed.servers.newest('streams', 'main');
    expect(tick?.head?.seq).toBeGreaterThan(frozenAt + 1);
    expect(tick?.receivedMs).not.toBeNull();
  }, 40_000);
  expect(lines.join('\n')).toContain('subscribing anew');
});

test('a Redis user that may not subscribe: said in the log, keys are read, and it does not count as subscribed', async () => {
  const redis = await ownRedis();
  const admin = new TestPublisher(redis.url, 'mediamtx');
  atEnd(() => {
    admin.close();
  });
  await admin.redis.acl(
    'SETUSER',
    'reader',
    'on',
    '>secret',
    '~*',
    '+@read',
    '+@connection',
    '+info',
    '+subscribe',
  );
  await admin.store(headOf(freshTimes()), [streamOf('a')]);
  const redisUrl = redis.url.replace('redis://', 'redis://reader:secret@');
  const { feed, lines } = await startFeed({ redisUrl, prefix: 'mediamtx', publisherUrl: redis.url });
  await eventually(() => {
    expect(lines.join('\n')).toMatch(/warn: channel .* can't be subscribed to: Redis says NOPERM/);
  });
  expect(feed.servers.newest('streams', 'main')?.records).toHaveLength(1);
  expect(feed.subscribed).toBe(false);
});

test('a Redis that knows no SUBSCRIBE: said in the log, without what it repeats of the command', async () => {
  const { url: redisUrl } = await ownRedis(['--rename-command', 'SUBSCRIBE', '']);
  const { lines } = await startFeed({ redisUrl, prefix: 'mediamtx', publisherUrl: redisUrl });
  await eventually(() => {
    expect(lines.join('\n')).toMatch(/Redis says ERR unknown command 'subscribe', with args \(removed\)$/m);
  });
});
