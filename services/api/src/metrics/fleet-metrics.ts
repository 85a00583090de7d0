import type { Age, TopicHead } from '@mediamtx-monitor/types';
import type { Fleet, Tick } from '../tick/index.ts';
import { type Family, textOf } from './exposition.ts';

/** A server or host of which a message came, and how old its data is now. */
export interface MetricSubject<Head extends TopicHead> {
  readonly tick: Tick<Head>;
  readonly head: Head;
  readonly age: Age;
}

export interface FleetMetricsOptions<Head extends TopicHead> {
  readonly current: () => Promise<Fleet<Head>>;
  readonly ageOf: (tick: Tick<Head>) => Age | undefined;
  /** What is told of those of which nothing new is known, too. Their age is another each time. */
  readonly presence: (all: readonly MetricSubject<Head>[]) => readonly Family[];
  /** Everything else, of those whose data is fresh. */
  readonly render: (fresh: readonly MetricSubject<Head>[]) => Promise<string>;
}

/** What is made of one fleet while the same of it are stale. */
interface Rendered<Head extends TopicHead> {
  readonly fleet: Fleet<Head>;
  readonly stale: string;
  readonly text: Promise<Buffer>;
}

/**
 * Metrics of all servers, or of all hosts, in Prometheus' text format: made when somebody asks, and once a tick at
 * most. Of a stale one only that it isn't up, and its age.
 */
export class FleetMetrics<Head extends TopicHead> {
  readonly #options: FleetMetricsOptions<Head>;
  #rendered: Rendered<Head> | undefined;

  constructor(options: FleetMetricsOptions<Head>) {
    this.#options = options;
  }

  async text(): Promise<Buffer> {
    const { current, presence, render } = this.#options;
    const fleet = await current();
    const all = fleet.ticks.flatMap((tick) => this.#known(tick));
    const stale = all
      .filter(({ age }) => age.stale)
      .map(({ tick }) => tick.subject)
      .join(' ');
    if (this.#rendered?.fleet !== fleet || this.#rendered.stale !== stale) {
      const fresh = all.filter(({ age }) => !age.stale);
      this.#rendered = { fleet, stale, text: render(fresh).then((text) => Buffer.from(text)) };
    }
    return Buffer.concat([Buffer.from(presence(all).map(textOf).join('')), await this.#rendered.text]);
  }

  /** Of a bare array nobody can tell how old it is. */
  #known(tick: Tick<Head>): readonly MetricSubject<Head>[] {
    const age = this.#options.ageOf(tick);
    return tick.head === null || age === undefined ? [] : [{ tick, head: tick.head, age }];
  }
}
