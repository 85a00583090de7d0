import type { RequestListener } from 'node:http';
import { addProcessMetrics, addReadMetric, type Logger, type Part } from '@mediamtx-monitor/runtime';
import { Registry } from 'prom-client';
import type { Feed } from '../feed/index.ts';
import { answerMetrics } from './answer.ts';
import { createHostMetrics } from './host-metrics.ts';
import { createServerMetrics } from './server-metrics.ts';
import { serviceMetrics, type ServiceStats } from './service-metrics.ts';

export type { ServiceStats } from './service-metrics.ts';

export interface MetricsOptions {
  readonly feed: Feed;
  readonly logger: Logger;
  readonly stats: () => ServiceStats;
  /** Version of the service. */
  readonly version: string;
}

export interface Metrics extends Part {
  /** What answers `GET` and `HEAD`, by path. They throw `RefusedError`. */
  readonly resources: Readonly<Record<string, RequestListener>>;
}

/** For Prometheus: this process under `/metrics`, all servers, streams and hosts under `/metrics/streams`. */
export function createMetrics({ feed, logger, stats, version }: MetricsOptions): Metrics {
  const registry = new Registry();
  for (const metric of serviceMetrics(feed, stats)) addReadMetric(registry, metric);
  const { start, stop } = addProcessMetrics(registry, version);
  const fleets = [createServerMetrics(feed), createHostMetrics(feed)];
  return {
    name: 'metrics',
    start,
    stop,
    resources: {
      '/metrics': answerMetrics(async () => Buffer.from(await registry.metrics()), logger),
      '/metrics/streams': answerMetrics(async () => {
        const texts = await Promise.all(fleets.map((fleet) => fleet.text()));
        return Buffer.concat(texts);
      }, logger),
    },
  };
}
