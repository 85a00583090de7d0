import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { type RedisServer, startRedisServer } from '../src/index.ts';

/** A Redis that isn't paused has answered by then, as a rule: what is tested can only fail where it isn't. */
const UNANSWERED_MS = 200;

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

/** Runs something on a connection of its own, which fails rather than comes back. */
async function withClient<T>(use: (client: Redis) => Promise<T>, port = server.port): Promise<T> {
  const client = new Redis(port, '127.0.0.1', {
    disconnectTimeout: 50,
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    client.disconnect();
  }
}
const ping = () => withClient((client) => client.ping());

/** Whether the system takes a TCP connection to the port. */
const accepts = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (accepted: boolean) => () => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', settle(true)).once('error', settle(false));
  });

describe('a redis-server of our own', () => {
  test('answers at its address as soon as it is started', async () => {
    expect(server.url).toBe(`redis://127.0.0.1:${server.port}`);
    expect(await ping()).toBe('PONG');
  });

  test('writes nothing to disk', async () => {
    expect(await withClient((client) => client.config('GET', 'save'))).toStrictEqual(['save', '']);
    expect(await withClient((client) => client.config('GET', 'appendonly'))).toStrictEqual([
      'appendonly',
      'no',
    ]);
  });

  test('is apart from any other', async () => {
    const other = await startRedisServer();
    try {
      expect(other.port).not.toBe(server.port);
      await withClient((client) => client.set('only', 'here'));
      expect(await withClient((client) => client.get('only'), other.port)).toBeNull();
    } finally {
      await other.stop();
    }
  });
});

describe('pause', () => {
  test('leaves the port open and every command unanswered, until resume', async () => {
    await withClient(async (client) => {
      await client.set('key', 'kept');
      server.pause();
      const asked = client.get('key');
      try {
        expect(await accepts(server.port)).toBe(true);
        expect(await Promise.race([asked, delay(UNANSWERED_MS, 'unanswered')])).toBe('unanswered');
      } finally {
        server.resume();
      }
      expect(await asked).toBe('kept');
    });
  });

  test('does not hinder stop', async () => {
    server.pause();
    await server.stop();
    expect(await accepts(server.port)).toBe(false);
    await server.start();
    expect(await ping()).toBe('PONG');
  });
});

describe('stop and start', () => {
  test('give an empty server on the same port', async () => {
    await withClient((client) => client.set('key', 'lost'));
    await server.stop();
    expect(await accepts(server.port)).toBe(false);
    await server.start();
    expect(await withClient((client) => client.get('key'))).toBeNull();
  });

  test('stopping twice does no harm', async () => {
    await server.stop();
    await server.stop();
    await server.start();
    expect(await ping()).toBe('PONG');
  });
});
