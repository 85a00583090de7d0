import { beforeEach, describe, expect, test } from '@jest/globals';
import { createLogRecorder, type LogRecorder, startRedisServer, testRedis } from '@mediamtx-monitor/testkit';
import { type AlertCause, redisNames, type RedisNames } from '@mediamtx-monitor/types';
import type { Redis } from 'ioredis';
import { subjectKey } from '../../src/model.ts';
import { DepartureWatch } from '../../src/observe/departures.ts';
import { useConnections } from '../../../../packages/runtime/test/support/redis-connections.ts';
import { commandRedis } from '../support/command-redis.ts';

const ended = useConnections();
let redis: Redis;
let names: RedisNames;
let log: LogRecorder;
let watch: DepartureWatch;
beforeEach(async () => {
  const { url, prefix } = testRedis();
  redis = await commandRedis(url, ended);
  names = redisNames(prefix);
  log = createLogRecorder();
  watch = new DepartureWatch({ redis, names, logger: log.logger });
});

const happens = (type: string, members: Readonly<Record<string, unknown>> = {}, stream = 'cam') =>
  redis.xadd(
    names.events,
    '*',
    'json',
    JSON.stringify({ type, server: 'main', stream, sourceType: 'srtConn', cause: null, ...members }),
  );
const goes = (source: string) => happens('stream.offline', { cause: { source, text: null } });
const causeOf = async (stream = 'cam'): Promise<AlertCause | null> => {
  await watch.read(Date.now());
  return watch.causeOf(subjectKey({ kind: 'stream', server: 'main', stream }));
};

describe('why a stream went', () => {
  test.each([
    ['server-restarted', 'server-restarted'],
    ['path-changed', 'path-changed'],
    ['missing-from-list', null],
    ['unknown', null],
    ['last-error', null],
    ['of a newer collector', null],
  ])('is known where its event says %s: %s', async (source, cause) => {
    await goes(source);
    expect(await causeOf()).toBe(cause);
    expect(await causeOf('other')).toBeNull();
  });

  test('is that no data came any more, where nothing else is said of it', async () => {
    await happens('stream.stalled');
    await goes('missing-from-list');
    expect(await causeOf()).toBe('stalled');
    await goes('server-restarted');
    expect(await causeOf()).toBe('server-restarted');
  });

  test('is not that a browser stalls whose page is closed', async () => {
    await happens('stream.stalled', { sourceType: 'webRTCSession' });
    await goes('missing-from-list');
    expect(await causeOf()).toBeNull();
  });

  test.each(['stream.online', 'stream.restarted', 'stream.recovered'])(
    'is forgotten with %s',
    async (type) => {
      await happens('stream.stalled');
      expect(await causeOf()).toBe('stalled');
      await happens(type);
      expect(await causeOf()).toBeNull();
    },
  );

  test('is read from 10 minutes before the start on, and each event once', async () => {
    const nowMs = Date.now();
    const json = JSON.stringify({ type: 'stream.stalled', server: 'main', stream: 'cam' });
    await redis.xadd(names.events, `${nowMs - 601_000}-0`, 'json', json);
    expect(await causeOf()).toBeNull();
    await redis.xadd(names.events, `${nowMs - 599_000}-0`, 'json', json.replace('cam', 'other'));
    expect(await causeOf('other')).toBe('stalled');
    await redis.xadd(names.events, `${nowMs - 598_000}-0`, 'json', json);
    expect(await causeOf()).toBe('stalled');
  });

  test.each([
    'no json',
    '[]',
    '{"type":"stream.offline","server":"main"}',
    '{"type":1}',
    '{"type":"stream.offline","server":"main","stream":"cam","cause":7}',
  ])('is not said by %s, which is passed over', async (json) => {
    await redis.xadd(names.events, '*', 'json', json);
    await goes('path-changed');
    expect(await causeOf()).toBe('path-changed');
    expect(log.lines).toStrictEqual([]);
  });

  test('is remembered of the 20,000 streams that went last', async () => {
    for (let start = 0; start <= 20_000; start += 1_000) {
      const batch = redis.pipeline();
      for (let index = start; index < start + 1_000 && index <= 20_000; index += 1) {
        const json = JSON.stringify({ type: 'stream.stalled', server: 'main', stream: `cam ${index}` });
        batch.xadd(names.events, '*', 'json', json);
      }
      await batch.exec();
      await watch.read(Date.now());
    }
    expect(await causeOf('cam 0')).toBeNull();
    expect(await causeOf('cam 1')).toBe('stalled');
    expect(await causeOf('cam 20000')).toBe('stalled');
  });
});

test('a Redis that is away, or has no events in that place, is told', async () => {
  await redis.set(names.events, 'a string');
  expect(await causeOf()).toBeNull();
  expect(log.messages('warn').concat(log.messages('error'))).toHaveLength(1);
  const away = await startRedisServer();
  const connection = await commandRedis(away.url, ended);
  await away.stop();
  const looking = new DepartureWatch({ redis: connection, names, logger: log.logger });
  await looking.read(Date.now());
  expect(looking.causeOf('stream:main:cam')).toBeNull();
});
