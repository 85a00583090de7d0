import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createFakeClock, eventually, type FakeClock, testRedis } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import { LeasedHash, type HashChanges } from '../../src/index.ts';
import { useConnections } from '../support/redis-connections.ts';

const { url } = testRedis();
const ended = useConnections();
const INTERVAL_MS = 1_000;
let redis: Redis;
let clock: FakeClock;
let key: string;
beforeEach(async () => {
  redis = ended(new Redis(url));
  clock = createFakeClock();
  key = `leased-${randomUUID()}`;
  await redis.ping();
});

const NOTHING: HashChanges = { sets: new Map(), removes: [], appends: [] };
const setting = (name: string, value: string): HashChanges => ({
  ...NOTHING,
  sets: new Map([[name, value]]),
});

const hash = (owner: string, connection = redis, own: FakeClock = clock): LeasedHash =>
  new LeasedHash({ redis: connection, clock: own, key, intervalMs: INTERVAL_MS, owner, note: `of-${owner}` });

async function taken(owner: string): Promise<LeasedHash> {
  const one = hash(owner);
  expect(await one.take()).not.toBeNull();
  return one;
}

describe('who takes it first', () => {
  test('saves all changes at once, streams too', async () => {
    const one = await taken('a');
    const stream = `${key}:stream`;
    const appends = [
      { key: stream, json: '1', maxLength: null },
      { key: stream, json: '2', maxLength: 10 },
    ];
    expect(await one.save({ ...setting('x', '📹 1'), appends })).toBe('saved');
    expect(await one.save({ ...setting('y', '2'), removes: ['x'] })).toBe('saved');
    expect(await redis.hgetall(key)).toStrictEqual({
      lease: expect.stringMatching(/^\d+ 3 a held 0 of-a$/),
      y: '2',
    });
    expect((await redis.xrange(stream, '-', '+')).map(([, fields]) => fields)).toStrictEqual([
      ['json', '1'],
      ['json', '2'],
    ]);
  });

  test('keeps it, whatever others try', async () => {
    const one = await taken('a');
    const other = hash('b');
    for (let tick = 0; tick < 10; tick += 1) {
      expect(await one.save(NOTHING)).toBe('saved');
      clock.advance(INTERVAL_MS * 2);
      expect(await other.take()).toBeNull();
    }
    await expect(other.save(NOTHING)).rejects.toThrow('before its lease was taken');
  });

  test('is the only one, of many who try at the same time', async () => {
    const many = Array.from({ length: 20 }, (_, index) => hash(`owner-${index}`, ended(new Redis(url))));
    const outcomes = await Promise.all(
      many.map((one) => eventually(() => one.take().catch(() => Promise.reject(new Error('not yet'))))),
    );
    expect(outcomes.filter((outcome) => outcome !== null)).toHaveLength(1);
  });
});

describe('a holder that is silent', () => {
  test('for two intervals gives way, and can’t save any more', async () => {
    const one = await taken('a');
    await one.save(setting('x', '1'));
    const other = hash('b');
    expect(await other.take()).toBeNull();
    clock.advance(INTERVAL_MS * 2);
    expect(await other.take()).toBeNull();
    clock.advance(1);
    expect((await other.take())?.fields).toStrictEqual(new Map([['x', '1']]));
    expect(await one.save(setting('x', '2'))).toBe('lost');
    expect([one.isHeld, other.isHeld]).toStrictEqual([false, true]);
    expect(await one.take()).toBeNull();
    expect(await redis.hget(key, 'x')).toBe('1');
  });

  test('on the clock of the one who waits, not on any other', async () => {
    const one = await taken('a');
    await one.save(NOTHING);
    clock.stepWall(10 * 365 * 86_400_000);
    expect(await hash('b').take()).toBeNull();
  });

  test('that let go of it gives way at once', async () => {
    const one = await taken('a');
    expect(await one.save(setting('x', 'last'), { isLast: true })).toBe('saved');
    expect(one.isHeld).toBe(false);
    expect((await hash('b').take())?.fields).toStrictEqual(new Map([['x', 'last']]));
  });
});

describe('notes of holder and who waits', () => {
  const noted = (owner: string, note: string): LeasedHash =>
    new LeasedHash({ redis, clock, key, intervalMs: INTERVAL_MS, owner, note });
  const disputed = async (holder: LeasedHash): Promise<boolean> => {
    expect(await holder.save(NOTHING)).toBe('saved');
    return holder.isNoteDisputed;
  };

  test('that differ are known to both, as long as both are there', async () => {
    const [one, other] = [noted('a', 'x'), noted('b', 'y')];
    await one.take();
    expect(await disputed(one)).toBe(false);
    expect(await other.take()).toBeNull();
    expect([await disputed(one), other.isNoteDisputed]).toStrictEqual([true, true]);
    clock.advance(INTERVAL_MS * 3);
    expect(await disputed(one)).toBe(true);
    clock.advance(1);
    expect(await disputed(one)).toBe(false);
    expect(await other.take()).toBeNull();
    expect(await disputed(one)).toBe(true);
  });

  test('that are the same are none of anybody’s business', async () => {
    const [one, other] = [noted('a', 'x'), noted('b', 'x')];
    await one.take();
    await other.take();
    expect([await disputed(one), other.isNoteDisputed]).toStrictEqual([false, false]);
    expect(await redis.hkeys(key)).toStrictEqual(['lease']);
  });

  test('begin anew with whoever takes it', async () => {
    const [one, other] = [noted('a', 'x'), noted('b', 'y')];
    await one.take();
    await other.take();
    await one.save(NOTHING, { isLast: true });
    expect((await other.take())?.fields).toStrictEqual(new Map());
    expect([await disputed(other), other.isNoteDisputed]).toStrictEqual([false, false]);
    await one.take();
    expect([await disputed(other), one.isNoteDisputed]).toStrictEqual([true, true]);
  });
});

describe('time', () => {
  test('goes on where the one before stopped, whatever passed in between', async () => {
    const one = await taken('a');
    clock.advance(700);
    expect(one.heldMs).toBe(700);
    await one.save(NOTHING);
    clock.advance(300);
    await one.save(NOTHING, { isLast: true });
    clock.advance(3_600_000);
    const other = hash('b');
    expect(await other.take()).toMatchObject({ heldMs: 1_000 });
    clock.advance(5);
    expect(other.heldMs).toBe(1_005);
  });
});

describe('what stands there otherwise', () => {
  test('is taken when it is nothing of ours', async () => {
    await redis.set(key, 'something');
    expect((await hash('a').take())?.fields).toStrictEqual(new Map());
    await redis.hset(key, 'lease', 'nonsense');
    expect(await hash('a').take()).not.toBeNull();
    const far = Date.now() + 10 * 86_400_000;
    await redis.hset(key, 'lease', `${far} 1 x held 0 -`);
    expect(await hash('b').take()).not.toBeNull();
  });

  test('an emptied Redis has it taken anew', async () => {
    const one = await taken('a');
    await redis.del(key);
    expect(await one.save(NOTHING)).toBe('lost');
    expect(await one.take()).not.toBeNull();
    expect(await one.save(setting('x', '1'))).toBe('saved');
  });
});

test('an answer that got lost has it read anew: what was saved stands there', async () => {
  const lost = ended(
    new Redis(url, {
      retryStrategy: () => 50,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
    }),
  );
  await lost.ping();
  const one = hash('a', lost);
  expect(await one.take()).not.toBeNull();
  const saving = one.save(setting('x', '1'));
  lost.stream.destroy();
  await expect(saving).rejects.toThrow();
  expect(one.isHeld).toBe(false);
  const again = await eventually(() => one.take());
  expect(again).not.toBeNull();
  expect(await one.save(setting('y', '2'))).toBe('saved');
  expect(await redis.hget(key, 'y')).toBe('2');
});
