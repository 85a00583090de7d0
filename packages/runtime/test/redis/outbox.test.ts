import { beforeEach, describe, expect, test } from '@jest/globals';
import { testRedis } from '@mediamtx-monitor/testkit';
import { MAX_EPOCH_AHEAD_MS } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { OutboxKeys, textsIn } from '../support/outboxes.ts';
import { useConnections } from '../support/redis-connections.ts';

const { url } = testRedis();
const ended = useConnections();
let redis: Redis;
let keys: OutboxKeys;
beforeEach(async () => {
  redis = ended(new Redis(url));
  keys = new OutboxKeys();
  await redis.ping();
});

async function nowMs(): Promise<number> {
  return Number((await redis.time())[0]) * 1_000;
}

describe('what is taken', () => {
  test('stands in its streams, in order, and in the baseline', async () => {
    const one = await keys.begun('a', 5, redis);
    expect(one.stats).toStrictEqual({ waiting: 0, waitingBytes: 0, dropped: 0, takenAtMs: null });
    one.add([
      keys.event('1', { server: 'up' }),
      keys.event('2 📹', { 'stream cam': 'live', 'stream x': 'live' }),
    ]);
    one.add([
      {
        appends: [
          { key: keys.sessions, json: 's' },
          { key: keys.events, json: '3' },
        ],
        baseline: { 'stream x': null },
      },
    ]);
    expect(one.stats).toMatchObject({ waiting: 3 });
    expect(await one.flush()).toBe('empty');
    expect(await textsIn(keys.events, redis)).toStrictEqual(['1', '2 📹', '3']);
    expect(await textsIn(keys.sessions, redis)).toStrictEqual(['s']);
    expect(await redis.hgetall(keys.baseline)).toStrictEqual({
      batch: '5 2 a',
      server: 'up',
      'stream cam': 'live',
    });
    expect(one.stats).toStrictEqual({
      waiting: 0,
      waitingBytes: 0,
      dropped: 0,
      takenAtMs: keys.clock.wallMs(),
    });
  });

  test('is read by whoever takes over; a field that is called like ours among them', async () => {
    const one = await keys.begun('a', 5, redis);
    one.add([keys.event('1', { server: 'up', 'stream batch': 'x' })]);
    await one.flush();
    const outcome = await keys.outbox('b', redis).begin(6);
    expect(outcome).toStrictEqual({
      status: 'begun',
      baseline: new Map([
        ['server', 'up'],
        ['stream batch', 'x'],
      ]),
    });
  });

  test('goes on in batches until nothing waits', async () => {
    const one = await keys.begun('a', 5, redis);
    const texts = Array.from({ length: 2_500 }, (_each, index) => String(index));
    one.add(texts.map((text) => keys.event(text)));
    await one.flush();
    expect(await textsIn(keys.events, redis)).toStrictEqual(texts);
    expect(await redis.hget(keys.baseline, 'batch')).toBe('5 4 a');
  });

  test('needs a beginning', () => {
    expect(() => {
      keys.outbox('a', redis).add([keys.event('1')]);
    }).toThrow('before begin()');
  });
});

describe('a claim', () => {
  test('deposes the one before, whose waiting entries are let go of', async () => {
    const one = await keys.begun('a', 5, redis);
    one.add([keys.event('1')]);
    await one.flush();
    const two = await keys.begun('b', 6, redis);
    one.add([keys.event('lost')]);
    expect(await one.flush()).toBe('deposed');
    expect([one.hasBegun, one.stats.waiting]).toStrictEqual([false, 0]);
    two.add([keys.event('2')]);
    await two.flush();
    expect(await textsIn(keys.events, redis)).toStrictEqual(['1', '2']);
  });

  test.each([5, 6])('of epoch 5 is refused where someone else stands with epoch %i', async (epoch) => {
    await keys.begun('b', epoch, redis);
    expect(await keys.outbox('a', redis).begin(5)).toStrictEqual({ status: 'refused', epoch });
  });

  test('is refused where the own process stands with a greater epoch', async () => {
    const one = await keys.begun('a', 6, redis);
    expect(await one.begin(5)).toStrictEqual({ status: 'refused', epoch: 6 });
  });

  test('may be made anew; batches from before it are known as such', async () => {
    const one = await keys.begun('a', 5, redis);
    one.add([keys.event('1')]);
    await one.flush();
    expect(await one.begin(5)).toMatchObject({ status: 'begun' });
    one.add([keys.event('2')]);
    await one.flush();
    expect(await textsIn(keys.events, redis)).toStrictEqual(['1', '2']);
    expect(await redis.hget(keys.baseline, 'batch')).toBe('5 4 a');
  });

  test('doesn’t obey an epoch that is a day ahead', async () => {
    await redis.hset(keys.baseline, 'batch', `${(await nowMs()) + MAX_EPOCH_AHEAD_MS + 60_000} 3 b`);
    const one = await keys.begun('a', 5, redis);
    one.add([keys.event('1')]);
    expect(await one.flush()).toBe('empty');
    expect(await textsIn(keys.events, redis)).toStrictEqual(['1']);
  });

  test.each([
    ['nonsense', () => redis.hset(keys.baseline, 'batch', '7 x')],
    ['no hash', () => redis.set(keys.baseline, 'x')],
  ])('is made over %s', async (_what, spoil) => {
    await spoil();
    const one = await keys.begun('a', 5, redis);
    one.add([keys.event('1')]);
    expect(await one.flush()).toBe('empty');
  });

  test('isn’t filled with what is no baseline: 130 MiB', async () => {
    const value = 'x'.repeat(13 * 1024 * 1024);
    for (let index = 0; index < 10; index += 1) await redis.hset(keys.baseline, String(index), value);
    expect(await keys.outbox('a', redis).begin(5)).toStrictEqual({ status: 'begun', baseline: new Map() });
    expect(await redis.hgetall(keys.baseline)).toStrictEqual({ batch: '5 1 a' });
  });
});

describe('when Redis has lost what it had taken', () => {
  test.each([
    ['all of it', () => redis.del(keys.baseline, keys.events)],
    ['the last batch', () => redis.hset(keys.baseline, 'batch', '5 1 a')],
    ['the claim', () => redis.hset(keys.baseline, 'batch', '4 9 b')],
  ])('%s, that is a gap, and it begins anew', async (_what, lose) => {
    const one = await keys.begun('a', 5, redis);
    one.add([keys.event('1')]);
    await one.flush();
    await lose();
    one.add([keys.event('2')]);
    expect(await one.flush()).toBe('gap');
    expect([one.hasBegun, one.stats.waiting]).toStrictEqual([false, 0]);
    expect(await one.begin(5)).toMatchObject({ status: 'begun' });
    one.add([keys.event('3')]);
    expect(await one.flush()).toBe('empty');
    expect((await textsIn(keys.events, redis)).at(-1)).toBe('3');
  });
});

test('an event stream of another kind makes way; the rest of the batch is there once', async () => {
  await redis.set(keys.sessions, 'x');
  const one = await keys.begun('a', 5, redis);
  one.add([keys.event('1'), keys.session('s')]);
  await one.flush();
  expect([await textsIn(keys.events, redis), await textsIn(keys.sessions, redis)]).toStrictEqual([
    ['1'],
    ['s'],
  ]);
});

test('ids go on where a clock that was ahead, and is set back, has left them', async () => {
  const outbox = await keys.begun('a', 5, redis);
  const ahead = `${Date.now() + 365 * 86_400_000}-0`;
  await redis.xadd(keys.events, ahead, 'json', '0');
  outbox.add([keys.event('1'), keys.event('2')]);
  expect(await outbox.flush()).toBe('empty');
  expect(await textsIn(keys.events, redis)).toStrictEqual(['0', '1', '2']);
  const ids = (await redis.xrange(keys.events, '-', '+')).map(([id]) => id);
  expect(ids).toStrictEqual([ahead, ahead.replace(/0$/, '1'), ahead.replace(/0$/, '2')]);
});

test('a batch that Redis can’t take whole leaves nothing behind', async () => {
  // The last id that there is: nothing can be appended any more.
  await redis.xadd(keys.sessions, '18446744073709551615-18446744073709551615', 'json', 'x');
  const one = await keys.begun('a', 5, redis);
  one.add([keys.event('1', { server: 'up' }), keys.session('s')]);
  await expect(one.flush()).rejects.toThrow('exhausted');
  expect(await textsIn(keys.events, redis)).toStrictEqual([]);
  expect(await redis.hgetall(keys.baseline)).toStrictEqual({ batch: '5 1 a' });
  expect(one.stats.waiting).toBe(2);
  await redis.del(keys.sessions);
  expect(await one.flush()).toBe('empty');
  expect([await textsIn(keys.events, redis), await textsIn(keys.sessions, redis)]).toStrictEqual([
    ['1'],
    ['s'],
  ]);
});
