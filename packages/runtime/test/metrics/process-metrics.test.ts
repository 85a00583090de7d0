import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually, parseMetrics, promtoolComplaints, prometheusTest } from '@mediamtx-monitor/testkit';
import { Registry, register } from 'prom-client';
import type { Part } from '../../src/lifecycle/part.ts';
import { addProcessMetrics } from '../../src/metrics/process-metrics.ts';

const started: Part[] = [];
afterEach(async () => {
  for (const part of started.splice(0)) await part.stop();
});

async function startMetrics(): Promise<{ registry: Registry; part: Part }> {
  const registry = new Registry();
  const part = addProcessMetrics(registry, '1.2.3');
  started.push(part);
  await part.start();
  return { registry, part };
}

const valueOf = async (registry: Registry, name: string): Promise<number> =>
  parseMetrics(await registry.metrics()).get(name)?.samples[0]?.value ?? NaN;

describe('process metrics', () => {
  test('tell CPU, memory and start of this process in base units', async () => {
    const { registry } = await startMetrics();
    const before = process.cpuUsage();
    const cpuSeconds = await valueOf(registry, 'process_cpu_seconds_total');
    expect(cpuSeconds).toBeGreaterThanOrEqual((before.user + before.system) / 1e6);
    expect(await valueOf(registry, 'process_cpu_seconds_total')).toBeGreaterThanOrEqual(cpuSeconds);
    expect(await valueOf(registry, 'process_resident_memory_bytes')).toBeGreaterThan(1e7);
    expect(await valueOf(registry, 'nodejs_heap_size_used_bytes')).toBeGreaterThan(1e6);
    expect(await valueOf(registry, 'nodejs_external_memory_bytes')).toBeGreaterThan(0);
    const startedS = await valueOf(registry, 'process_start_time_seconds');
    expect(startedS).toBeGreaterThan(1.7e9);
    expect(startedS).toBeLessThanOrEqual(Date.now() / 1_000);
  });

  test('tell versions', async () => {
    const { registry } = await startMetrics();
    expect(parseMetrics(await registry.metrics()).get('mediamtx_monitor_build_info')?.samples).toMatchObject([
      { labels: { version: '1.2.3', node: process.version }, value: 1 },
    ]);
  });

  test('tell how late the event loop was, since it was last asked for', async () => {
    const { registry } = await startMetrics();
    const name = 'mediamtx_monitor_event_loop_delay_seconds';
    const delays = async (): Promise<Record<string, number>> => {
      const samples = parseMetrics(await registry.metrics()).get(name)?.samples ?? [];
      return Object.fromEntries(
        samples.map(({ labels, value }): [string, number] => [labels['statistic'] ?? '', value]),
      );
    };
    await eventually(async () => {
      const { mean, p99, max } = await delays();
      expect(mean).toBeGreaterThanOrEqual(0);
      expect(p99).toBeGreaterThanOrEqual(0);
      expect(max).toBeGreaterThanOrEqual(p99 ?? NaN);
    });
    await eventually(async () => {
      // It has looked once before, and looks again after; what was due in the meantime came at least this late.
      await delay(600);
      const untilMs = performance.now() + 700;
      while (performance.now() < untilMs);
      await delay(100);
      expect((await delays())['max']).toBeGreaterThan(0.1);
    });
  });

  test('stop looking at the event loop with their part', async () => {
    const { registry, part } = await startMetrics();
    await part.stop();
    await registry.metrics();
    await delay(700);
    const text = await registry.metrics();
    expect(parseMetrics(text).get('mediamtx_monitor_event_loop_delay_seconds')?.samples).toStrictEqual([]);
  });

  test('leave prom-client’s global registry alone', async () => {
    await startMetrics();
    expect(register.getMetricsAsArray()).toStrictEqual([]);
  });

  prometheusTest<typeof test.skip>(
    'promtool',
    test,
    test.skip,
  )('have nothing that promtool complains of', async () => {
    const { registry } = await startMetrics();
    expect(promtoolComplaints(await registry.metrics())).toBe('');
  });
});
