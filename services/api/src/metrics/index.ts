import type { RequestListener } from 'node:http';
import { addProcessMetrics, addReadMetric, type Logger, type Part } from '@mediamtx-monitor/runtime';
import { Registry } from 'prom-client';
import type { Feed } from '../feed/index.ts';
import { answerMetrics } from './answer.ts';
import { FleetMetrics } from './fleet-metrics.ts';
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

/** For Prometheus: this process under `/metrics`, all servers and streams under `/metrics/streams`. */
export function createMetrics({ feed, logger, stats, version }: MetricsOptions): Metrics {
  const registry = new Registry();
  for (const metric of serviceMetrics(feed, stats)) addReadMetric(registry, metric);
  const { start, stop } = addProcessMetrics(registry, version);
  const fleet = new FleetMetrics(feed);
  return {
    name: 'metrics',
    start,
    stop,
    resources: {
      '/metrics': answerMetrics(async () => Buffer.from(await registry.metrics()), logger),
      '/metrics/streams': answerMetrics(() => fleet.text(), logger),
    },
  };
}
