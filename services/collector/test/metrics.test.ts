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
import { createHealthPort, type Part } from '@mediamtx-monitor/runtime';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import type { TickReport } from '../src/collect.ts';
import type { ListName } from '../src/protocols/index.ts';
import { createCollectorMetrics } from '../src/metrics.ts';
import { createRedisPublisher, type Publication, type RedisPublisher } from '../src/publish/index.ts';

const TOTALS = { streams: 1, readers: 0, inboundMbps: 0, outboundMbps: 0, states: null, healths: null };
const STATS = { due: 40, overlaps: 3, missed: 2, restarts: 1 };

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
    totals: TOTALS,
    ...fields,
  };
  return { snapshot, redis, messageBytes: null, file: null };
}

function create() {
  const clock = createFakeClock();
  const metrics = createCollectorMetrics({
    server: 'north',
    version: '1.2.3',
    clock,
    loopStats: () => STATS,
  });
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
    const families = [...(await create().read()).values()];
    const servers = families.flatMap(({ samples }) => samples.map(({ labels }) => labels['server']));
    expect(servers.length).toBeGreaterThan(30);
    expect([...new Set(servers)]).toEqual(['north']);
  });

  test('tell how long ticks take, in seconds', async () => {
    const { metrics, read } = create();
    metrics.onTick(tick(), 30);
    metrics.onTick(tick(), 1_500);
    const family = (await read()).get('mediamtx_monitor_tick_duration_seconds');
    const told = (suffix: string, le?: string): number | undefined =>
      family?.samples.find(({ name, labels }) => name.endsWith(suffix) && labels['le'] === le)?.value;
    expect(family?.type).toBe('histogram');
    expect(told('_count')).toBe(2);
    expect(told('_sum')).toBeCloseTo(1.53, 9);
    expect([told('_bucket', '0.025'), told('_bucket', '0.05'), told('_bucket', '2')]).toEqual([0, 1, 2]);
  });

  test('count failures by list, every list from 0 on', async () => {
    const { metrics, values } = create();
    const name = 'mediamtx_monitor_list_failures_total';
    expect(Object.keys(await values(name, 'list'))).toEqual(
      expect.arrayContaining(['paths', 'moqsessions', 'info']),
    );
    expect(new Set(Object.values(await values(name, 'list')))).toEqual(new Set([0]));
    metrics.onTick(tick({ missing: ['srtconns', 'rtmpconns'] }), 1);
    metrics.onTick(tick({ missing: ['srtconns'] }), 1);
    expect(await values(name, 'list')).toMatchObject({ srtconns: 2, rtmpconns: 1, paths: 0 });
  });

  test('count what was not stored, by reason', async () => {
    const { metrics, values } = create();
    const name = 'mediamtx_monitor_publish_failures_total';
    expect(await values(name, 'reason')).toEqual({ late: 0, superseded: 0, error: 0 });
    for (const redis of ['late', 'superseded', 'superseded', new Error('away'), 'published'] as const) {
      metrics.onTick(tick({}, redis), 1);
    }
    expect(await values(name, 'reason')).toEqual({ late: 1, superseded: 2, error: 1 });
  });

  test('tell when a tick was good last: read and stored; nothing before the first', async () => {
    const { metrics, clock, value } = create();
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
    const { value } = create();
    expect(await value('mediamtx_monitor_due_ticks_total')).toBe(40);
    expect(await value('mediamtx_monitor_overlapping_ticks_total')).toBe(3);
    expect(await value('mediamtx_monitor_missed_ticks_total')).toBe(2);
    expect(await value('mediamtx_monitor_schedule_restarts_total')).toBe(1);
  });
});

describe('a publisher that is watched', () => {
  const content: Publication = {
    head: {
      server: 'north',
      collectedAt: '2026-01-01T00:00:00.000Z',
      intervalMs: 2_000,
      simulated: false,
      source: { status: 'up', error: null, version: null },
      missing: [],
      totals: TOTALS,
    },
    streams: [],
    connections: [],
  };
  const count = (family: MetricFamily | undefined): number | undefined =>
    family?.samples.find(({ name }) => name.endsWith('_count'))?.value;

  test('publishes as before; its time and the size of what it published are told', async () => {
    const { metrics, clock, read, value } = create();
    const { url, prefix } = testRedis();
    const redis = new Redis(url);
    cleanups.push(() => {
      redis.disconnect();
    });
    await redis.ping();
    const names = redisNames(prefix);
    const watched = metrics.watch(
      createRedisPublisher({
        redis,
        names,
        server: 'north',
        clock,
        commandTimeoutMs: 30_000,
        role: 'take-over',
      }),
    );
    expect(await value('mediamtx_monitor_published_streams_bytes')).toBeUndefined();
    expect(await watched.prepare()).not.toBeNull();
    const array = '[{"name":"📹"}]';
    expect(await watched.publish(content, array)).toMatchObject({ outcome: 'published' });
    expect(await redis.get(names.latest('streams', 'north'))).toBe(array);
    expect(await value('mediamtx_monitor_published_streams_bytes')).toBe(Buffer.byteLength(array));
    expect(count((await read()).get('mediamtx_monitor_publish_duration_seconds'))).toBe(1);
  });

  test('fails as before, which is no time', async () => {
    const { metrics, read, value } = create();
    const failing: RedisPublisher = {
      prepare: () => Promise.resolve(null),
      publish: () => Promise.reject(new Error('away')),
    };
    await expect(metrics.watch(failing).publish(content, '[]')).rejects.toThrow('away');
    expect(count((await read()).get('mediamtx_monitor_publish_duration_seconds'))).toBe(0);
    expect(await value('mediamtx_monitor_published_streams_bytes')).toBeUndefined();
  });
});

test('the health port tells them', async () => {
  const { metrics } = create();
  const port = await freePort();
  const { logger } = createLogRecorder();
  const parts: Part[] = [
    metrics,
    createHealthPort({
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
  const { metrics } = create();
  metrics.onTick(tick(), 30);
  expect(promtoolComplaints(await metrics.source.metrics())).toBe('');
});
