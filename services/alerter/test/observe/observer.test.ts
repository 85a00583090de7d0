import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  createFakeClock,
  createLogRecorder,
  type FakeClock,
  type LogRecorder,
  startRedisServer,
  streamRecord,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { type AlertSubject, redisNames, type RedisNames, type StreamsHead } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { subjectKey } from '../../src/model.ts';
import { LiveObserver } from '../../src/observe/index.ts';
import { useConnections } from '../../../../packages/runtime/test/support/redis-connections.ts';
import { reason } from '../support/messages.ts';
import { publishedServer, publishHost, troubled } from '../support/published.ts';
import { isSeen, reasonsOf } from '../support/sight.ts';

const ended = useConnections();
const connect = (url: string): Redis => {
  const redis = ended(new Redis(url, { maxRetriesPerRequest: 0, retryStrategy: () => 50 }));
  redis.on('error', () => undefined);
  return redis;
};
let redis: Redis;
let names: RedisNames;
let clock: FakeClock;
let log: LogRecorder;
let observer: LiveObserver;
beforeEach(() => {
  const { url, prefix } = testRedis();
  redis = connect(url);
  names = redisNames(prefix);
  clock = createFakeClock();
  log = createLogRecorder();
  observer = lookAt(redis, names);
});
const lookAt = (live: Redis, names: RedisNames): LiveObserver =>
  new LiveObserver({ redis: live, durable: redis, names, clock, logger: log.logger });

const CAM: AlertSubject = { kind: 'stream', server: 'main', stream: 'cam' };
const OTHER: AlertSubject = { kind: 'stream', server: 'main', stream: 'other' };
const MAIN: AlertSubject = { kind: 'server', server: 'main' };
const HOST: AlertSubject = { kind: 'host', host: 'media-1' };

describe('a server', () => {
  test('that is well is seen, and all of its streams', async () => {
    await publishedServer(redis, names).publish();
    const sight = await observer.observe();
    expect(sight).toMatchObject({ isRead: true, freshServers: 1 });
    expect([...sight.observation.ill]).toStrictEqual([]);
    expect(isSeen(sight, MAIN, CAM, { kind: 'server', server: 'unknown' })).toStrictEqual([
      true,
      true,
      false,
    ]);
  });

  test.each([
    [
      'MediaMTX refused the connection at http://127.0.0.1:9997: it isn’t running. Put in:\napi: true',
      'MediaMTX refused the connection at http://127.0.0.1:9997',
    ],
    [
      'The host of http://nowhere can’t be found (ENOTFOUND). Check it.',
      'The host of http://nowhere can’t be found (ENOTFOUND)',
    ],
    ['It took too long', 'It took too long'],
  ])('that can’t be read says why, and not what to do about it: %#', async (error, detail) => {
    const source = { status: 'down', error, version: null } as const;
    const reasons = [reason({ code: 'server-unreachable' }), reason({ code: 'list-missing' })];
    await publishedServer(redis, names).publish({ attention: null, source, reasons });
    const { observation } = await observer.observe();
    expect(observation.ill.get(subjectKey(MAIN))?.reasons.map(({ detail = null }) => detail)).toStrictEqual([
      detail,
      null,
    ]);
  });

  test('has no more reasons than are kept, and these say no more', async () => {
    const reasons = Array.from({ length: 30 }, () =>
      reason({ code: 'list-missing', detail: 'x'.repeat(1_000) }),
    );
    await publishedServer(redis, names).publish({
      attention: { count: 1, worst: [troubled('cam', ...reasons)] },
    });
    const { observation } = await observer.observe();
    const seen = observation.ill.get(subjectKey(CAM))?.reasons ?? [];
    expect(seen.map(({ detail }) => detail?.length)).toStrictEqual(new Array(20).fill(500));
  });

  test('tells which streams something is wrong with, and for how long by its own clock', async () => {
    const publishedAt = '1999-01-01T00:01:00.000Z';
    const worst = [
      troubled(
        'cam',
        reason({ since: '1999-01-01T00:00:30.000Z' }),
        reason({ code: 'discards', severity: 'warning', since: '1999-02-01T00:00:00.000Z' }),
      ),
      troubled('other', reason({ since: '1990-01-01T00:00:00.000Z' })),
    ];
    const server = publishedServer(redis, names);
    await server.publish({ publishedAt, attention: { count: 2, worst } });
    await observer.observe();
    await server.publish({ publishedAt, attention: { count: 2, worst } });
    const sight = await observer.observe();
    expect(reasonsOf(sight, CAM)).toStrictEqual([
      ['off-air', 'critical', 30_000],
      ['discards', 'warning', 0],
    ]);
    expect(reasonsOf(sight, OTHER)).toStrictEqual([['off-air', 'critical', 86_400_000]]);
  });

  test('that can’t be read is in trouble, and none of its streams is seen', async () => {
    const reasons = [reason({ code: 'server-unreachable' })];
    await publishedServer(redis, names).publish({ attention: null, reasons });
    const sight = await observer.observe();
    expect(reasonsOf(sight, MAIN)).toStrictEqual([['server-unreachable', 'critical', expect.any(Number)]]);
    expect(isSeen(sight, MAIN, CAM)).toStrictEqual([true, false]);
  });

  test('of a severity that isn’t known is in trouble that is a warning', async () => {
    const unknown = JSON.parse('"catastrophic"') as 'critical';
    const worst = [troubled('cam', reason({ severity: unknown }))];
    await publishedServer(redis, names).publish({ attention: { count: 1, worst } });
    expect(reasonsOf(await observer.observe(), CAM)).toMatchObject([
      ['off-air', 'warning', expect.any(Number)],
    ]);
  });

  test('that isn’t listed any more isn’t seen', async () => {
    await publishedServer(redis, names).publish();
    await observer.observe();
    await redis.hdel(names.servers, 'main');
    expect(isSeen(await observer.observe(), MAIN, CAM)).toStrictEqual([false, false]);
  });
});

describe('streams that a head has no room for', () => {
  const array = (...streams: readonly unknown[]) =>
    redis.set(names.latest('streams', 'main'), JSON.stringify(streams));
  const more: Pick<StreamsHead, 'attention'> = { attention: { count: 2, worst: [troubled('cam')] } };

  test('are read from the array', async () => {
    await array(
      streamRecord({ name: 'well' }),
      streamRecord({ name: 'cam', reasons: [reason()] }),
      streamRecord({ name: 'other', reasons: [reason({ severity: 'warning', code: 'stalled' })] }),
    );
    await publishedServer(redis, names).publish(more);
    const sight = await observer.observe();
    expect([...sight.observation.ill.keys()]).toStrictEqual([subjectKey(CAM), subjectKey(OTHER)]);
    expect(isSeen(sight, { ...CAM, stream: 'well' })).toStrictEqual([true]);
  });

  test('of a collector that says nothing of attention are, too', async () => {
    await array(streamRecord({ name: 'cam', reasons: [reason()] }));
    const { publish } = publishedServer(redis, names);
    const head = { ...(await publish()), attention: undefined, seq: 2 };
    await redis.hset(names.servers, 'main', JSON.stringify(head));
    expect(reasonsOf(await observer.observe(), CAM)).toBeDefined();
    // While it can't read the path list, the array is that of before.
    const source = { status: 'down', error: 'refused', version: null };
    await redis.hset(names.servers, 'main', JSON.stringify({ ...head, source, seq: 3 }));
    const sight = await observer.observe();
    expect(reasonsOf(sight, CAM)).toBeUndefined();
    expect(isSeen(sight, CAM)).toStrictEqual([false]);
  });

  test.each([
    ['is gone', null],
    ['is no JSON', '[{'],
    ['is no array', '{}'],
    ['has no streams', '[{"name":1}]'],
  ])('aren’t seen where the array %s', async (_, text) => {
    if (text !== null) await redis.set(names.latest('streams', 'main'), text);
    await publishedServer(redis, names).publish(more);
    const sight = await observer.observe();
    expect([...sight.observation.ill.keys()]).toStrictEqual([subjectKey(CAM)]);
    expect(isSeen(sight, MAIN, OTHER)).toStrictEqual([true, false]);
  });
});

describe('a host', () => {
  const ofHost = { host: 'media-1', seq: 1 };

  test('is seen with what is wrong with it, and not once it is silent', async () => {
    const reasons = [reason({ code: 'disk-high', severity: 'warning' })];
    await publishHost(redis, names, ofHost, { health: 'warning', reasons });
    const sight = await observer.observe();
    expect(reasonsOf(sight, HOST)).toMatchObject([['disk-high', 'warning', expect.any(Number)]]);
    expect(isSeen(sight, HOST)).toStrictEqual([true]);
    clock.advance(15_001 + 60_000);
    const silent = await observer.observe();
    expect(reasonsOf(silent, HOST)).toBeUndefined();
    expect(isSeen(silent, HOST)).toStrictEqual([false]);
  });

  test.each([
    ['an agent before 0.2', {}],
    ['one of whose shares nothing is known', { health: 'unknown', reasons: [] }],
    ['reasons that are none', { health: 'ok', reasons: [{ code: 1 }] }],
  ])('isn’t seen by %s', async (_, record) => {
    await publishHost(redis, names, ofHost, record);
    expect(isSeen(await observer.observe(), HOST)).toStrictEqual([false]);
  });
});

describe('what stands in Redis otherwise', () => {
  test.each([
    ['no JSON', 'nonsense'],
    ['another server', JSON.stringify({ server: 'other' })],
    ['too long', ' '.repeat(1_048_577)],
    ['an absurd attention', '{"attention":{"count":-1,"worst":[]}}'],
  ])('is not seen: %s', async (_, text) => {
    await redis.hset(names.servers, 'main', text);
    const sight = await observer.observe();
    expect(sight.isRead).toBe(true);
    expect(isSeen(sight, MAIN, CAM)).toStrictEqual([false, false]);
  });

  test('is told once, and what was seen before holds until it is silent', async () => {
    const server = publishedServer(redis, names);
    await server.publish();
    await observer.observe();
    await server.publish({ source: JSON.parse('null') as StreamsHead['source'] });
    for (let look = 0; look < 3; look += 1) {
      expect(isSeen(await observer.observe(), MAIN)).toStrictEqual([true]);
    }
    expect(log.messages('warn')).toHaveLength(1);
    expect(log.messages('warn')[0]).toContain(`what Redis has of a server can't be used`);
  });

  test('of another kind, as of servers that are too many, blinds', async () => {
    await redis.set(names.servers, 'a string');
    expect(await observer.observe()).toMatchObject({ isRead: false, freshServers: 0 });
    await redis.del(names.servers);
    const many = Array.from({ length: 1_001 }, (_, index) => [`s-${index}`, 'x'] as const);
    await redis.hset(names.servers, Object.fromEntries(many));
    expect(await observer.observe()).toMatchObject({ isRead: false, freshServers: 0 });
    expect(log.messages('warn').at(-1)).toBe(
      `servers can't be read: there are 1001, and at most 1000 are possible`,
    );
  });
});

test('while Redis is away nothing is seen, and all of it when it is back', async () => {
  const own = await startRedisServer();
  try {
    const away = connect(own.url);
    const ownNames = redisNames('own');
    const looking = lookAt(away, ownNames);
    const server = publishedServer(away, ownNames);
    await server.publish();
    expect(isSeen(await looking.observe(), MAIN)).toStrictEqual([true]);
    await own.stop();
    const blind = await looking.observe();
    expect(blind.isRead).toBe(false);
    expect(isSeen(blind, MAIN, CAM, HOST)).toStrictEqual([false, false, false]);
    await own.start();
    await publishedServer(connect(own.url), ownNames).publish({ seq: 2 });
    let sight = await looking.observe();
    while (!sight.isRead) sight = await looking.observe();
    expect(isSeen(sight, MAIN, CAM)).toStrictEqual([true, true]);
  } finally {
    await own.stop();
  }
});

test('streams whose array could not be read are unknown, not as they were before', async () => {
  const own = await startRedisServer();
  try {
    const ownNames = redisNames('own');
    const admin = connect(own.url);
    const mayRead = (...keys: readonly string[]) =>
      admin.call(
        'ACL',
        ...['SETUSER', 'alerter', 'on', 'nopass', '+@all', 'resetkeys'],
        ...keys.map((key) => `~${key}`),
      );
    await mayRead('*');
    const limited = connect(own.url.replace('//', '//alerter:x@'));
    const looking = lookAt(limited, ownNames);
    const server = publishedServer(admin, ownNames);
    await server.publish();
    expect(isSeen(await looking.observe(), CAM)).toStrictEqual([true]);
    await mayRead(ownNames.servers, ownNames.hostsSeen);
    await server.publish({ attention: { count: 2, worst: [troubled('cam')] } });
    expect(await looking.observe()).toMatchObject({ isRead: false });
    const sight = await looking.observe();
    expect(sight.isRead).toBe(true);
    expect(isSeen(sight, MAIN, CAM)).toStrictEqual([true, false]);
  } finally {
    await own.stop();
  }
});
