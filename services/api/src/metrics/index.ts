import { addProcessMetrics, addReadMetric, type Clock, type Part } from '@mediamtx-monitor/runtime';
import { Registry } from 'prom-client';
import type { Feed } from '../feed/index.ts';
import type { RouteContext } from '../http/route.ts';
import { Content } from '../tick/index.ts';
import { createHostMetrics } from './host-metrics.ts';
import { createServerMetrics } from './server-metrics.ts';
import { serviceMetrics, type ServiceStats } from './service-metrics.ts';
import { SharedText } from './shared-text.ts';

export type { ServiceStats } from './service-metrics.ts';

export interface MetricsOptions {
  readonly feed: Feed;
  readonly clock: Clock;
  readonly stats: () => ServiceStats;
  /** Version of the service. */
  readonly version: string;
}

export type Metrics = Part & RouteContext['metrics'];

/** For Prometheus: this process; and all servers, streams and hosts. */
export function createMetrics({ feed, clock, stats, version }: MetricsOptions): Metrics {
  const registry = new Registry();
  for (const metric of serviceMetrics(feed, stats)) addReadMetric(registry, metric);
  const { start, stop } = addProcessMetrics(registry, version);
  return {
    name: 'metrics',
    start,
    stop,
    ofProcess: async () => new Content(Buffer.from(await registry.metrics()), ''),
    ofStreams: createStreamTexts(feed, clock),
  };
}

/** Texts about servers, streams and hosts: of all, or of one server, which has no hosts. */
function createStreamTexts(feed: Feed, clock: Clock): Metrics['ofStreams'] {
  const [servers, hosts] = [createServerMetrics(feed), createHostMetrics(feed)];
  const all = new SharedText({
    sources: () => Promise.all([feed.servers.current(), feed.hosts.current()]),
    make: async () => Buffer.concat(await Promise.all([servers.text(), hosts.text()])),
    clock,
  });
  const textOf = (server: string): SharedText => {
    const metrics = createServerMetrics(feed, server);
    const sources = async () => [(await feed.servers.current()).of(server)];
    return new SharedText({ sources, make: () => metrics.text(), clock });
  };
  const single = new Map<string, SharedText>();
  return (server) => {
    if (server === undefined) return all.read();
    const text = single.get(server) ?? textOf(server);
    // As long as nothing is known, any name passes: whoever asks may have made it up.
    if (feed.servers.all().of(server).ticks.length > 0) single.set(server, text);
    return text.read();
  };
}
