import { beforeEach, describe, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import { joinMessage, MAX_EPOCH_AHEAD_MS, type TickNumber } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { LOOK_SCRIPT, parseLook } from '../../src/redis/head-lease.ts';
import {
  parsePublishReply,
  PUBLISH_SCRIPT,
  type PublishReply,
  scriptInput,
  type TickWrites,
} from '../../src/redis/publish-script.ts';
import { useConnections } from '../support/redis-connections.ts';

const { url, prefix } = testRedis();
const ended = useConnections();
const DAY_MS = MAX_EPOCH_AHEAD_MS;
let redis: Redis;
let count = 0;
let key: (name: string) => string;
beforeEach(() => {
  const mine = (count += 1);
  redis = ended(new Redis(url));
  key = (name) => `${prefix}-${mine}:${name}`;
});

/** Redis's own Unix time in ms. */
async function redisMs(): Promise<number> {
  const [seconds, microseconds] = await redis.time();
  return Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000);
}

async function run(
  writes: TickWrites,
  { epoch = 1, deadlineMs = Number.MAX_SAFE_INTEGER } = {},
): Promise<PublishReply> {
  const { keys, args } = scriptInput(key('guard'), { epoch, seq: 1 }, deadlineMs, writes);
  return parsePublishReply(await redis.eval(PUBLISH_SCRIPT, keys.length, ...keys, ...args));
}

const headOf = (epoch: number | string, seq: number | string): string =>
  `{"v":1,"server":"main","epoch":${epoch},"seq":${seq},"x":1}`;

describe('what a tick writes', () => {
  test('is each under its key, by what kind it is', async () => {
    const fromMs = await redisMs();
    await run({
      sets: [
        { key: key('kept'), value: 'for ever' },
        { key: key('passing'), value: 'for a while', expiresMs: 60_000 },
      ],
      hashes: [{ key: key('hash'), field: 'main', value: 'in a hash' }],
      sorted: [{ key: key('sorted'), member: 'host', keptMs: 60_000 }],
    });
    expect(await redis.mget(key('kept'), key('passing'))).toStrictEqual(['for ever', 'for a while']);
    expect(await redis.pttl(key('kept'))).toBe(-1);
    const leftMs = await redis.pttl(key('passing'));
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(60_000);
    expect(await redis.hgetall(key('hash'))).toStrictEqual({ main: 'in a hash' });
    const score = Number(await redis.zscore(key('sorted'), 'host'));
    expect(score).toBeGreaterThanOrEqual(fromMs);
    expect(score).toBeLessThanOrEqual(await redisMs());
  });

  test('takes the place of what is of another kind', async () => {
    const names = ['set', 'hash', 'sorted'];
    for (const name of names) await redis.rpush(key(name), 'x');
    await run({
      sets: [{ key: key('set'), value: '' }],
      hashes: [{ key: key('hash'), field: 'f', value: '' }],
      sorted: [{ key: key('sorted'), member: 'm', keptMs: 1_000 }],
    });
    const kinds = await Promise.all(names.map((name) => redis.type(key(name))));
    expect(kinds).toStrictEqual(['string', 'hash', 'zset']);
  });

  test('leaves what else stands there: other fields, members that are not too old', async () => {
    const nowMs = await redisMs();
    await redis.hset(key('hash'), 'other', '1');
    await redis.zadd(key('sorted'), nowMs - 70_000, 'old', nowMs - 50_000, 'younger');
    await run({
      hashes: [{ key: key('hash'), field: 'main', value: '2' }],
      sorted: [{ key: key('sorted'), member: 'host', keptMs: 60_000 }],
    });
    expect(await redis.hgetall(key('hash'))).toStrictEqual({ other: '1', main: '2' });
    expect(await redis.zrange(key('sorted'), '0', '-1')).toStrictEqual(['younger', 'host']);
  });

  test('is published after it is stored, a message whole or joined of head and array', async () => {
    const subscriber = ended(new Redis(url));
    const received: [string, string, string | null][] = [];
    subscriber.on('message', (channel, message) => {
      void redis.get(key('array')).then((stored) => received.push([channel, message, stored]));
    });
    await subscriber.subscribe(key('whole'), key('joined'));
    const [head, array] = [headOf(1, 1), '["ü",2]'];
    await run({
      publishes: [
        { channel: key('whole'), message: head },
        { channel: key('joined'), message: { topic: 'streams', head, array } },
      ],
      sets: [{ key: key('array'), value: array }],
    });
    await eventually(() => {
      expect(received).toStrictEqual([
        [key('whole'), head, array],
        [key('joined'), joinMessage('streams', head, array), array],
      ]);
    });
  });

  test('is sent once, however often it is written', () => {
    const [head, array] = [headOf(1, 1), '[1,2,3]'];
    const { keys, args } = scriptInput('guard', { epoch: 1, seq: 1 }, 2, {
      sets: [
        { key: 'guard', value: head },
        { key: 'array', value: array },
      ],
      hashes: [{ key: 'servers', field: 'main', value: head }],
      publishes: [{ channel: 'streams', message: { topic: 'streams', head, array } }],
    });
    expect(keys).toStrictEqual(['guard', 'array', 'servers']);
    expect(args).toStrictEqual(['1', '2', expect.any(String), head, array]);
  });

  test('is stored and published as it is where it comes encoded, and sent once too', async () => {
    const subscriber = ended(new Redis(url));
    const received: string[] = [];
    subscriber.on('message', (_channel, message) => received.push(message));
    await subscriber.subscribe(key('joined'));
    const [head, array] = [headOf(1, 1), Buffer.from('["ü",2]')];
    const writes: TickWrites = {
      sets: [{ key: key('array'), value: array }],
      publishes: [{ channel: key('joined'), message: { topic: 'streams', head, array } }],
    };
    const { args } = scriptInput('guard', { epoch: 1, seq: 1 }, 2, writes);
    expect(args).toStrictEqual(['1', '2', expect.any(String), array, head]);
    await run(writes);
    expect(await redis.get(key('array'))).toBe('["ü",2]');
    await eventually(() => {
      expect(received).toStrictEqual([`${head.slice(0, -1)},"streams":["ü",2]}`]);
    });
  });
});

describe('the guard', () => {
  const WRITES = (): TickWrites => ({ sets: [{ key: key('set'), value: 'written' }] });
  const numbering = async (): Promise<TickNumber> =>
    parseLook(await redis.eval(LOOK_SCRIPT, 1, key('guard'))).number;
  const written = (): Promise<string | null> => redis.get(key('set'));

  test('lets pass what is in time, and nothing that comes later', async () => {
    const nowMs = await redisMs();
    expect(await run(WRITES(), { deadlineMs: nowMs - 1 })).toMatchObject({ outcome: 'late' });
    expect(await written()).toBeNull();
    const reply = await run(WRITES(), { deadlineMs: nowMs + 60_000 });
    expect(reply).toStrictEqual({
      outcome: 'published',
      redisNowMs: expect.any(Number),
      stored: { epoch: 0, seq: 0 },
    });
    expect(reply.redisNowMs).toBeGreaterThanOrEqual(nowMs);
    expect(await written()).toBe('written');
  });

  test.each([
    [7, 'superseded'],
    [8, 'published'],
    [9, 'published'],
  ])('of a stored epoch 8: a tick of epoch %d is %s', async (epoch, outcome) => {
    await redis.set(key('guard'), headOf(8, 5));
    const reply = await run(WRITES(), { epoch });
    expect(reply.outcome).toBe(outcome);
    expect(reply.stored).toStrictEqual(
      outcome === 'superseded' ? { epoch: 8, seq: 5 } : { epoch: 0, seq: 0 },
    );
    expect(await written()).toBe(outcome === 'superseded' ? null : 'written');
  });

  test('obeys no epoch that is a day ahead of Redis’s time', async () => {
    const nowMs = await redisMs();
    for (const epoch of [nowMs + 2 * DAY_MS, Number.MAX_SAFE_INTEGER, '9'.repeat(200)]) {
      await redis.set(key('guard'), headOf(epoch, 1));
      expect(await run(WRITES())).toMatchObject({ outcome: 'published' });
    }
    await redis.set(key('guard'), headOf(nowMs + DAY_MS / 2, '9'.repeat(30)));
    const { outcome, stored } = await run(WRITES());
    expect(outcome).toBe('superseded');
    expect(stored.seq).toBeLessThanOrEqual(2 ** 53);
  });

  test.each(['', 'something else', '{"epoch":9}', `{"x":"${'y'.repeat(300)}",${headOf(9, 9).slice(1)}`])(
    'holds nobody back where it has no numbering at its beginning: %j',
    async (value) => {
      await redis.set(key('guard'), value);
      expect(await numbering()).toStrictEqual({ epoch: 0, seq: 0 });
      expect(await run(WRITES())).toMatchObject({ outcome: 'published' });
    },
  );

  test('is read as the script reads it', async () => {
    expect(await numbering()).toStrictEqual({ epoch: 0, seq: 0 });
    await redis.set(key('guard'), headOf(1_795_387_539_630, 2));
    expect(await numbering()).toStrictEqual({ epoch: 1_795_387_539_630, seq: 2 });
    await redis.del(key('guard'));
    await redis.rpush(key('guard'), headOf(7, 2));
    expect(await numbering()).toStrictEqual({ epoch: 0, seq: 0 });
  });
});

test.each([null, 'OK', [], ['done', 5, 0, 0], ['late', '5', 0, 0], ['late', 5, 0]])(
  '%j is not the script’s answer',
  (reply) => {
    expect(() => parsePublishReply(reply)).toThrow(TypeError);
  },
);
