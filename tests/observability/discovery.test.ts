import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually, prometheusTest, streamRecord, testRedis } from '@mediamtx-monitor/testkit';
import { freshTimes, headOf, hostsHeadOf, TestPublisher } from '../../services/api/test/publisher.ts';
import { readText } from '../docs/support/documents.ts';
import { blocksOf } from '../docs/support/markdown.ts';
import { type StartedApi, startApi, tokenSetting, whenItHasData } from '../docs/support/started-api.ts';
import { type Prometheus, startConfigured } from './support/prometheus.ts';

const TOKEN = 'a-token-of-this-test';
const DOCUMENT = 'docs/metrics.md';
/** Old enough to be asked for once in the test, however long that takes. */
const INTERVAL_MS = 600_000;
const withPrometheus = prometheusTest('prometheus', test, test.skip);

const redis = testRedis();
const publisher = new TestPublisher(redis.url, redis.prefix);
let api: StartedApi;
let prometheus: Prometheus | undefined;

beforeAll(async () => {
  const tick = { intervalMs: INTERVAL_MS, ...freshTimes() };
  const labels = { site: 'north', server: 'other' };
  await publisher.publish(headOf({ ...tick, server: 'hall-1', labels }), [streamRecord({ name: 'cam' })]);
  await publisher.publish(headOf({ ...tick, server: 'hall-2' }), [streamRecord({ name: 'cam' })]);
  await publisher.publishHost(hostsHeadOf(tick));
  api = await startApi(redis, tokenSetting(TOKEN));
  // Prometheus asks again after a minute only.
  await whenItHasData(api, { Authorization: `Bearer ${TOKEN}` });
});

afterAll(async () => {
  await prometheus?.stop();
  await api.stop();
  publisher.close();
});

/** What the document says Prometheus is to have, for the API and the token of this test. */
function documentedConfig(): string {
  const [block, ...others] = blocksOf(readText(DOCUMENT)).filter(({ language }) => language === 'yaml');
  if (block === undefined || others.length > 0) throw new Error(`${DOCUMENT} has no block or several`);
  const text = block.code
    .replaceAll('monitor.example.com:8000', new URL(api.url).host)
    .replaceAll('credentials_file: /etc/prometheus/monitor.token', `credentials: ${TOKEN}`);
  return `global: { scrape_interval: 1s }\n${text}`;
}

/** Each of these labels of each series, in order. */
async function labelsOf(selector: string, names: readonly string[]): Promise<readonly unknown[]> {
  const series = (await prometheus?.series(selector)) ?? [];
  return series.map((labels) => names.map((name) => labels[name])).sort();
}

withPrometheus(
  'Prometheus scrapes each server by itself, with its labels, as the document has it',
  async () => {
    prometheus = await startConfigured(documentedConfig());
    await eventually(async () => {
      expect(await labelsOf('mediamtx_monitor_stream_state', ['server', 'stream', 'site'])).toStrictEqual([
        ['hall-1', 'cam', 'north'],
        ['hall-2', 'cam', undefined],
      ]);
      expect(await labelsOf('mediamtx_monitor_host_up', ['host'])).toStrictEqual([['media-1']]);
    });
    const up = ['server', 'site', 'exported_server', 'job'];
    const job = 'mediamtx-monitor-servers';
    const servers = [
      ['hall-1', 'north', undefined, job],
      ['hall-2', undefined, undefined, job],
    ];
    expect(await labelsOf('mediamtx_monitor_server_up', up)).toStrictEqual(servers);
    expect(await labelsOf(`up{job="${job}"}`, up)).toStrictEqual(servers);
  },
);
