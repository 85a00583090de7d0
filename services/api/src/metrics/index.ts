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
  const streams = new StreamTexts(feed, clock);
  const { start, stop } = addProcessMetrics(registry, version);
  return {
    name: 'metrics',
    start,
    stop,
    ofProcess: async () => new Content(Buffer.from(await registry.metrics()), ''),
    ofStreams: (server) => streams.read(server),
  };
}

/** Texts about servers, streams and hosts: of all, or of one server, which has no hosts. */
class StreamTexts {
  readonly #feed: Feed;
  readonly #clock: Clock;
  readonly #all: SharedText;
  readonly #single = new Map<string, SharedText>();

  constructor(feed: Feed, clock: Clock) {
    const [servers, hosts] = [createServerMetrics(feed), createHostMetrics(feed)];
    this.#feed = feed;
    this.#clock = clock;
    this.#all = new SharedText({
      sources: () => Promise.all([feed.servers.current(), feed.hosts.current()]),
      make: async () => Buffer.concat(await Promise.all([servers.text(), hosts.text()])),
      clock,
    });
  }

  /** Rejects when it can't be made. */
  read(server: string | undefined): Promise<Content> {
    if (server === undefined) return this.#all.read();
    const text = this.#single.get(server) ?? this.#textOf(server);
    // As long as nothing is known, any name passes: whoever asks may have made it up.
    if (this.#feed.servers.all().of(server).ticks.length > 0) this.#single.set(server, text);
    return text.read();
  }

  #textOf(server: string): SharedText {
    const { servers } = this.#feed;
    const metrics = createServerMetrics(this.#feed, server);
    return new SharedText({
      sources: async () => [(await servers.current()).of(server)],
      make: () => metrics.text(),
      clock: this.#clock,
    });
  }
}
