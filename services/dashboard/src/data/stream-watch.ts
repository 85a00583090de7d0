import type { LiveMonitor, MonitorOptions, Token, Transport } from '@mediamtx-monitor/client';
import { connectionsOf, type StreamConnections } from '@mediamtx-monitor/model';
import type { ConnectionRecord, ConnectionsMessage } from '@mediamtx-monitor/types';
import { type ReadonlySignal, signal } from '@preact/signals-core';
import { type After, ApiLink } from './api-link.ts';
import { connectionNumbers } from './connection-numbers.ts';
import { CAPACITY, tickOf } from './history.ts';
import { globOf } from './stream-glob.ts';
import type { StreamId } from './view.ts';

/** What a publishing connection says beyond its stream's record. */
export interface PublisherSample {
  /** Which tick it is of, as `tickOf` says it. */
  readonly tick: string;
  readonly rttP50Ms: number | null;
  readonly rttP95Ms: number | null;
  readonly lossPercent: number | null;
}

export interface StreamWatchPorts {
  readonly connect: (options: MonitorOptions) => LiveMonitor;
  readonly url: string;
  readonly after: After;
}

export interface StreamWatchOptions {
  readonly token: Token;
  /** What the fleet comes over, so that nothing is tried again that didn't get through. */
  readonly transport: Transport | undefined;
}

/**
 * One stream from close by: its connections, for as long as its page is open, over a connection to the API of its own:
 * the fleet's goes on as it is, and may be there while this one is lost or refused.
 */
export class StreamWatch {
  readonly #connections = signal<StreamConnections | undefined>(undefined);
  /** `undefined` until connections have come. */
  readonly connections: ReadonlySignal<StreamConnections | undefined> = this.#connections;
  readonly #samples: PublisherSample[] = [];
  readonly #id: StreamId;
  readonly #link: ApiLink;
  readonly #monitor: LiveMonitor;
  #lastPublisher: ConnectionRecord | undefined;

  constructor(id: StreamId, options: StreamWatchOptions, { connect, url, after }: StreamWatchPorts) {
    this.#id = id;
    this.#link = new ApiLink({ after });
    this.#monitor = connect({
      ...options,
      url,
      topics: ['connections'],
      server: id.server,
      stream: globOf(id.name),
      onConnections: (message) => {
        this.#receive(message);
      },
      onState: (state) => {
        this.#link.update(state);
      },
    });
  }

  /** Oldest first. */
  get samples(): readonly PublisherSample[] {
    return this.#samples;
  }

  /** Who published it last, as far as this page saw. */
  get lastPublisher(): ConnectionRecord | undefined {
    return this.#lastPublisher;
  }

  get link(): ApiLink['state'] {
    return this.#link.state;
  }

  /** Age of what is known. */
  ageMs(): number | null {
    return this.#monitor.ageMs(this.#id.server);
  }

  close(): void {
    this.#monitor.close();
  }

  #receive(message: ConnectionsMessage): void {
    const next = connectionsOf(message, this.#id.name);
    this.#remember(tickOf(message), next.publisher);
    this.#lastPublisher = next.publisher ?? this.#lastPublisher;
    this.#connections.value = next;
    this.#link.complete();
  }

  #remember(tick: string, publisher: ConnectionRecord | undefined): void {
    // The same tick comes again after a reconnect.
    if (this.#samples.at(-1)?.tick === tick) return;
    const numbers = publisher === undefined ? undefined : connectionNumbers(publisher);
    this.#samples.push({
      tick,
      rttP50Ms: numbers?.rttP50Ms ?? null,
      rttP95Ms: numbers?.rttP95Ms ?? null,
      lossPercent: numbers?.lossPercent ?? null,
    });
    if (this.#samples.length > CAPACITY) this.#samples.shift();
  }
}

/** A column for each number of a publisher. */
export type PublisherColumns = {
  readonly [Name in Exclude<keyof PublisherSample, 'tick'>]: readonly (number | null)[];
};

/** Puts a publisher's samples beside the ticks of the stream's own: of either, a tick may have been missed. */
export function alignSamples(
  ticks: readonly string[],
  samples: readonly PublisherSample[],
): PublisherColumns {
  const byTick = new Map(samples.map((sample) => [sample.tick, sample]));
  const column = (name: keyof PublisherColumns): readonly (number | null)[] =>
    ticks.map((tick) => byTick.get(tick)?.[name] ?? null);
  return { rttP50Ms: column('rttP50Ms'), rttP95Ms: column('rttP95Ms'), lossPercent: column('lossPercent') };
}
