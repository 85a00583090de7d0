import { describe, expect, test } from '@jest/globals';
import { parseMetrics } from '@mediamtx-monitor/testkit';
import { Registry } from 'prom-client';
import { addReadMetric, type Sample } from '../../src/metrics/read-metric.ts';

async function readValues(registry: Registry): Promise<readonly unknown[]> {
  return [...parseMetrics(await registry.metrics()).values()].flatMap(({ samples }) =>
    samples.map(({ labels, value }) => [labels, value]),
  );
}

describe.each(['counter', 'gauge'] as const)('a %s', (type) => {
  const name = type === 'counter' ? 'mediamtx_monitor_things_total' : 'mediamtx_monitor_things';

  test('is read whenever somebody asks, and tells nothing of before', async () => {
    const registry = new Registry();
    let samples: readonly Sample[] = [
      { labels: { kind: 'a' }, value: 3 },
      { labels: { kind: 'b' }, value: 0 },
    ];
    addReadMetric(registry, { type, name, help: 'All things.', labelNames: ['kind'], read: () => samples });
    const first = [
      [{ kind: 'a' }, 3],
      [{ kind: 'b' }, 0],
    ];
    expect(await readValues(registry)).toStrictEqual(first);
    expect(await readValues(registry)).toStrictEqual(first);
    samples = [{ labels: { kind: 'a' }, value: 5 }];
    expect(await readValues(registry)).toStrictEqual([[{ kind: 'a' }, 5]]);
    samples = [];
    expect(await readValues(registry)).toStrictEqual([]);
  });

  test('without labels tells nothing either where nothing is known', async () => {
    const registry = new Registry();
    let samples: readonly Sample[] = [];
    addReadMetric(registry, { type, name, help: 'All things.', read: () => samples });
    expect(await readValues(registry)).toStrictEqual([]);
    samples = [{ value: 7 }];
    expect(await readValues(registry)).toStrictEqual([[{}, 7]]);
  });

  test('may have no labels', async () => {
    const registry = new Registry();
    addReadMetric(registry, { type, name, help: 'All things.', read: () => [{ value: 7 }] });
    expect(await readValues(registry)).toStrictEqual([[{}, 7]]);
    expect(parseMetrics(await registry.metrics()).get(name)).toMatchObject({ type, help: 'All things.' });
  });
});
