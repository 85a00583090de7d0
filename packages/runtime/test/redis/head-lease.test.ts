import { beforeEach, describe, expect, test } from '@jest/globals';
import { testRedis } from '@mediamtx-monitor/testkit';
import { MAX_EPOCH_AHEAD_MS } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { HeadLeases, RedisAwayError, releasedHead } from '../../src/index.ts';
import { parseLook } from '../../src/redis/head-lease.ts';
import { useConnections } from '../support/redis-connections.ts';

const { url, prefix } = testRedis();
const ended = useConnections();
let redis: Redis;
let leases: HeadLeases;
let guard: string;
let count = 0;
beforeEach(async () => {
  count += 1;
  guard = `${prefix}-lease-${count}`;
  redis = ended(new Redis(url));
  await redis.ping();
  leases = new HeadLeases(redis);
});

const headOf = (epoch: number, seq: number): string =>
  `{"type":"streams","v":1,"server":"main","epoch":${epoch},"seq":${seq},"intervalMs":5000,"totals":{"epoch":1}}`;
const redisMs = async (): Promise<number> => Number((await redis.time())[0]) * 1_000;

describe('who looks', () => {
  test('sees the numbering, the interval, and whether it was given up', async () => {
    await redis.set(guard, headOf(7, 3));
    const seen = {
      mark: '7 3',
      number: { epoch: 7, seq: 3 },
      isHeld: true,
      isReleased: false,
      intervalMs: 5_000,
    };
    expect(await leases.look(guard)).toStrictEqual(seen);
    await redis.set(guard, releasedHead(headOf(7, 3)));
    expect(await leases.look(guard)).toStrictEqual({ ...seen, isReleased: true });
  });

  test.each([null, '', 'no JSON', '{"epoch":"7"}'])('sees nobody in %j', async (text) => {
    if (text !== null) await redis.set(guard, text);
    expect(await leases.look(guard)).toMatchObject({ mark: '0 0', isHeld: false, isReleased: false });
  });

  test('sees nobody in a key of another kind, nor in an epoch that isn’t obeyed', async () => {
    await redis.hset(guard, 'a', 'b');
    expect(await leases.look(guard)).toMatchObject({ mark: '0 0', isHeld: false });
    const epoch = (await redisMs()) + MAX_EPOCH_AHEAD_MS + 60_000;
    await redis.set(guard, headOf(epoch, 3));
    expect(await leases.look(guard)).toMatchObject({ mark: `${epoch} 3`, isHeld: false });
  });

  test('rejects while Redis is away', async () => {
    const away = ended(new Redis(url, { lazyConnect: true }));
    await expect(new HeadLeases(away).look(guard)).rejects.toThrow(RedisAwayError);
  });

  test.each([null, [], ['1', '2'], [1, 2, 3, 4, 5]])('%j is not the script’s answer', (reply) => {
    expect(() => parseLook(reply)).toThrow(TypeError);
  });
});

describe('who takes a server', () => {
  test('is ahead of the one before, whose head stays as it was beside its number', async () => {
    await redis.set(guard, releasedHead(headOf(7, 3)));
    const fromMs = await redisMs();
    const taken = await leases.take(guard, '7 3');
    expect(taken).toStrictEqual({ epoch: expect.any(Number), seq: 1 });
    expect(taken?.epoch).toBeGreaterThanOrEqual(fromMs);
    expect(await redis.get(guard)).toBe(headOf(taken?.epoch ?? 0, 1));
  });

  test('has its number stand where there was none', async () => {
    const taken = await leases.take(guard, '0 0');
    expect(await redis.get(guard)).toBe(`{"epoch":${taken?.epoch},"seq":0}`);
    await redis.del(guard);
    await redis.hset(guard, 'a', 'b');
    expect(await leases.take(guard, '0 0')).not.toBeNull();
    expect(await redis.type(guard)).toBe('string');
  });

  test.each(['7 2', '6 3', '0 0', '7 33', '70 3', ''])(
    'takes nothing by the mark %j of what stands no more',
    async (mark) => {
      await redis.set(guard, headOf(7, 3));
      expect(await leases.take(guard, mark)).toBeNull();
      expect(await redis.get(guard)).toBe(headOf(7, 3));
    },
  );

  test('of several that saw the same only one does', async () => {
    await redis.set(guard, headOf(7, 3));
    const all = await Promise.all(Array.from({ length: 10 }, () => leases.take(guard, '7 3')));
    expect(all.filter((one) => one !== null)).toHaveLength(1);
    await redis.del(guard);
    const first = await Promise.all(Array.from({ length: 10 }, () => leases.take(guard, '0 0')));
    expect(first.filter((one) => one !== null)).toHaveLength(1);
  });

  test('takes its own again by its epoch alone, greater than before and as great as it is asked', async () => {
    const epoch = (await redisMs()) + 5_000;
    await redis.set(guard, headOf(epoch, 3));
    expect(await leases.take(guard, String(epoch))).toStrictEqual({ epoch: epoch + 1, seq: 1 });
    expect(await leases.take(guard, String(epoch + 1), epoch + 100)).toStrictEqual({
      epoch: epoch + 100,
      seq: 1,
    });
    const nowMs = await redisMs();
    const absurd = nowMs + 2 * MAX_EPOCH_AHEAD_MS;
    expect((await leases.take(guard, String(epoch + 100), absurd))?.epoch).toBe(epoch + 101);
    // What isn't obeyed is nobody's number to be ahead of.
    await redis.set(guard, headOf(absurd, 3));
    expect((await leases.take(guard, `${absurd} 3`))?.epoch).toBeLessThan(nowMs + MAX_EPOCH_AHEAD_MS);
  });
});

describe('who gives a server up', () => {
  test('marks its head once, as long as the epoch is its own', async () => {
    await redis.set(guard, headOf(7, 3));
    await leases.release(guard, 8);
    expect(await redis.get(guard)).toBe(headOf(7, 3));
    await leases.release(guard, 7);
    await leases.release(guard, 7);
    expect(await redis.get(guard)).toBe(releasedHead(headOf(7, 3)));
    expect(JSON.parse((await redis.get(guard)) ?? '')).toMatchObject({ epoch: 7, seq: 3, released: true });
  });

  test('leaves nothing where nothing stands', async () => {
    await leases.release(guard, 7);
    expect(await redis.exists(guard)).toBe(0);
  });
});
