import { afterEach, describe, expect, test } from '@jest/globals';
import {
  createFakeClock,
  createLogRecorder,
  freePort,
  type MetricFamily,
  parseMetrics,
  promtoolComplaints,
  prometheusTest,
  streamRecord,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { HealthPort, type Part } from '@mediamtx-monitor/runtime';
import { type Protocol, redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { createCollectorParts } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import type { TickReport } from '../src/server/report.ts';
import type { ListName } from '../src/protocols/index.ts';
import { CollectorMetrics } from '../src/metrics.ts';
import type { SharingHealth } from '../src/sharing/index.ts';
import { observation, pathFact } from './derive/facts.ts';

const TOTALS = { streams: 1, readers: 0, inboundMbps: 0, outboundMbps: 0, states: null, healths: null };
const EVENTS = {
  status: 'failed',
  waiting: 7,
  waitingBytes: 900,
  dropped: 5,
  takenAtMs: 1_700_000_000_500,
} as const;
const STATS = { due: 40, overlaps: 3, missed: 2, restarts: 1 };

const SHARING: SharingHealth = {
  collector: 'one',
  holds: ['north', 'south', 'east'],
  standsBy: ['west', 'middle'],
  conflicts: [{ server: 'west', collector: 'two', host: 'elsewhere' }],
  others: [],
  error: null,
};

function tick(
  fields: Partial<TickReport['snapshot']> = {},
  redis: TickReport['redis'] = 'published',
): TickReport {
  const snapshot = {
    streams: [streamRecord()],
    connections: [],
    collectedAtMs: 0,
    simulated: false,
    source: { status: 'up', error: null, version: null } as const,
    missing: [] as ListName[],
    reasons: [],
    attention: null,
    totals: TOTALS,
    failed: new Set<Protocol>(),
    startedAtMs: null,
    ...fields,
  };
  return {
    server: 'north',
    snapshot,
    redis,
    messageBytes: null,
    streamsBytes: null,
    publishMs: null,
    file: null,
  };
}

function create(...servers: string[]) {
  const clock = createFakeClock();
  const metrics = new CollectorMetrics({
    servers: () => servers.map((server) => [server, STATS]),
    events: () => servers.map((server) => [server, EVENTS]),
    sharing: () => SHARING,
    only: servers.length === 1 ? (servers[0] ?? null) : null,
    version: '1.2.3',
    clock,
  });
  for (const server of servers) metrics.add(server);
  const read = async (): Promise<ReadonlyMap<string, MetricFamily>> =>
    parseMetrics(await metrics.source.metrics());
  /** Values of a metric by one of its labels. */
  const values = async (name: string, label: string): Promise<Record<string, number>> => {
    const samples = (await read()).get(name)?.samples ?? [];
    return Object.fromEntries(
      samples.map(({ labels, value }): [string, number] => [labels[label] ?? '', value]),
    );
  };
  const value = async (name: string): Promise<number | undefined> =>
    (await read()).get(name)?.samples[0]?.value;
  return { clock, metrics, read, values, value };
}

const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

describe('metrics of the collector', () => {
  test('all carry the server', async () => {
    const families = [...(await create('north').read()).values()];
    const servers = families.flatMap(({ samples }) => samples.map(({ labels }) => labels['server']));
    expect(servers.length).toBeGreaterThan(30);
    expect([...new Set(servers)]).toStrictEqual(['north']);
  });

  test('tell how long ticks take, in seconds', async () => {
    const { metrics, read } = create('north');
    metrics.onTick(tick(), 30);
    metrics.onTick(tick(), 1_500);
    const family = (await read()).get('mediamtx_monitor_tick_duration_seconds');
    const sample = (suffix: string, le?: string): number | undefined =>
      family?.samples.find(({ name, labels }) => name.endsWith(suffix) && labels['le'] === le)?.value;
    expect(family?.type).toBe('histogram');
    expect(sample('_count')).toBe(2);
    expect(sample('_sum')).toBeCloseTo(1.53, 9);
    expect([sample('_bucket', '0.025'), sample('_bucket', '0.05'), sample('_bucket', '2')]).toStrictEqual([
      0, 1, 2,
    ]);
  });

  test('count failures by list, every list from 0 on', async () => {
    const { metrics, values } = create('north');
    const name = 'mediamtx_monitor_list_failures_total';
    expect(Object.keys(await values(name, 'list'))).toStrictEqual(
      expect.arrayContaining(['paths', 'moqsessions', 'info']),
    );
    expect(new Set(Object.values(await values(name, 'list')))).toStrictEqual(new Set([0]));
    metrics.onTick(tick({ missing: ['srtconns', 'rtmpconns'] }), 1);
    metrics.onTick(tick({ missing: ['srtconns'] }), 1);
    expect(await values(name, 'list')).toMatchObject({ srtconns: 2, rtmpconns: 1, paths: 0 });
  });

  test('count what was not stored, by reason', async () => {
    const { metrics, values } = create('north');
    const name = 'mediamtx_monitor_publish_failures_total';
    expect(await values(name, 'reason')).toStrictEqual({ late: 0, superseded: 0, error: 0 });
    for (const redis of ['late', 'superseded', 'superseded', new Error('away'), 'published'] as const) {
      metrics.onTick(tick({}, redis), 1);
    }
    expect(await values(name, 'reason')).toStrictEqual({ late: 1, superseded: 2, error: 1 });
  });

  test('tell when a tick was good last: read and stored; nothing before the first', async () => {
    const { metrics, clock, value } = create('north');
    const name = 'mediamtx_monitor_last_success_timestamp_seconds';
    const down = { status: 'down', error: 'refused', version: null } as const;
    metrics.onTick(tick({ source: down }), 1);
    metrics.onTick(tick({}, 'late'), 1);
    expect(await value(name)).toBeUndefined();
    metrics.onTick(tick(), 1);
    expect(await value(name)).toBe(Date.parse('2026-01-01T00:00:00Z') / 1_000);
    clock.advance(2_500);
    metrics.onTick(tick({ source: down }), 1);
    expect(await value(name)).toBe(Date.parse('2026-01-01T00:00:00Z') / 1_000);
    metrics.onTick(tick(), 1);
    expect(await value(name)).toBe(Date.parse('2026-01-01T00:00:02.500Z') / 1_000);
  });

  test('tell what the schedule counts', async () => {
    const { value } = create('north');
    expect(await value('mediamtx_monitor_due_ticks_total')).toBe(40);
    expect(await value('mediamtx_monitor_overlapping_ticks_total')).toBe(3);
    expect(await value('mediamtx_monitor_missed_ticks_total')).toBe(2);
    expect(await value('mediamtx_monitor_schedule_restarts_total')).toBe(1);
    expect(await value('mediamtx_monitor_events_stored')).toBe(0);
    expect(await value('mediamtx_monitor_events_waiting')).toBe(7);
    expect(await value('mediamtx_monitor_events_dropped_total')).toBe(5);
    expect(await value('mediamtx_monitor_events_last_stored_timestamp_seconds')).toBe(1_700_000_000.5);
  });
});

describe('what is published', () => {
  const count = (family: MetricFamily | undefined): number | undefined =>
    family?.samples.find(({ name }) => name.endsWith('_count'))?.value;
  const seen = observation({ paths: [pathFact({ name: '📹' })] });

  /** A collector of the server `north` that publishes to Redis. */
  function createParts() {
    const { url, prefix } = testRedis();
    const { servers, redis } = createCollectorParts(
      loadConfig({
        MEDIAMTX_API_URL: 'http://127.0.0.1:9',
        MEDIAMTX_SERVER_ID: 'north',
        REDIS_URL: url,
        REDIS_KEY_PREFIX: prefix,
        JSON_FILE: '',
        // The fake clock stands still, so the deadline of a tick must outlast a busy machine.
        POLL_INTERVAL_SECONDS: '60',
      }),
      { clock: createFakeClock(), logger: createLogRecorder().logger, userId: undefined, inContainer: false },
      { role: 'take-over', isOnlyPoll: false },
    );
    cleanups.push(redis.stop);
    return { north: servers[0], redis, url, names: redisNames(prefix) };
  }

  test('has its time and its size told', async () => {
    const { metrics, read, value } = create('north');
    const { north, redis, url, names } = createParts();
    await redis.start();
    expect(await value('mediamtx_monitor_published_streams_bytes')).toBeUndefined();
    const report = await north.store(seen);
    expect(report.redis).toBe('published');
    metrics.onTick(report, 1);
    const reader = new Redis(url);
    cleanups.push(() => {
      reader.disconnect();
    });
    const array = await reader.getBuffer(names.latest('streams', 'north'));
    expect(await value('mediamtx_monitor_published_streams_bytes')).toBe(array?.length);
    expect(count((await read()).get('mediamtx_monitor_publish_duration_seconds'))).toBe(1);
  });

  test('has none where Redis is away', async () => {
    const { metrics, read, value } = create('north');
    const report = await createParts().north.store(seen);
    expect(report.redis).toBeInstanceOf(Error);
    metrics.onTick(report, 1);
    expect(count((await read()).get('mediamtx_monitor_publish_duration_seconds'))).toBe(0);
    expect(await value('mediamtx_monitor_published_streams_bytes')).toBeUndefined();
  });
});

test('of several servers are told apart, and what is of the process names none', async () => {
  const { metrics, read, values } = create('north', 'south');
  metrics.onTick(tick({ missing: ['srtconns'] }), 30);
  metrics.onTick({ ...tick(), server: 'south', streamsBytes: 7 }, 30);
  expect(await values('mediamtx_monitor_due_ticks_total', 'server')).toStrictEqual({ north: 40, south: 40 });
  expect(await values('mediamtx_monitor_published_streams_bytes', 'server')).toStrictEqual({ south: 7 });
  const failures = (await read()).get('mediamtx_monitor_list_failures_total')?.samples ?? [];
  expect(failures.filter(({ value }) => value > 0)).toMatchObject([
    { labels: { list: 'srtconns', server: 'north' }, value: 1 },
  ]);
  const families = await read();
  for (const name of ['tick_duration_seconds', 'publish_duration_seconds', 'publish_failures_total']) {
    const samples = families.get(`mediamtx_monitor_${name}`)?.samples ?? [];
    expect(new Set(samples.map(({ labels }) => labels['server']))).toStrictEqual(new Set(['north', 'south']));
  }
  for (const name of ['process_start_time_seconds', 'mediamtx_monitor_build_info']) {
    expect(families.get(name)?.samples.map(({ labels }) => labels['server'])).toStrictEqual([undefined]);
  }
});

test('the health port tells them', async () => {
  const { metrics } = create('north');
  const port = await freePort();
  const { logger } = createLogRecorder();
  const parts: Part[] = [
    metrics,
    new HealthPort({
      host: '127.0.0.1',
      port,
      allowedHosts: [],
      logger,
      facts: () => ({}),
      metrics: metrics.source,
    }),
  ];
  for (const part of parts) {
    cleanups.unshift(() => part.stop());
    await part.start();
  }
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const families = parseMetrics(await response.text());
  expect(families.get('mediamtx_monitor_build_info')?.samples[0]?.labels).toMatchObject({ version: '1.2.3' });
});

prometheusTest<typeof test.skip>(
  'promtool',
  test,
  test.skip,
)('promtool complains of nothing', async () => {
  const { metrics } = create('north');
  metrics.onTick(tick(), 30);
  expect(promtoolComplaints(await metrics.source.metrics())).toBe('');
});

test('tells who polls what', async () => {
  const { read } = create('north', 'south', 'east');
  const families = await read();
  const valueOf = (name: string): number | undefined =>
    families.get(`mediamtx_monitor_${name}`)?.samples[0]?.value;
  const names = ['held_servers', 'standby_servers', 'server_conflicts', 'other_collectors'];
  expect(names.map(valueOf)).toStrictEqual([3, 2, 1, 0]);
});
