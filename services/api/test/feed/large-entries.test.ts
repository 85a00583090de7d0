import { expect, test } from '@jest/globals';
import { eventually, startRedisServer } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { atEnd, startFeed } from '../bench.ts';
import { numberedEvent } from '../happening.ts';
import { session } from '../routes/start-sessions.ts';

const ENTRIES = 300;
const ENTRY_BYTES = 1_048_576;
/** Of those that come first, what is held at most before their size is known. */
const MOST_BYTES = 64 * ENTRY_BYTES;

test('entries of a megabyte are read a few at a time, by all that read', async () => {
  const server = await startRedisServer();
  atEnd(() => server.stop());
  const writer = new Redis(server.url);
  atEnd(() => {
    writer.disconnect();
  });
  const names = redisNames('large');
  const fill = `
    local text = string.rep('x', tonumber(ARGV[1]))
    for n = 1, tonumber(ARGV[2]) do
      redis.call('XADD', KEYS[1], n .. '-0', ARGV[3], text)
      redis.call('XADD', KEYS[2], n .. '-0', ARGV[3], text)
    end`;
  await writer.eval(fill, 2, names.events, names.sessions, ENTRY_BYTES, ENTRIES, 'json');
  await writer.xadd(names.events, `${ENTRIES + 1}-0`, 'json', JSON.stringify(numberedEvent(1)));
  await writer.xadd(names.sessions, `${ENTRIES + 1}-0`, 'json', JSON.stringify(session(1)));
  const reader = { network: '', spent: () => undefined, signal: new AbortController().signal };
  const newest = { after: null, before: null, limit: 1, maxEntries: 1_000 };
  const readBytes = async <Value>(read: () => Promise<Value>): Promise<[bytes: number, value: Value]> => {
    const sent = async (): Promise<number> =>
      Number(/total_net_output_bytes:(\d+)/.exec(await writer.info('stats'))?.[1]);
    const before = await sent();
    const value = await read();
    return [(await sent()) - before, value];
  };
  const starting = readBytes(async () => {
    const { feed } = await startFeed({ redisUrl: server.url, prefix: 'large' });
    await eventually(() => {
      expect(feed.log('events')?.isReady).toBe(true);
    });
    return feed;
  });
  const [startBytes, feed] = await starting;
  const [eventBytes, events] = await readBytes(() => feed.kept.events(newest, () => true, reader));
  const [sessionBytes, sessions] = await readBytes(() => feed.kept.sessions(newest, () => true, reader));
  expect([events.items.length, sessions.items.length]).toStrictEqual([1, 1]);
  expect(Math.max(startBytes, eventBytes, sessionBytes)).toBeLessThan(MOST_BYTES);
});
