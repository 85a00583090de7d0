import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { eventually, promtoolComplaints, prometheusTest } from '@mediamtx-monitor/testkit';
import type { ServiceStats } from '../../src/metrics/index.ts';
import { happening } from '../happening.ts';
import { headOf } from '../publisher.ts';
import { askRaw } from '../http/raw.ts';
import { samplesOf, serveMetrics } from './serving.ts';

const BUSY: ServiceStats = {
  websocket: { clients: 3, messages: 40, bytes: 50_000, skipped: 6 },
  sse: { clients: 1, messages: 7, bytes: 800, skipped: 0 },
  requests: 90,
  refused: 11,
  connections: 5,
  refusedConnections: 4,
  failedConnections: 2,
  status: { isFileWrong: true, pages: 4, histories: 8 },
};

describe('/metrics', () => {
  test('tells what was counted, of each kind of client', async () => {
    const { read } = await serveMetrics({ stats: () => BUSY });
    const metrics = await read('/metrics');
    const byKind = (name: string): unknown => samplesOf(metrics, `mediamtx_monitor_${name}`);
    const both = (websocket: number, sse: number): unknown => [
      [{ kind: 'websocket' }, websocket],
      [{ kind: 'sse' }, sse],
    ];
    expect(byKind('clients')).toStrictEqual(both(3, 1));
    expect(byKind('sent_messages_total')).toStrictEqual(both(40, 7));
    expect(byKind('sent_bytes_total')).toStrictEqual(both(50_000, 800));
    expect(byKind('skipped_ticks_total')).toStrictEqual(both(6, 0));
    expect(byKind('http_requests_total')).toStrictEqual([[{}, 90]]);
    expect(byKind('http_refused_requests_total')).toStrictEqual([[{}, 11]]);
    expect(byKind('connections')).toStrictEqual([[{}, 5]]);
    expect(byKind('refused_connections_total')).toStrictEqual([[{}, 4]]);
    expect(byKind('failed_connections_total')).toStrictEqual([[{}, 2]]);
    expect(byKind('status_file_wrong')).toStrictEqual([[{}, 1]]);
    expect(byKind('status_pages')).toStrictEqual([[{}, 4]]);
    expect(byKind('status_histories_total')).toStrictEqual([[{}, 8]]);
    expect(byKind('build_info')).toStrictEqual([[{ version: '1.2.3', node: process.version }, 1]]);
  });

  test('tells of Redis: contact, subscription, and what could not be used', async () => {
    const { read, publisher } = await serveMetrics();
    await eventually(async () => {
      const metrics = await read('/metrics');
      expect(samplesOf(metrics, 'mediamtx_monitor_redis_contact')).toStrictEqual([[{}, 1]]);
      expect(samplesOf(metrics, 'mediamtx_monitor_redis_subscribed')).toStrictEqual([[{}, 1]]);
      expect(samplesOf(metrics, 'mediamtx_monitor_unusable_messages_total')).toStrictEqual([[{}, 0]]);
    });
    await publisher.publishRaw('no JSON');
    await eventually(async () => {
      const metrics = await read('/metrics');
      expect(samplesOf(metrics, 'mediamtx_monitor_unusable_messages_total')).toStrictEqual([[{}, 1]]);
    });
  });

  test('tells how far events are followed', async () => {
    const { read, publisher, feed, clock } = await serveMetrics();
    const { add, write } = happening({ publisher }, feed);
    await add([1, 2]);
    await write([['3-0', 'no event']]);
    await eventually(async () => {
      const metrics = await read('/metrics');
      expect(samplesOf(metrics, 'mediamtx_monitor_events_read_total')).toStrictEqual([[{}, 2]]);
      expect(samplesOf(metrics, 'mediamtx_monitor_unusable_entries_total')).toStrictEqual([[{}, 1]]);
      expect(samplesOf(metrics, 'mediamtx_monitor_events_lag_seconds')).toStrictEqual([[{}, 0]]);
    });
    feed.stop();
    clock.advance(7_000);
    const metrics = await read('/metrics');
    expect(samplesOf(metrics, 'mediamtx_monitor_events_lag_seconds')).toStrictEqual([[{}, 7]]);
  });

  test('tells that there was no Redis yet', async () => {
    const { read } = await serveMetrics({ redisUrl: 'redis://127.0.0.1:1' });
    const metrics = await read('/metrics');
    expect(samplesOf(metrics, 'mediamtx_monitor_redis_contact')).toStrictEqual([[{}, 0]]);
    expect(samplesOf(metrics, 'mediamtx_monitor_redis_subscribed')).toStrictEqual([[{}, 0]]);
    expect(samplesOf(metrics, 'mediamtx_monitor_snapshot_age_seconds')).toStrictEqual([]);
    expect(samplesOf(metrics, 'mediamtx_monitor_events_lag_seconds')).toStrictEqual([]);
  });

  test('tells how old the data of each server is here, and whether it is stale', async () => {
    const { read, publisher, feed, clock } = await serveMetrics();
    await publisher.publish(headOf({ server: 'main' }));
    await publisher.publish(headOf({ server: 'never', collectedAt: null }));
    await eventually(() => {
      expect(feed.servers.fleet().ticks.length).toBe(2);
    });
    const samples = async (): Promise<unknown> => {
      const metrics = await read('/metrics');
      return ['age_seconds', 'stale'].map((name) => samplesOf(metrics, `mediamtx_monitor_snapshot_${name}`));
    };
    clock.advance(4_500);
    expect(await samples()).toStrictEqual([
      [[{ server: 'main' }, 4.5]],
      [
        [{ server: 'main' }, 0],
        [{ server: 'never' }, 1],
      ],
    ]);
    clock.advance(2_000);
    expect(await samples()).toStrictEqual([
      [[{ server: 'main' }, 6.5]],
      [
        [{ server: 'main' }, 1],
        [{ server: 'never' }, 1],
      ],
    ]);
  });
});

describe.each(['/metrics', '/metrics/streams'])('%s', (path) => {
  test('answers in Prometheus’ text format, and nobody keeps it', async () => {
    const { url, publisher, feed } = await serveMetrics();
    await publisher.publish(headOf());
    await eventually(() => {
      expect(feed.servers.fleet().ticks.length).toBe(1);
    });
    const response = await fetch(`${url}${path}`, { headers: { 'accept-encoding': 'identity' } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Number(response.headers.get('content-length'))).toBe((await response.arrayBuffer()).byteLength);
    const head = await fetch(`${url}${path}`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toStrictEqual([200, '']);
  });

  test('is compressed for who takes that', async () => {
    const { url, publisher, feed } = await serveMetrics();
    await publisher.publish(headOf());
    await eventually(() => {
      expect(feed.servers.fleet().ticks.length).toBe(1);
    });
    const plain = await askRaw(url, path);
    const gzipped = await askRaw(url, path, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(gzipped.headers).toContain('Content-Encoding: gzip');
    expect(gzipped.headers).toContain(`Content-Length: ${gzipped.body.length}`);
    const families = [plain.body, gunzipSync(gzipped.body)].map((text) => text.toString().match(/^# .*/gm));
    expect(families[1]).toStrictEqual(families[0]);
  });

  test('refuses a parameter that it doesn’t have', async () => {
    const { url } = await serveMetrics();
    const response = await fetch(`${url}${path}?stream=a`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'unknown-parameter' });
  });
});

prometheusTest<typeof test.skip>(
  'promtool',
  test,
  test.skip,
)('promtool complains of nothing', async () => {
  const { url, publisher, feed } = await serveMetrics({ stats: () => BUSY });
  await publisher.publish(headOf());
  await eventually(() => {
    expect(feed.servers.fleet().ticks.length).toBe(1);
  });
  expect(promtoolComplaints(await (await fetch(`${url}/metrics`)).text())).toBe('');
});
