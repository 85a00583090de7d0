import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { momentNow } from '@mediamtx-monitor/runtime';
import {
  createFakeClock,
  createLogRecorder,
  eventually,
  startRedisServer,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { derive, NO_MEMORY } from '../../src/derive/index.ts';
import { EventOutbox } from '../../src/publish/index.ts';
import { EventJournal } from '../../src/server/event-journal.ts';
import { observation, pathFact, rtmpConnection, SETTINGS, TICK_MS, type TickFacts } from '../derive/facts.ts';
import { LIVE, NONE } from '../derive/events/story.ts';
import { readStoredEvents } from '../support/stored-events.ts';

const { url: commonUrl, prefix } = testRedis();
const connections: Redis[] = [];
afterEach(() => {
  for (const redis of connections.splice(0)) redis.disconnect();
});

/** `cam`, and a viewer that has taken so much. */
const watched = (outboundBytes: number): TickFacts => ({
  ...LIVE,
  connections: [rtmpConnection(0, { outboundBytes })],
});

/** What collectors of one server write down, one after the other, while the durable Redis is there, or isn't. */
async function keeping(url = commonUrl) {
  const names = redisNames(`${prefix}:${randomUUID()}`);
  const redis = new Redis(url, { lazyConnect: true, enableOfflineQueue: false });
  connections.push(redis);
  await redis.connect();
  const clock = createFakeClock('2026-11-29T12:00:00.000Z');
  const { logger, messages } = createLogRecorder();
  let epoch = 0;
  const collector = () => {
    epoch += 1;
    const own = epoch;
    const outbox = new EventOutbox({ redis, clock, names, server: 'main', owner: randomUUID() });
    const journal = new EventJournal({ outbox, clock, logger, derivation: SETTINGS, intervalMs: TICK_MS });
    let memory = NO_MEMORY;
    const tick = (facts: TickFacts) => {
      clock.advance(TICK_MS);
      const now = momentNow(clock);
      const derived = derive(memory, observation(facts, now.monotonicMs), SETTINGS, now);
      memory = derived.memory;
      journal.compare(derived.snapshot, memory, now);
      const published = { ...derived.snapshot, gone: journal.gone };
      journal.ticked(own, 'published');
      return published;
    };
    const isThere = (): Promise<void> =>
      eventually(() => {
        expect(journal.health).toMatchObject({ status: 'ok', waiting: 0 });
      });
    return { journal, tick, isThere };
  };
  const goAway = async (): Promise<void> => {
    const ended = once(redis, 'end');
    redis.disconnect();
    await ended;
  };
  const stored = () => readStoredEvents(url, names);
  const typesOf = async () => (await stored()).events.map(({ type }) => type);
  return { redis, names, goAway, clock, messages, collector, stored, typesOf };
}

test('the durable Redis is away for an hour: all that happened is told then, once, with its own time', async () => {
  const { redis, goAway, collector, stored, clock } = await keeping();
  const { tick, isThere, journal } = collector();
  tick(NONE);
  await isThere();
  await goAway();
  const times: string[] = [];
  for (let second = 0; second < 3_600; second += 120) {
    for (let passed = 0; passed < 60; passed += TICK_MS / 1_000) {
      tick(LIVE);
      if (passed === 0) times.push(new Date(clock.wallMs()).toISOString());
    }
    for (let passed = 0; passed < 60; passed += TICK_MS / 1_000) {
      tick(NONE);
      if (passed === 0) times.push(new Date(clock.wallMs()).toISOString());
    }
  }
  await eventually(() => {
    expect(journal.health.status).toBe('failed');
  });
  await redis.connect();
  tick(NONE);
  await isThere();
  const told = (await stored()).events.filter(({ type }) => /^stream\.(?:online|offline)$/.test(type));
  expect(told.map(({ at, type }) => `${at} ${type}`)).toStrictEqual(
    times.map((at, place) => `${at} stream.${place % 2 === 0 ? 'online' : 'offline'}`),
  );
});

test('a durable Redis that only reads is told once, with what to do; nothing is lost', async () => {
  const server = await startRedisServer();
  try {
    const { redis, collector, typesOf, messages } = await keeping(server.url);
    const { tick, isThere, journal } = collector();
    tick(NONE);
    await isThere();
    await redis.replicaof('127.0.0.1', 1);
    for (const [index, facts] of [LIVE, NONE].entries()) {
      tick(facts);
      await eventually(async () => {
        const [, refused] = /errorstat_READONLY:count=(\d+)/.exec(await redis.info('errorstats')) ?? [];
        expect(Number(refused)).toBeGreaterThan(index);
        expect(journal.health.status).toBe('failed');
      });
    }
    await redis.replicaof('NO', 'ONE');
    tick(LIVE);
    await isThere();
    expect(messages('warn')).toStrictEqual([
      expect.stringContaining('it is a replica, which only reads: REDIS_DURABLE_URL has to name its primary'),
    ]);
    expect(messages('info')).toStrictEqual(['events and sessions are stored again']);
    const types = (await typesOf()).filter((type) => type !== 'stream.health');
    expect(types).toStrictEqual([
      ...['server.unobserved', 'stream.online', 'stream.offline', 'stream.restarted'],
    ]);
  } finally {
    await server.stop();
  }
});

test('a durable Redis that is restored from yesterday’s backup: what changed since is told once, as seen late', async () => {
  const { redis, names, collector, stored, typesOf, clock } = await keeping();
  const { tick, isThere } = collector();
  tick(NONE);
  await isThere();
  tick(watched(1_000));
  await isThere();
  const keys = [names.events, names.eventBaseline('main')];
  const backup = await Promise.all(keys.map((key) => redis.dumpBuffer(key)));
  const backupAt = new Date(clock.wallMs()).toISOString();
  const before = (await stored()).eventIds;
  tick(LIVE);
  await isThere();
  clock.advance(86_400_000 - TICK_MS);
  tick(NONE);
  await isThere();
  await redis.del(names.sessions);
  await Promise.all(keys.map((key, place) => redis.restore(key, 0, backup[place] ?? '', 'REPLACE')));
  await eventually(async () => {
    tick(NONE);
    expect(await typesOf()).toContain('connection.closed');
  });
  const { events, eventIds, sessions } = await stored();
  expect(eventIds.slice(0, before.length)).toStrictEqual(before);
  expect(events.slice(before.length)).toMatchObject([
    { type: 'server.unobserved', unseenSince: backupAt },
    { type: 'stream.offline', unseenSince: backupAt },
    { type: 'connection.closed', unseenSince: backupAt, outboundBytes: 1_000 },
  ]);
  expect(sessions).toHaveLength(1);
});

test('a session goes on as another collector takes over in its midst, and has one end', async () => {
  const { collector, stored } = await keeping();
  const first = collector();
  first.tick(NONE);
  await first.isThere();
  first.tick(watched(1_000));
  await first.isThere();
  const second = collector();
  second.journal.restored(first.tick(watched(2_000)));
  second.tick(watched(3_000));
  await second.isThere();
  // The first one doesn't know yet, and sees the end, too.
  first.tick(LIVE);
  second.tick(LIVE);
  await second.isThere();
  await eventually(() => {
    expect(first.journal.health.status).toBe('waiting');
  });
  const { events, sessions } = await stored();
  expect(events.map(({ type }) => type)).toStrictEqual([
    ...['server.unobserved', 'stream.online', 'connection.opened', 'connection.closed'],
  ]);
  expect(sessions).toMatchObject([{ connection: 'rtmp-1', outboundBytes: 3_000 }]);
});

test('10,000 streams that go in one tick are told in that order, in batches that Redis takes one by one', async () => {
  const { collector, stored } = await keeping();
  const { tick, isThere } = collector();
  const all = Array.from({ length: 10_000 }, (_, n) => `cam-${String(n).padStart(5, '0')}`);
  tick(NONE);
  await isThere();
  tick({ paths: all.map((name) => pathFact({ name })) });
  await isThere();
  tick(NONE);
  await isThere();
  const { events } = await stored();
  const gone = events.flatMap((event) => (event.type === 'stream.offline' ? [event.stream] : []));
  expect(gone).toStrictEqual(all);
});

test.each([
  ['that saw it go', false],
  ['that was started meanwhile', true],
])(
  'bytes of who goes while the durable Redis is away outlive a collector %s and is killed',
  async (_which, isStartedMeanwhile) => {
    const { redis, goAway, collector, stored } = await keeping();
    const first = collector();
    first.tick(NONE);
    await first.isThere();
    first.tick(watched(1_000));
    await first.isThere();
    let last = first;
    let published = first.tick(watched(5_000));
    await first.isThere();
    await goAway();
    if (isStartedMeanwhile) {
      last = collector();
      last.journal.restored(published);
    }
    last.tick(watched(9_000));
    last.tick(LIVE);
    published = last.tick(LIVE);
    await redis.connect();
    const next = collector();
    next.journal.restored(published);
    next.tick(LIVE);
    await next.isThere();
    expect(published.connections).toStrictEqual([]);
    expect((await stored()).sessions).toMatchObject([{ connection: 'rtmp-1', outboundBytes: 9_000 }]);
    expect(next.journal.gone).toStrictEqual([]);
  },
);

test('one that stops in order writes down when it looked last, and all totals', async () => {
  const { collector, stored, typesOf, clock } = await keeping();
  const first = collector();
  first.tick(NONE);
  await first.isThere();
  for (let ticks = 0; ticks < 4; ticks += 1) first.tick(watched(1_000 * ticks));
  const at = new Date(clock.wallMs()).toISOString();
  await first.journal.stop();
  const { baseline } = await stored();
  expect(JSON.parse(baseline['server'] ?? '')).toMatchObject({ lookedAt: at, listedAt: at });
  expect(JSON.parse(baseline['connection rtmp-1'] ?? '')).toMatchObject({ outboundBytes: 3_000 });
  clock.advance(2 * TICK_MS);
  const next = collector();
  next.tick(watched(4_000));
  await next.isThere();
  // That of the very first look.
  expect((await typesOf()).lastIndexOf('server.unobserved')).toBe(0);
});
