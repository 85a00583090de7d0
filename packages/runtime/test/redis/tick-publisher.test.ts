import { once } from 'node:events';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createFakeClock, testRedis } from '@mediamtx-monitor/testkit';
import { MAX_EPOCH_AHEAD_MS, MAX_SEQ, type TickNumber } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import {
  HeadLeases,
  RedisAwayError,
  releasedHead,
  SupersededError,
  type TickOutcome,
  TickPublisher,
  type TickPublisherOptions,
} from '../../src/index.ts';
import { useConnections } from '../support/redis-connections.ts';

const { url, prefix } = testRedis();
const ended = useConnections();
const DAY_MS = MAX_EPOCH_AHEAD_MS;
const clock = createFakeClock();
let redis: Redis;
let guard: string;
let count = 0;
beforeEach(async () => {
  count += 1;
  guard = `${prefix}-${count}`;
  redis = ended(new Redis(url));
  await redis.ping();
});

const publisher = (options: Partial<TickPublisherOptions> = {}): TickPublisher =>
  new TickPublisher({
    redis,
    clock,
    guard,
    commandTimeoutMs: 30_000,
    role: 'take-over',
    ...options,
  });

/** Redis's own Unix time in ms, as a publisher takes it. */
async function redisMs(): Promise<number> {
  const [seconds, microseconds] = await redis.time();
  return Math.ceil(Number(seconds) * 1_000 + Number(microseconds) / 1_000);
}

const headOf = ({ epoch, seq }: TickNumber): string => `{"epoch":${epoch},"seq":${seq}}`;
const store = (epoch: number, seq = 1): Promise<unknown> => redis.set(guard, headOf({ epoch, seq }));
const stored = async (): Promise<TickNumber> => JSON.parse((await redis.get(guard)) ?? '') as TickNumber;

/** One tick, as a collector or an agent makes it. */
async function tick(one: TickPublisher): Promise<TickOutcome> {
  if (!one.hasBegun) await one.begin();
  const number = one.next();
  return one.publish(number, { sets: [{ key: guard, value: headOf(number) }] });
}

describe('who holds', () => {
  const held = async (): Promise<TickPublisher> => {
    const one = publisher({ role: 'hold' });
    const number = await new HeadLeases(redis).take(guard, '0 0');
    if (number === null) throw new Error('not taken');
    one.hold(number);
    return one;
  };

  test('begins with the number with which it was taken, and not before', async () => {
    const early = publisher({ role: 'hold' });
    await expect(early.begin()).rejects.toThrow(RedisAwayError);
    const one = await held();
    const { epoch } = await stored();
    await one.begin();
    expect(one.epoch).toBe(epoch);
    expect(await tick(one)).toBe('published');
    expect(await stored()).toStrictEqual({ epoch, seq: 1 });
  });

  test('begins anew with a greater epoch as long as it is its own', async () => {
    const one = await held();
    await tick(one);
    const { epoch } = await stored();
    await one.begin(epoch + 1_000);
    expect(one.epoch).toBe(epoch + 1_000);
    expect(await stored()).toStrictEqual({ epoch: epoch + 1_000, seq: 1 });
    const next = publisher({ role: 'hold' });
    next.hold({ epoch: epoch + 1_000, seq: 0 }, { isOld: true });
    expect(await tick(next)).toBe('published');
    expect((await stored()).epoch).toBeGreaterThan(epoch + 1_000);
    expect(await tick(one)).toBe('superseded');
  });

  test('overtakes nobody who has taken it since', async () => {
    const one = await held();
    await tick(one);
    const { epoch, seq } = await stored();
    await new HeadLeases(redis).take(guard, `${epoch} ${seq}`);
    const after = await stored();
    await expect(one.begin(epoch + 60_000)).rejects.toThrow(SupersededError);
    expect(await stored()).toStrictEqual(after);
    expect(await tick(one)).toBe('superseded');
  });
});

test.each([
  ['nobody publishes', '', true],
  ['its publisher has given it up', releasedHead(headOf({ epoch: 7, seq: 3 })), true],
  ['somebody publishes', headOf({ epoch: 7, seq: 3 }), false],
])('who joins where %s knows it', async (_name, head, isFree) => {
  if (head !== '') await redis.set(guard, head);
  const one = publisher({ role: 'join' });
  await one.begin();
  expect(one.isFree).toBe(isFree);
});

describe('who takes over', () => {
  test('counts from 1, in an epoch of Redis’s time, whatever the own clock', async () => {
    const one = publisher();
    const fromMs = await redisMs();
    expect(await tick(one)).toBe('published');
    expect(await tick(one)).toBe('published');
    const { epoch, seq } = await stored();
    expect(seq).toBe(2);
    expect(epoch).toBeGreaterThanOrEqual(fromMs);
    expect(epoch).toBeLessThanOrEqual(await redisMs());
  });

  test('begins beyond the stored epoch, though Redis’s clock went back since', async () => {
    const epoch = (await redisMs()) + DAY_MS / 2;
    await store(epoch, 9);
    await tick(publisher());
    expect(await stored()).toStrictEqual({ epoch: epoch + 1, seq: 1 });
  });

  test.each([
    ['a day', (nowMs: number) => nowMs + DAY_MS + 60_000],
    ['more than a number can hold exactly', () => 2 ** 60],
    ['more than a number can hold', () => Infinity],
  ])('doesn’t obey one that is ahead by %s', async (_by, epochAt) => {
    const epoch = epochAt(await redisMs());
    const digits = epoch === Infinity ? '9'.repeat(280) : BigInt(epoch).toString();
    await redis.set(guard, `{"epoch":${digits},"seq":1}`);
    expect(await tick(publisher())).toBe('published');
    expect((await stored()).epoch).toBeLessThanOrEqual(await redisMs());
  });

  test.each([
    ['{"seq":,,"type":"streams",', '}'],
    ['{"epoch":0,"type":"connections","v":2,', ''],
    ['{', `,"x":"${'x'.repeat(3_000_000)}"`],
  ])('begins beyond what the script reads of a head that is no head: %.20s…', async (before, after) => {
    const epoch = (await redisMs()) + DAY_MS / 2;
    await redis.set(guard, `${before}"epoch":${epoch},"seq":3${after}`);
    expect(await tick(publisher())).toBe('published');
    expect(await stored()).toStrictEqual({ epoch: epoch + 1, seq: 1 });
  });

  test('begins at least at the epoch that it is told, unless that is ahead by a day', async () => {
    const nowMs = await redisMs();
    const one = publisher();
    await one.begin(nowMs + DAY_MS / 2);
    expect(one.epoch).toBe(nowMs + DAY_MS / 2);
    await store(nowMs + DAY_MS / 2, 3);
    await one.begin(nowMs + 5);
    expect(one.epoch).toBe(nowMs + DAY_MS / 2 + 1);
    await redis.del(guard);
    await one.begin(nowMs + DAY_MS + 60_000);
    expect(one.epoch).toBeLessThanOrEqual(await redisMs());
  });

  test('begins once, and says when that was', async () => {
    const one = publisher();
    expect(one.hasBegun).toBe(false);
    const fromMs = await redisMs();
    expect(await one.begin()).toBeGreaterThanOrEqual(fromMs);
    expect(one.hasBegun).toBe(true);
  });
});

describe('who joins', () => {
  test('goes on with the stored number, and the one who publishes goes on too', async () => {
    const running = publisher();
    await tick(running);
    const { epoch } = await stored();
    expect(await tick(publisher({ role: 'join' }))).toBe('published');
    expect(await stored()).toStrictEqual({ epoch, seq: 2 });
    expect(await tick(running)).toBe('published');
  });

  test('begins an epoch of its own where there is none that is obeyed, and none to go on with', async () => {
    const nowMs = await redisMs();
    for (const [epoch, seq] of [
      [0, 9],
      [nowMs + 2 * DAY_MS, 9],
    ] as const) {
      await store(epoch, seq);
      await tick(publisher({ role: 'join' }));
      const after = await stored();
      expect(after.seq).toBe(1);
      expect(after.epoch).toBeGreaterThanOrEqual(nowMs);
      expect(after.epoch).toBeLessThan(nowMs + DAY_MS);
    }
    await store(nowMs, MAX_SEQ);
    await tick(publisher({ role: 'join' }));
    expect((await stored()).seq).toBe(1);
  });
});

describe('two publishers of the same', () => {
  test('the one that began last is stored; once it was silent for 5 ticks of the other, that one takes over', async () => {
    const [older, newer] = [publisher(), publisher()];
    await tick(older);
    await tick(newer);
    const { epoch } = await stored();
    for (let round = 0; round < 7; round += 1) {
      expect(await tick(older)).toBe('superseded');
      expect(await tick(newer)).toBe('published');
    }
    expect(await stored()).toStrictEqual({ epoch, seq: 8 });
    // The first that finds nothing new may just be the time between two ticks.
    for (let round = 0; round < 6; round += 1) expect(await tick(older)).toBe('superseded');
    expect(await tick(older)).toBe('published');
    const after = await stored();
    expect(after.epoch).toBeGreaterThan(epoch);
    expect(after.seq).toBe(1);
  });

  test('another epoch is another publisher, whose silence begins anew', async () => {
    const one = publisher();
    await tick(one);
    const { epoch } = await stored();
    await store(epoch + 1);
    for (let round = 0; round < 5; round += 1) expect(await tick(one)).toBe('superseded');
    await store(epoch + 2);
    for (let round = 0; round < 6; round += 1) expect(await tick(one)).toBe('superseded');
    expect(await tick(one)).toBe('published');
  });
});

test('a tick has its deadline in Redis’s time, however our clocks stand', async () => {
  const ours = createFakeClock();
  const one = publisher({ clock: ours, commandTimeoutMs: 20_000 });
  await tick(one);
  // To Redis the next tick is by so much too late: as if it had lain in a socket for so long.
  ours.advance(-50_000);
  expect(await tick(one)).toBe('late');
  // Its answer has set our idea of Redis's clock right.
  expect(await tick(one)).toBe('published');
  expect((await stored()).seq).toBe(3);
});

test('an epoch of our own that became absurd, since Redis’s clock was set back, is given up', async () => {
  const before = Object.create(redis) as Redis;
  const aheadMs = (await redisMs()) + 2 * DAY_MS;
  before.time = () => Promise.resolve([Math.floor(aheadMs / 1_000), 0]);
  const one = publisher({ redis: before });
  expect(await tick(one)).toBe('published');
  before.time = () => redis.time();
  expect(await tick(one)).toBe('published');
  const { epoch, seq } = await stored();
  expect(epoch).toBeLessThanOrEqual(await redisMs());
  expect(seq).toBe(1);
});

describe('while Redis is away', () => {
  test('it can’t begin, and says so at once', async () => {
    const one = publisher({ redis: ended(new Redis(url, { lazyConnect: true })) });
    await expect(one.begin()).rejects.toThrow(RedisAwayError);
    expect(() => one.next()).toThrow('before begin()');
  });

  test('ticks are counted: each leaves a gap', async () => {
    const one = publisher();
    await tick(one);
    const closed = once(redis, 'end');
    redis.disconnect();
    await closed;
    await expect(tick(one)).rejects.toThrow(RedisAwayError);
    await redis.connect();
    expect(await tick(one)).toBe('published');
    expect((await stored()).seq).toBe(3);
  });
});
