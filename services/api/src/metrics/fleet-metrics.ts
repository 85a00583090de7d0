import type { Age, TopicHead } from '@mediamtx-monitor/types';
import type { Fleet, KnownHead, Tick } from '../tick/index.ts';
import { type Family, textOf } from './exposition.ts';

/** A server or host whose head is known, and how old its data is now. */
export interface MetricSubject<Head extends TopicHead> {
  readonly known: KnownHead<Head>;
  readonly head: Head;
  readonly age: Age;
}

/** One whose records are held. */
export interface MetricTick<Head extends TopicHead> extends MetricSubject<Head> {
  readonly known: Tick<Head>;
}

export interface FleetMetricsOptions<Head extends TopicHead> {
  readonly current: () => Promise<Fleet<Head>>;
  /** The newest heads of all that aren't gone. */
  readonly heads: () => readonly KnownHead<Head>[];
  readonly ageOf: (known: KnownHead<Head>) => Age | undefined;
  /** What is told of those of which nothing new is known, too. Their age is another each time. */
  readonly presence: (all: readonly MetricSubject<Head>[]) => readonly Family[];
  /** Everything else, of those whose data is fresh. */
  readonly render: (fresh: readonly MetricTick<Head>[]) => Promise<string>;
}

/** What is made of one fleet while the same of it are stale. */
interface Rendered {
  readonly stale: string;
  readonly text: Promise<Buffer>;
}

/**
 * Metrics of all servers, or of all hosts, in Prometheus' text format: made when somebody asks, and once a tick at
 * most. Of a stale one only that it isn't up, and its age.
 */
export class FleetMetrics<Head extends TopicHead> {
  readonly #options: FleetMetricsOptions<Head>;
  /** As long as the fleet is the newest: what nobody wants any more is let go. */
  readonly #rendered = new WeakMap<Fleet<Head>, Rendered>();

  constructor(options: FleetMetricsOptions<Head>) {
    this.#options = options;
  }

  async text(): Promise<Buffer> {
    const { current, heads, presence, render } = this.#options;
    const fleet = await current();
    const held = fleet.ticks.flatMap((tick) => this.#aged(tick));
    const stale = held
      .filter(({ age }) => age.stale)
      .map(({ known }) => known.subject)
      .join(' ');
    let rendered = this.#rendered.get(fleet);
    if (rendered?.stale !== stale) {
      const fresh = held.filter(({ age }) => !age.stale);
      rendered = { stale, text: render(fresh).then((text) => Buffer.from(text)) };
      this.#rendered.set(fleet, rendered);
    }
    const all = heads().flatMap((known) => this.#aged(known));
    return Buffer.concat([Buffer.from(presence(all).map(textOf).join('')), await rendered.text]);
  }

  /** Of a bare array nobody can tell how old it is. */
  #aged<Known extends KnownHead<Head>>(
    known: Known,
  ): readonly { readonly known: Known; readonly head: Head; readonly age: Age }[] {
    const age = this.#options.ageOf(known);
    return known.head === null || age === undefined ? [] : [{ known, head: known.head, age }];
  }
}
