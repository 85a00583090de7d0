import { beforeEach, describe, expect, test } from '@jest/globals';
import { eventually, startRedisServer, testRedis } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import { createCommandConnection } from '../../src/index.ts';
import { OutboxKeys, textsIn } from '../support/outboxes.ts';
import { startProxy } from '../support/proxy.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { useConnections } from '../support/redis-connections.ts';
import { useTempDirectory } from '../support/temp-directory.ts';

const { url } = testRedis();
const ended = useConnections();
const directory = useTempDirectory();
let redis: Redis;
let keys: OutboxKeys;
beforeEach(() => {
  redis = ended(new Redis(url));
  keys = new OutboxKeys();
});

describe('a Redis of its own', () => {
  /** A Redis server, a connection as services have it, and an outbox that has begun. */
  async function ownRedis(settings: readonly string[]) {
    const server = await startRedisServer(settings);
    const connection = ended(
      createCommandConnection({
        url: server.url,
        logger: createRecordingLogger().logger,
        commandTimeoutMs: 300,
      }),
    );
    await connection.connect();
    return { server, connection, outbox: await keys.begun('a', 5, connection) };
  }

  test('that is full takes nothing, and all of it once there is room', async () => {
    const { server, connection, outbox } = await ownRedis(['--maxmemory-policy', 'noeviction']);
    await connection.config('SET', 'maxmemory', '1');
    outbox.add([keys.event('1', { server: 'up' }), keys.event('2', { server: null })]);
    await expect(outbox.flush()).rejects.toThrow('OOM');
    outbox.add([keys.event('3')]);
    await expect(outbox.flush()).rejects.toThrow('OOM');
    expect(outbox.stats.waiting).toBe(3);
    await connection.config('SET', 'maxmemory', '0');
    expect(await outbox.flush()).toBe('empty');
    expect(await textsIn(keys.events, connection)).toStrictEqual(['1', '2', '3']);
    await server.stop();
  });

  test('that is a read-only replica takes nothing, and all of it once it is a primary', async () => {
    const { server, connection, outbox } = await ownRedis([]);
    await connection.replicaof('127.0.0.1', 1);
    outbox.add([keys.event('1')]);
    await expect(outbox.flush()).rejects.toThrow('READONLY');
    await expect(keys.outbox('b', connection).begin(6)).rejects.toThrow('READONLY');
    await connection.replicaof('NO', 'ONE');
    expect(await outbox.flush()).toBe('empty');
    expect(await textsIn(keys.events, connection)).toStrictEqual(['1']);
    await server.stop();
  });

  test('that pauses its clients takes each once', async () => {
    const { server, connection, outbox } = await ownRedis([]);
    const admin = ended(new Redis(server.url));
    outbox.add([keys.event('1')]);
    await admin.client('PAUSE', 1_500);
    await expect(outbox.flush()).rejects.toThrow('timed out');
    outbox.add([keys.event('2')]);
    await eventually(async () => {
      expect(await outbox.flush()).toBe('empty');
    });
    expect(await textsIn(keys.events, connection)).toStrictEqual(['1', '2']);
    await server.stop();
  });

  test.each([
    ['forgets, is a gap', []],
    ['keeps its file, goes on', ['--appendonly', 'yes', '--appendfsync', 'always']],
  ])('that is killed and %s', async (_how, settings) => {
    const { server, connection, outbox } = await ownRedis(['--dir', directory(), ...settings]);
    outbox.add([keys.event('1', { server: 'up' })]);
    await outbox.flush();
    outbox.add([keys.event('2')]);
    await server.stop();
    await expect(outbox.flush()).rejects.toThrow();
    await server.start();
    const isKept = settings.length > 0;
    await eventually(async () => {
      expect(await outbox.flush()).toBe(isKept ? 'empty' : 'gap');
    });
    expect(await textsIn(keys.events, connection)).toStrictEqual(isKept ? ['1', '2'] : []);
    await server.stop();
  });
});

test('answers that are lost on the way cost no entry and repeat none', async () => {
  const proxy = await startProxy(Number(new URL(url).port));
  const connection = ended(
    createCommandConnection({
      url: `redis://127.0.0.1:${proxy.port}`,
      logger: createRecordingLogger().logger,
      commandTimeoutMs: 300,
    }),
  );
  await connection.connect();
  const one = await keys.begun('a', 5, connection);
  try {
    // From then on Redis knows the script.
    one.add([keys.event('0')]);
    await one.flush();
    one.add([keys.event('1')]);
    proxy.mute(true);
    await expect(one.flush()).rejects.toThrow('timed out');
    // Redis has taken it; only nobody has heard so.
    await eventually(async () => {
      expect(await textsIn(keys.events, redis)).toStrictEqual(['0', '1']);
    });
    proxy.mute(false);
    one.add([keys.event('2')]);
    await eventually(async () => {
      expect(await one.flush()).toBe('empty');
    });
    expect(await textsIn(keys.events, redis)).toStrictEqual(['0', '1', '2']);
  } finally {
    await proxy.close();
  }
});
