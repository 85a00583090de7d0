import { addProcessMetrics, addReadMetric, type Clock, type Part } from '@mediamtx-monitor/runtime';
import { Registry } from 'prom-client';
import { Content, type Feed } from '../feed/index.ts';
import { readQuery } from '../http/query.ts';
import { fleetFor } from '../http/servers-asked.ts';
import { answerMetrics, type MetricsListener } from './answer.ts';
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

export interface Metrics extends Part {
  /** What answers `GET` and `HEAD`, by path. They throw `RefusedError`. */
  readonly resources: Readonly<Record<string, MetricsListener>>;
}

/** For Prometheus: this process under `/metrics`, all servers, streams and hosts under `/metrics/streams`. */
export function createMetrics({ feed, clock, stats, version }: MetricsOptions): Metrics {
  const registry = new Registry();
  for (const metric of serviceMetrics(feed, stats)) addReadMetric(registry, metric);
  const { start, stop } = addProcessMetrics(registry, version);
  const streamTexts = createStreamTexts(feed, clock);
  return {
    name: 'metrics',
    start,
    stop,
    resources: {
      '/metrics': answerMetrics(async (url) => {
        readQuery(url, []);
        return new Content(Buffer.from(await registry.metrics()), '');
      }, feed.compressions),
      '/metrics/streams': answerMetrics(async (url) => {
        const { server } = readQuery(url, ['server']);
        return (await streamTexts(server)).read();
      }, feed.compressions),
    },
  };
}

/** Texts about servers, streams and hosts: of all, or of one server, which has no hosts. */
function createStreamTexts(feed: Feed, clock: Clock): (server: string | undefined) => Promise<SharedText> {
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
  return async (server) => {
    if (server === undefined) return all;
    const { ticks } = await fleetFor(feed, server);
    const text = single.get(server) ?? textOf(server);
    // As long as nothing is known, any name passes: whoever asks may have made it up.
    if (ticks.length > 0) single.set(server, text);
    return text;
  };
}
