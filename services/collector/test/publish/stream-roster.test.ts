import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  createLogRecorder,
  eventually,
  liveStream,
  streamRecord,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { historyKey } from '@mediamtx-monitor/runtime';
import { redisNames, type StreamRecord } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { StreamRoster } from '../../src/publish/stream-roster.ts';

const NOW_MS = Date.parse('2026-11-29T20:00:00Z');
const HOUR_MS = 3_600_000;

let durable: Redis;
beforeEach(() => {
  durable = new Redis(testRedis().url);
});
afterEach(() => {
  durable.disconnect();
});

function start(most: number, prefix = testRedis().prefix) {
  const log = createLogRecorder();
  const evicted: string[] = [];
  const names = redisNames(prefix);
  const roster = new StreamRoster({
    ...{ durable, names, server: 'main', most, logger: log.logger },
    onEvicted: (name) => evicted.push(name),
  });
  const admit = (streams: readonly StreamRecord[], atMs = NOW_MS): string[] =>
    roster.admit(streams, atMs).map(({ name }) => name);
  return { roster, admit, evicted, log, names, prefix };
}

const live = (name: string): StreamRecord => liveStream({ name });
const idle = (name: string): StreamRecord => streamRecord({ name });

test('the longest silent makes room for one that is live, but not one that is expected; told once', async () => {
  const { roster, admit, evicted, log, names } = start(3);
  const expected = streamRecord({ name: 'expected', expectedBy: 'configuration' });
  expect(admit([expected, live('first'), live('second')])).toStrictEqual(['expected', 'first', 'second']);
  admit([expected, idle('first'), live('second')], NOW_MS + 1_000);
  admit([expected, idle('first'), idle('second')], NOW_MS + 2_000);
  // One that isn't live takes nobody's place.
  expect(admit([expected, idle('first'), idle('second'), idle('third')])).not.toContain('third');
  expect(evicted).toStrictEqual([]);
  const key = historyKey(names, { kind: 'stream', server: 'main', stream: 'first' }, '5m', NOW_MS);
  await durable.set(key, 'slots');
  expect(admit([expected, idle('second'), live('third')], NOW_MS + 3_000)).toStrictEqual([
    'expected',
    'second',
    'third',
  ]);
  expect(evicted).toStrictEqual(['first']);
  await roster.store(NOW_MS + 4_000);
  expect(await durable.exists(key)).toBe(0);
  expect((await durable.zrange(names.historyStreams('main'), 0, -1)).sort()).toStrictEqual([
    'expected',
    'second',
    'third',
  ]);
  expect(admit([expected, live('second'), live('third'), live('fourth')], NOW_MS + 5_000)).toHaveLength(3);
  expect(log.messages('warn')).toStrictEqual([expect.stringContaining('HISTORY_MAX_STREAMS')]);
});

test('a restart forgets none, nor how long they have been silent', async () => {
  const before = start(2);
  before.admit([live('old'), live('young')]);
  before.admit([live('young')], NOW_MS + 2 * HOUR_MS);
  await before.roster.store(NOW_MS + 2 * HOUR_MS);
  const { roster, admit, evicted } = start(2, before.prefix);
  await roster.store(NOW_MS + 3 * HOUR_MS);
  expect(admit([live('new')], NOW_MS + 3 * HOUR_MS)).toStrictEqual(['new']);
  expect(evicted).toStrictEqual(['old']);
});

test('what has nothing left in Redis is forgotten, and a smaller number makes the oldest go', async () => {
  const before = start(5);
  before.admit([live('gone')], NOW_MS - 32 * 24 * HOUR_MS);
  before.admit([live('a')], NOW_MS - 2 * HOUR_MS);
  before.admit([live('b')], NOW_MS - HOUR_MS);
  before.admit([live('c')], NOW_MS);
  await before.roster.store(NOW_MS);
  const { roster, names } = start(2, before.prefix);
  await eventually(async () => {
    await roster.store(NOW_MS);
    expect(await durable.zrange(names.historyStreams('main'), 0, -1)).toStrictEqual(['b', 'c']);
  });
});

test('a Redis that refuses is told once, and the streams go on', async () => {
  const { roster, admit, log, names } = start(5);
  await durable.set(names.historyStreams('main'), 'no sorted set');
  expect(admit([live('a')])).toStrictEqual(['a']);
  await roster.store(NOW_MS);
  await roster.store(NOW_MS);
  expect(log.messages('warn')).toHaveLength(1);
});
