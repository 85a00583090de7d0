import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { testRedis } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { type Announcement, announcementText } from '../../src/sharing/announcement.ts';
import { RollCall } from '../../src/sharing/roll-call.ts';

const PRINT = '0123456789abcdef';
const SAID = { servers: new Map([['main', PRINT]]), yields: new Set<string>() };

let redis: Redis;
let key: string;
beforeEach(async () => {
  const { url, prefix } = testRedis();
  redis = new Redis(url);
  await redis.ping();
  key = redisNames(prefix).collectors;
});
afterEach(() => {
  redis.disconnect();
});

const create = (id: string): RollCall => new RollCall({ redis, key, id, host: `host of ${id}` });
const idsOf = ({ others }: RollCall): string[] => others.map(({ id }) => id);
const nowMs = async (): Promise<number> => Number((await redis.time())[0]) * 1_000;
const announcement = (id: string): Announcement => ({ id, host: 'somewhere', startedMs: 1, ...SAID });

test('each that calls is known to the others, with what it may poll', async () => {
  const [a, b] = [create('a'), create('b')];
  await a.call(SAID);
  expect(a.others).toStrictEqual([]);
  await b.call({ ...SAID, yields: new Set(['main']) });
  await a.call(SAID);
  expect(a.others).toStrictEqual([
    {
      id: 'b',
      host: 'host of b',
      startedMs: b.own.startedMs,
      servers: new Map([['main', PRINT]]),
      yields: new Set(['main']),
    },
  ]);
  expect(b.own.startedMs).toBeGreaterThanOrEqual(a.own.startedMs);
  expect(idsOf(b)).toStrictEqual(['a']);
});

test('who says something else says it instead', async () => {
  const [a, b] = [create('a'), create('b')];
  await b.call(SAID);
  await a.call(SAID);
  await b.call({ ...SAID, servers: new Map([['north', PRINT]]) });
  await a.call(SAID);
  expect(a.others.map(({ servers }) => [...servers.keys()])).toStrictEqual([['north']]);
  expect(await redis.zcard(key)).toBe(2);
});

test('who ends leaves nothing there', async () => {
  const [a, b] = [create('a'), create('b')];
  await a.withdraw();
  await a.call(SAID);
  await b.call(SAID);
  await b.withdraw();
  await a.call(SAID);
  expect(a.others).toStrictEqual([]);
  expect(await redis.zcard(key)).toBe(1);
});

test('who hasn’t called for three seconds lives no more, and leaves the set after a minute', async () => {
  const a = create('a');
  const at = async (id: string, agoMs: number): Promise<unknown> =>
    redis.zadd(key, String((await nowMs()) - agoMs), announcementText(announcement(id), 1));
  await at('living', 0);
  await at('dead', 5_000);
  await at('forgotten', 90_000);
  // Redis's clock was set back since.
  await at('ahead', -60_000);
  await a.call(SAID);
  expect(idsOf(a)).toStrictEqual(['living']);
  expect((await redis.zrange(key, '0', '-1')).map((text) => text.split('.')[0]).sort()).toStrictEqual([
    'a',
    'dead',
    'living',
  ]);
});

test('a set that is lost is there again with the next call', async () => {
  const [a, b] = [create('a'), create('b')];
  await b.call(SAID);
  await redis.del(key);
  await a.call(SAID);
  await redis.set(key, 'of another kind');
  await b.call(SAID);
  await a.call(SAID);
  expect(idsOf(a)).toStrictEqual(['b']);
});

test('what isn’t an announcement is nobody', async () => {
  const a = create('a');
  const now = await nowMs();
  const wrong = [
    '',
    ' ',
    'x',
    'x.1',
    'x.1 {}',
    'x.1 {"host":"h","startedMs":1,"servers":{"main":"short"},"yields":[]}',
  ];
  for (const text of wrong) await redis.zadd(key, String(now), text);
  await redis.zadd(key, String(now), `big.1 ${'x'.repeat(2_000_000)}`);
  await a.call(SAID);
  await a.call(SAID);
  expect(a.others).toStrictEqual([]);
});

test('of a hundred collectors of two hundred servers each is read once', async () => {
  const servers = new Map(Array.from({ length: 200 }, (_, n) => [`server-${n}`, PRINT]));
  const yields = new Set<string>();
  const add = (...ids: readonly string[]): Promise<unknown> =>
    redis.eval(
      `local time = redis.call('TIME')
      for _, text in ipairs(ARGV) do redis.call('ZADD', KEYS[1], time[1] * 1000, text) end`,
      1,
      key,
      ...ids.map((id) => announcementText({ ...announcement(id), servers, yields }, 1)),
    );
  const outputBytes = async (): Promise<number> =>
    Number(/total_net_output_bytes:(\d+)/.exec(await redis.info('stats'))?.[1]);
  const one = create('one');
  const readBy = async (): Promise<number> => {
    const before = await outputBytes();
    await one.call({ servers, yields });
    return (await outputBytes()) - before;
  };
  const ids = Array.from({ length: 99 }, (_, n) => `c${n}`);
  await add(...ids);
  expect(await readBy()).toBeGreaterThan(500_000);
  expect(one.others).toHaveLength(99);
  await add(...ids);
  expect(await readBy()).toBeLessThan(20_000);
  expect(one.others).toHaveLength(99);
  await add(...ids, 'fresh');
  expect(await readBy()).toBeLessThan(40_000);
  expect(one.others).toHaveLength(100);
});
