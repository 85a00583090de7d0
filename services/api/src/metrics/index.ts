import { addProcessMetrics, addReadMetric, type Clock, type Part } from '@mediamtx-monitor/runtime';
import { Registry } from 'prom-client';
import type { Feed } from '../feed/index.ts';
import type { RouteContext } from '../http/route.ts';
import { choiceKey, chosenBy, type ServerChoice } from '../http/server-choice.ts';
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
    ofStreams: (choice) => streams.read(choice),
  };
}

/** So many choices by labels have a text that is kept; beyond, the first one gives way. */
const MAX_BY_LABEL = 20;

/** Texts about servers, streams and hosts: of all, or of some servers, which have no hosts. */
class StreamTexts {
  readonly #feed: Feed;
  readonly #clock: Clock;
  readonly #all: SharedText;
  /** Of single servers, of which there are so many only. */
  readonly #single = new Map<string, SharedText>();
  readonly #byLabel = new Map<string, SharedText>();

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
  read(choice: ServerChoice): Promise<Content> {
    if (choice.server === undefined && choice.label === undefined) return this.#all.read();
    const texts = choice.label === undefined ? this.#single : this.#byLabel;
    const key = choiceKey(choice);
    const text = texts.get(key) ?? this.#textOf(choice);
    // As long as nothing is known, any name passes: whoever asks may have made it up.
    const isChosen = chosenBy(this.#feed, choice);
    const isOfAny = this.#feed.servers.heads.some(({ subject }) => isChosen(subject));
    if (isOfAny) texts.set(key, text);
    const [first] = this.#byLabel.keys();
    if (this.#byLabel.size > MAX_BY_LABEL && first !== undefined) this.#byLabel.delete(first);
    return text.read();
  }

  #textOf(choice: ServerChoice): SharedText {
    const { servers } = this.#feed;
    const chosen = { isChosen: chosenBy(this.#feed, choice) };
    const metrics = createServerMetrics(this.#feed, chosen);
    return new SharedText({
      sources: async () => (await servers.current('streams', chosen)).ticks,
      make: () => metrics.text(),
      clock: this.#clock,
    });
  }
}
