import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually, type RedisServer, startRedisServer } from '@mediamtx-monitor/testkit';
import { joinMessage } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { PUBLISH_SCRIPT, scriptInput } from '../../src/redis/publish-script.ts';
import { useConnections } from '../support/redis-connections.ts';

const HEAD = '{"v":1,"server":"main","epoch":1,"seq":1}';
const ARRAY = '[1,2]';
const MESSAGE = joinMessage('streams', HEAD, ARRAY);

/** Of each test's own: who listens by a pattern, and that there was a replica, is nobody else's. */
let server: RedisServer;
const ended = useConnections();
let redis: Redis;
beforeEach(async () => {
  server = await startRedisServer(['--repl-diskless-sync', 'yes', '--repl-diskless-sync-delay', '0']);
  redis = ended(new Redis(server.url));
});
afterEach(() => server.stop());

async function tick(publisher = redis): Promise<void> {
  const { keys, args } = scriptInput('guard', { epoch: 1, seq: 1 }, Number.MAX_SAFE_INTEGER, {
    sets: [{ key: 'array', value: ARRAY }],
    publishes: [
      { channel: 'streams', message: { topic: 'streams', head: HEAD, array: ARRAY } },
      { channel: 'heads', message: HEAD },
    ],
  });
  await publisher.eval(PUBLISH_SCRIPT, keys.length, ...keys, ...args);
}

/** How often something was published since the beginning of the test. */
async function published(): Promise<number> {
  const [, calls] = /^cmdstat_publish:calls=(\d+)/m.exec(await redis.info('commandstats')) ?? [];
  return Number(calls ?? 0);
}

/** What a listener hears. */
function heardBy(listener: Redis): string[] {
  const heard: string[] = [];
  listener.on('message', (_channel, message) => heard.push(message));
  listener.on('pmessage', (_pattern, _channel, message) => heard.push(message));
  return heard;
}

test('an array that nobody hears is stored and not published; what is small always is', async () => {
  await tick();
  expect(await published()).toBe(1);
  expect(await redis.get('array')).toBe(ARRAY);
});

test('whoever subscribes hears each tick from then on, and none is published once they have left', async () => {
  const listener = ended(new Redis(server.url));
  const heard = heardBy(listener);
  await listener.subscribe('streams');
  for (let ticks = 0; ticks < 3; ticks += 1) await tick();
  await eventually(() => {
    expect(heard).toStrictEqual([MESSAGE, MESSAGE, MESSAGE]);
  });
  await listener.unsubscribe('streams');
  await tick();
  expect(await published()).toBe(3 + 4);
});

/** A tick of a server with a channel of its own, which those who don’t know that one find on the shared one. */
async function tickOfOne(publisher = redis): Promise<void> {
  const message = { topic: 'streams', head: HEAD, array: ARRAY } as const;
  const { keys, args } = scriptInput('guard', { epoch: 1, seq: 1 }, Number.MAX_SAFE_INTEGER, {
    publishes: [
      { channel: 'one:streams', message },
      { channel: 'streams', message, unlessAlso: 'mark' },
    ],
  });
  await publisher.eval(PUBLISH_SCRIPT, keys.length, ...keys, ...args);
}

test('on a shared channel only those count who don’t subscribe to the mark, too', async () => {
  const newer = ended(new Redis(server.url));
  await newer.subscribe('streams', 'mark');
  await tickOfOne();
  expect(await published()).toBe(0);
  const older = ended(new Redis(server.url));
  const heard = heardBy(older);
  await older.subscribe('streams');
  await tickOfOne();
  expect(await published()).toBe(1);
  await eventually(() => {
    expect(heard).toStrictEqual([MESSAGE]);
  });
  await older.unsubscribe('streams');
  await tickOfOne();
  expect(await published()).toBe(1);
});

test('nothing is published twice for who listens by a pattern, but for who may not ask it is', async () => {
  const listener = ended(new Redis(server.url));
  await listener.psubscribe('*');
  await tickOfOne();
  expect(await published()).toBe(1);
  await redis.acl('SETUSER', 'old', 'on', '>old', '~*', '&*', '+@all', '-pubsub', '-info');
  const publisher = ended(
    new Redis(server.port, { username: 'old', password: 'old', enableReadyCheck: false }),
  );
  await tickOfOne(publisher);
  expect(await published()).toBe(3);
});

test('who subscribes by a pattern hears each tick', async () => {
  const listener = ended(new Redis(server.url));
  const heard = heardBy(listener);
  await listener.psubscribe('str*');
  await tick();
  await eventually(() => {
    expect(heard).toStrictEqual([MESSAGE]);
  });
});

test('a publisher that may not ask who listens publishes all', async () => {
  await redis.acl('SETUSER', 'old', 'on', '>old', '~*', '&*', '+@all', '-pubsub', '-info');
  const publisher = ended(
    new Redis(server.port, { username: 'old', password: 'old', enableReadyCheck: false }),
  );
  await tick(publisher);
  expect(await published()).toBe(2);
});

test('who listens at a replica hears each tick', async () => {
  // A replica writes what it gets to a file, which any Redis that is started there later would read.
  const folder = mkdtempSync(join(tmpdir(), 'replica-'));
  const replica = await startRedisServer(['--dir', folder, '--replicaof', '127.0.0.1', String(server.port)]);
  try {
    const listener = ended(new Redis(replica.url));
    const heard = heardBy(listener);
    await eventually(async () => {
      expect(await listener.info('replication')).toContain('master_link_status:up');
    });
    await listener.subscribe('streams');
    await tick();
    await eventually(() => {
      expect(heard).toStrictEqual([MESSAGE]);
    });
  } finally {
    await replica.stop();
    rmSync(folder, { recursive: true });
  }
});
