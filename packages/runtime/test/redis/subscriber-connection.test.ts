import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, type RedisServer, startRedisServer } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import { connectInBackground, createSubscriberConnection } from '../../src/redis/connections.ts';
import { type Proxy, startProxy } from '../support/proxy.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { useConnections } from '../support/redis-connections.ts';

const CHANNEL = 'mediamtx:streams';

let server: RedisServer;
let proxy: Proxy;
beforeAll(async () => {
  server = await startRedisServer();
  proxy = await startProxy(server.port);
});
afterAll(async () => {
  await proxy.close();
  await server.stop();
});

const ended = useConnections();
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown): void => {
  unhandled.push(reason);
};
beforeAll(() => {
  process.on('unhandledRejection', onUnhandled);
});
afterAll(() => {
  process.off('unhandledRejection', onUnhandled);
});
afterEach(() => {
  expect(unhandled).toStrictEqual([]);
});

interface TestSubscriber {
  readonly redis: Redis;
  readonly received: string[];
  readonly failures: string[];
}

/** Listens as a service does: subscribes whenever the connection is there. */
function listenOn(url: string, commandTimeoutMs = 300): TestSubscriber {
  const { logger } = createRecordingLogger();
  const redis = ended(createSubscriberConnection({ url, logger, commandTimeoutMs }));
  const received: string[] = [];
  const failures: string[] = [];
  redis.on('message', (_channel, message) => received.push(message));
  redis.on('ready', () => {
    redis.subscribe(CHANNEL).catch((error: unknown) => {
      failures.push(String(error));
      if (redis.status === 'ready') redis.disconnect(true);
    });
  });
  connectInBackground(redis);
  return { redis, received, failures };
}

function createPublisher(commandTimeout = 10_000): Redis {
  const redis = ended(new Redis(server.url, { commandTimeout }));
  redis.on('error', () => undefined);
  return redis;
}

/** Publishes until the listener has heard it. */
async function expectReceived({ received }: TestSubscriber, message: string): Promise<void> {
  const publisher = createPublisher();
  await eventually(async () => {
    await publisher.publish(CHANNEL, message);
    expect(received).toContain(message);
  });
}

describe('a subscription', () => {
  test('receives again after Redis was stopped and started', async () => {
    const listener = listenOn(server.url);
    await expectReceived(listener, 'before');
    await server.stop();
    await eventually(() => {
      expect(listener.redis.status).not.toBe('ready');
    });
    await server.start();
    await expectReceived(listener, 'after');
  });

  test('receives each message once after an outage, though it was subscribed to twice', async () => {
    const listener = listenOn(server.url);
    await expectReceived(listener, 'before');
    await server.stop();
    await server.start();
    await expectReceived(listener, 'back');
    const publisher = createPublisher();
    for (const message of ['one', 'two', 'three']) await publisher.publish(CHANNEL, message);
    await expectReceived(listener, 'end');
    expect(listener.received.filter((message) => ['one', 'two', 'three'].includes(message))).toStrictEqual([
      'one',
      'two',
      'three',
    ]);
  });

  test('begins when Redis comes up only later', async () => {
    await server.stop();
    const listener = listenOn(server.url);
    await eventually(() => {
      expect(listener.redis.status).toBe('reconnecting');
    });
    await server.start();
    await expectReceived(listener, 'first');
  });

  test('that was there before a pause receives after it what was told after it', async () => {
    const listener = listenOn(server.url);
    await expectReceived(listener, 'before');
    const publisher = createPublisher(300);
    await eventually(() => publisher.ping());
    server.pause();
    await expect(publisher.publish(CHANNEL, 'meanwhile')).rejects.toThrow('Command timed out');
    server.resume();
    await expectReceived(listener, 'after');
  });

  test('attempted while Redis is paused is there after the pause', async () => {
    server.pause();
    const listener = listenOn(server.url);
    try {
      // The handshake has timed out and its connection is given up.
      await eventually(() => {
        expect(['close', 'reconnecting']).toContain(listener.redis.status);
      });
    } finally {
      server.resume();
    }
    await expectReceived(listener, 'after');
  });
});

describe('when Redis stalls while a connection subscribes again', () => {
  test('only the owner is told of it, and it receives again in the end', async () => {
    const listener = listenOn(`redis://127.0.0.1:${proxy.port}`);
    await expectReceived(listener, 'before');
    proxy.swallow(/subscribe/i);
    proxy.cut();
    await eventually(() => {
      expect(listener.failures[0]).toContain('Command timed out');
    });
    expect(proxy.swallowed()).toBeGreaterThan(0);
    proxy.swallow(undefined);
    await expectReceived(listener, 'after');
  });

  test('stopping meanwhile rejects only the promise of the owner', async () => {
    const listener = listenOn(`redis://127.0.0.1:${proxy.port}`, 600_000);
    await expectReceived(listener, 'before');
    const before = proxy.swallowed();
    proxy.swallow(/subscribe/i);
    proxy.cut();
    await eventually(() => {
      expect(proxy.swallowed()).toBeGreaterThan(before);
    });
    listener.redis.disconnect();
    await eventually(() => {
      expect(listener.failures).toHaveLength(1);
    });
    proxy.swallow(undefined);
    expect(listener.redis.status).toBe('end');
  });
});
