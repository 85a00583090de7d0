import { expect, test } from '@jest/globals';
import { eventually, startRedisServer } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { atEnd, startFeed } from '../bench.ts';
import { numberedEvent } from '../happening.ts';
import { session } from '../routes/start-sessions.ts';

const ENTRIES = 300;
const ENTRY_BYTES = 1_048_576;
/** Beside these, small ones: more than any page has. */
const SMALL_ENTRIES = 2_100;
/** Of those that come first, what is held at most before their size is known. */
const MOST_BYTES = 64 * ENTRY_BYTES;

const FILL = `
  local text = string.rep('x', tonumber(ARGV[1]))
  for n = 1, tonumber(ARGV[2]) do
    redis.call('XADD', KEYS[1], '*', 'json', text)
    redis.call('XADD', KEYS[2], '*', 'json', text)
  end`;

/** A Redis of its own, what fills it, and a feed that is ready. */
async function onRedis() {
  const server = await startRedisServer();
  atEnd(() => server.stop());
  const writer = new Redis(server.url);
  atEnd(() => {
    writer.disconnect();
  });
  const names = redisNames('large');
  const sent = async (): Promise<number> =>
    Number(/total_net_output_bytes:(\d+)/.exec(await writer.info('stats'))?.[1]);
  return {
    addLarge: () => writer.eval(FILL, 2, names.events, names.sessions, ENTRY_BYTES, ENTRIES),
    addSmall: async (count: number) => {
      const adding = writer.pipeline();
      for (let n = 1; n <= count; n += 1) {
        adding.xadd(names.events, '*', 'json', JSON.stringify(numberedEvent(n)));
        adding.xadd(names.sessions, '*', 'json', JSON.stringify(session(n)));
      }
      await adding.exec();
    },
    start: async () => {
      const { feed } = await startFeed({ redisUrl: server.url, prefix: 'large' });
      await eventually(() => {
        expect(feed.log('events')?.isReady).toBe(true);
      });
      return feed;
    },
    /** What Redis answers meanwhile, in bytes. */
    readBytes: async <Value>(read: () => Promise<Value>): Promise<[bytes: number, value: Value]> => {
      const before = await sent();
      const value = await read();
      return [(await sent()) - before, value];
    },
  };
}

const reader = { network: '', spent: () => undefined, signal: new AbortController().signal };
const newest = { after: null, before: null, limit: 1, maxEntries: 1_000 };

test('entries of a megabyte are read a few at a time, by all that read', async () => {
  const { addLarge, addSmall, start, readBytes } = await onRedis();
  await addLarge();
  await addSmall(1);
  const [startBytes, feed] = await readBytes(start);
  const [eventBytes, events] = await readBytes(() => feed.kept.events(newest, () => true, reader));
  const [sessionBytes, sessions] = await readBytes(() => feed.kept.sessions(newest, () => true, reader));
  expect([events.items.length, sessions.items.length]).toStrictEqual([1, 1]);
  expect(Math.max(startBytes, eventBytes, sessionBytes)).toBeLessThan(MOST_BYTES);
});

test('nor do small ones before them, or after them, have more of them read at a time', async () => {
  const { addLarge, addSmall, start, readBytes } = await onRedis();
  await addSmall(SMALL_ENTRIES);
  await addLarge();
  await addSmall(SMALL_ENTRIES);
  const [startBytes, feed] = await readBytes(start);
  expect(feed.eventStats.events).toBe(SMALL_ENTRIES);
  // So many that it comes to the large ones, and ends among them.
  const among = { ...newest, maxEntries: SMALL_ENTRIES + 32 };
  const forwards = { ...among, after: '0-0' };
  for (const range of [among, forwards]) {
    const [bytes] = await readBytes(() => feed.kept.events(range, () => false, reader));
    expect(bytes).toBeLessThan(MOST_BYTES);
    const [sessionBytes] = await readBytes(() => feed.kept.sessions(range, () => false, reader));
    expect(sessionBytes).toBeLessThan(MOST_BYTES);
  }
  const whole = { ...newest, after: '0-0', limit: 2 * SMALL_ENTRIES, maxEntries: 10_000 };
  const { items, more } = await feed.kept.events(whole, () => true, reader);
  expect([items.length, more]).toStrictEqual([2 * SMALL_ENTRIES, false]);
  expect(startBytes).toBeLessThan(MOST_BYTES);
});
