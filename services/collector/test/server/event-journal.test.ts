import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { momentNow } from '@mediamtx-monitor/runtime';
import { createFakeClock, createLogRecorder, eventually, testRedis } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { derive, NO_MEMORY } from '../../src/derive/index.ts';
import { EventOutbox } from '../../src/publish/index.ts';
import { EventJournal } from '../../src/server/event-journal.ts';
import { observation, rtmpConnection, SETTINGS, TICK_MS, type TickFacts } from '../derive/facts.ts';
import { LIVE, NONE } from '../derive/events/story.ts';
import { readStoredEvents } from '../support/stored-events.ts';

const { url, prefix } = testRedis();
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
async function keeping() {
  const names = redisNames(`${prefix}:${randomUUID()}`);
  const redis = new Redis(url, { lazyConnect: true, enableOfflineQueue: false });
  connections.push(redis);
  await redis.connect();
  const clock = createFakeClock('2026-11-29T12:00:00.000Z');
  let epoch = 0;
  const collector = () => {
    epoch += 1;
    const own = epoch;
    const outbox = new EventOutbox({ redis, clock, names, server: 'main', owner: randomUUID() });
    const { logger } = createLogRecorder();
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
  return { redis, goAway, clock, collector, stored, typesOf };
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
  expect(await typesOf()).not.toContain('server.unobserved');
});
