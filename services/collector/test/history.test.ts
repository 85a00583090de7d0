import { afterEach, expect, test } from '@jest/globals';
import { createFakeClock, createLogRecorder, liveStream, testRedis } from '@mediamtx-monitor/testkit';
import { RecentTicks } from '@mediamtx-monitor/runtime';
import { HISTORY, recentPartOf, redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { createServerHistory, type RememberedSnapshot } from '../src/publish/server-history.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const UP: RememberedSnapshot = {
  streams: [],
  connections: [],
  source: { status: 'up' },
  totals: {
    streams: 2,
    missing: 1,
    readers: 3,
    inboundMbps: 4,
    outboundMbps: 8,
    states: { idle: 1, waiting: 0, live: 1, stalled: 0, standby: 0, unknown: 0 },
    healths: { ok: 1, warning: 1, critical: 0, unknown: 0 },
  },
  reasons: [],
};
const DOWN: RememberedSnapshot = {
  ...UP,
  source: { status: 'timeout' },
  totals: {
    ...{ streams: null, missing: null, readers: null, inboundMbps: null, outboundMbps: null },
    ...{ states: null, healths: null },
  },
  reasons: [
    {
      code: 'server-unreachable',
      severity: 'critical',
      measured: null,
      limit: null,
      since: '2026-11-29T20:00:00Z',
    },
  ],
};

/** The history of a server, with Redis's clock in hand. */
function startHistory() {
  const { url, prefix } = testRedis();
  const redis = new Redis(url);
  ends.push(() => {
    redis.disconnect();
  });
  const clock = createFakeClock('2026-11-29T20:00:00.000Z');
  redis.time = () => Promise.resolve([clock.wallMs() / 1_000, 0]);
  const names = redisNames(prefix);
  const { logger } = createLogRecorder();
  const options = { live: redis, durable: redis, names, clock, logger };
  const history = createServerHistory({ ...options, server: 'main', intervalMs: 2_000, most: 10 });
  return { redis, clock, names, history };
}

test('what a snapshot says of streams and server is kept; what isn’t there brings nothing, what isn’t known is unknown', async () => {
  const { redis, clock, names, history } = startHistory();
  const streams = [
    liveStream({ name: 'cam', health: 'warning' }),
    liveStream({ name: 'gone', state: 'missing', inboundMbps: null, outboundMbps: null, readers: 0 }),
    liveStream({ name: 'unread', state: 'unknown' }),
  ];
  history.add(UP);
  // Redis tells its time first.
  await new Promise((resolve) => setTimeout(resolve, 200));
  history.add({ ...UP, streams });
  clock.advance(2_000);
  history.add(DOWN);
  await history.stop();
  const ticksOf = async (of: 'streams' | 'server', name: string) => {
    const bytes = await redis.getBuffer(
      names.recentHistory(
        { kind: of, server: 'main' },
        clock.wallMs(),
        of === 'streams' ? recentPartOf(name) : 0,
      ),
    );
    const found: unknown[] = [];
    new RecentTicks(of === 'streams' ? 'stream' : 'server', bytes ?? Buffer.alloc(0)).each(
      name,
      ({ status, values }) => {
        found.push([status, ...Array.from(values, (value) => Math.round(value * 1_000) / 1_000)]);
      },
    );
    return found;
  };
  const [live, missing] = ['live', 'missing'].map(
    (state) => 1 + HISTORY.stream.states.indexOf(state as 'live'),
  );
  expect(await ticksOf('streams', 'cam')).toStrictEqual([[(2 << 3) + (live ?? 0), 4, 4, 1, NaN, 0, NaN]]);
  expect(await ticksOf('streams', 'gone')).toStrictEqual([[missing, 0, 0, 0, NaN, 0, 0]]);
  expect(await ticksOf('streams', 'unread')).toStrictEqual([]);
  expect(await ticksOf('server', '')).toStrictEqual([
    [(2 << 3) + 1, 1, 3, 4, 8],
    [(3 << 3) + 2, NaN, NaN, NaN, NaN],
  ]);
});
