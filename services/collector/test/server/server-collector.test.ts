import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFakeClock, createLogRecorder, eventually, testRedis } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { createCollectorParts } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import type { PathFact } from '../../src/facts.ts';
import { observation, pathFact } from '../derive/facts.ts';
import { readStoredEvents } from '../support/stored-events.ts';
import { storeServer } from '../support/stored.ts';

let folder: string;
let atEnd: (() => void | Promise<void>)[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'collector-'));
  atEnd = [() => rm(folder, { recursive: true })];
});
afterEach(async () => {
  for (const each of atEnd) await each();
});

const { url, prefix } = testRedis();
let tests = 0;

/** A collector that nobody starts: its ticks are made by hand, and Redis is there once that is started. */
function collecting() {
  const keyPrefix = `${prefix}-${++tests}`;
  const clock = createFakeClock(new Date().toISOString());
  const {
    servers: [collector],
    redis,
  } = createCollectorParts(
    loadConfig({
      MEDIAMTX_API_URL: 'http://127.0.0.1:9',
      REDIS_URL: url,
      REDIS_KEY_PREFIX: keyPrefix,
      JSON_FILE: join(folder, 'streams.json'),
      POLL_INTERVAL_SECONDS: '60',
    }),
    {
      clock,
      logger: createLogRecorder().logger,
      userId: process.getuid?.(),
      inContainer: false,
    },
    { role: 'take-over', isOnlyPoll: false },
  );
  atEnd.push(() => redis.stop());
  /** Leaves the stream `stored` in Redis, as an earlier collector. */
  const leaveStored = async (): Promise<void> => {
    const client = new Redis(url);
    try {
      await storeServer(client, redisNames(keyPrefix), 'main', 5_000, {}, { name: 'stored' });
    } finally {
      client.disconnect();
    }
  };
  const namesOf = async (paths: readonly PathFact[] | null) => {
    const { redis: outcome, snapshot } = await collector.store(observation({ paths }));
    return [outcome instanceof Error ? 'not stored' : 'stored', ...snapshot.streams.map(({ name }) => name)];
  };
  return { collector, redis, clock, names: redisNames(keyPrefix), leaveStored, namesOf };
}

test('a tick that can’t be written as text fails with an error, and the next one is told', async () => {
  const { collector, redis } = collecting();
  await redis.start();
  // Constructed: it stands for more streams than the longest text can hold.
  const unwritable = { ...pathFact(), sourceId: 1n } as unknown as PathFact;
  const failed = await collector.store(observation({ paths: [unwritable] }));
  expect(failed).toMatchObject({
    redis: expect.any(TypeError),
    messageBytes: null,
    file: expect.any(TypeError),
  });
  const stored = await collector.store(observation({ paths: [pathFact()] }));
  expect(stored.redis).not.toBeInstanceOf(Error);
  expect(stored.file).toBe('written');
  expect(JSON.parse(await readFile(join(folder, 'streams.json'), 'utf8'))).toMatchObject([{ name: 'cam' }]);
});

test('what happens in a tick that Redis gets too late is stored all the same, once', async () => {
  const { collector, redis, clock, names } = collecting();
  await redis.start();
  const tick = async (...paths: PathFact[]) => (await collector.store(observation({ paths }))).redis;
  const told = async () =>
    (await readStoredEvents(url, names)).events
      .filter(({ type }) => type !== 'stream.health' && type !== 'server.unobserved')
      .map(({ type, at }) => [type, Date.parse(at)]);
  expect(await tick(pathFact())).toBe('published');
  await eventually(() => {
    expect(collector.health.events).toMatchObject({ status: 'ok', waiting: 0 });
  });
  // As if the tick had lain in a socket for so long.
  clock.advance(-600_000);
  expect(await tick()).toBe('late');
  const offline = ['stream.offline', clock.wallMs()];
  await eventually(async () => {
    expect(await told()).toStrictEqual([offline]);
  });
  clock.advance(2_000);
  expect(await tick(pathFact())).toBe('published');
  await eventually(async () => {
    expect(await told()).toStrictEqual([offline, ['stream.restarted', clock.wallMs()]]);
  });
});

describe('what an earlier collector knew', () => {
  test('is gone on with at the first contact with Redis', async () => {
    const { redis, leaveStored, namesOf } = collecting();
    await leaveStored();
    await redis.start();
    expect(await namesOf(null)).toStrictEqual(['stored', 'stored']);
  });

  test('doesn’t take the place of what was read since, while Redis was away', async () => {
    const { redis, leaveStored, namesOf } = collecting();
    await leaveStored();
    expect(await namesOf([pathFact()])).toStrictEqual(['not stored', 'cam']);
    await redis.start();
    await eventually(async () => {
      expect(await namesOf(null)).toStrictEqual(['stored', 'cam']);
    });
  });

  test('is looked for once, also where nothing is known of a server', async () => {
    const { redis, namesOf } = collecting();
    await redis.start();
    expect(await namesOf(null)).toStrictEqual(['stored']);
    expect(await namesOf(null)).toStrictEqual(['stored']);
  });
});
