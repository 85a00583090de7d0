import type { connectMonitor, Token, Transport } from '@mediamtx-monitor/client';
import { connectionsOf, type StreamConnections } from '@mediamtx-monitor/model';
import { type ConnectionRecord, type ConnectionsMessage, MAX_GLOB_LENGTH } from '@mediamtx-monitor/types';
import { type ReadonlySignal, signal } from '@preact/signals';
import { type After, createLink, type Link } from './api-link.ts';
import { linkNumbers } from './connection-numbers.ts';
import { tickOf } from './history.ts';
import type { StreamId } from './view.ts';

/** Samples kept: as many as of the streams. */
const CAPACITY = 300;

/** What a publishing connection tells beyond its stream's record. */
export interface PublisherSample {
  /** Which tick it is of, as `tickOf` says it. */
  readonly tick: string;
  readonly rttP50Ms: number | null;
  readonly rttP95Ms: number | null;
  readonly lossPercent: number | null;
}

/** One stream from close by: its connections, for as long as its page is open. */
export interface StreamWatch {
  /** `undefined` until connections have come. */
  readonly connections: ReadonlySignal<StreamConnections | undefined>;
  /** Who published it last, as far as this page saw. */
  readonly lastPublisher: () => ConnectionRecord | undefined;
  /** Oldest first. */
  readonly samples: readonly PublisherSample[];
  /** It has a connection of its own, which may be lost or refused while the fleet's is there. */
  readonly link: Link['state'];
  /** Age of what is known. */
  readonly ageMs: () => number | null;
  readonly close: () => void;
}

export interface StreamWatchPorts {
  readonly connect: typeof connectMonitor;
  readonly url: string;
  readonly after: After;
}

export interface StreamWatchOptions {
  readonly token: Token;
  /** What the fleet comes over, so that nothing is tried again that didn't get through. */
  readonly transport: Transport | undefined;
}

/** Subscribes to the connections of one stream, over a connection of its own: the fleet's goes on as it is. */
export function watchStream(
  id: StreamId,
  { token, transport }: StreamWatchOptions,
  { connect, url, after }: StreamWatchPorts,
): StreamWatch {
  const connections = signal<StreamConnections | undefined>(undefined);
  const link = createLink({ after });
  const samples: PublisherSample[] = [];

  let lastPublisher: ConnectionRecord | undefined;

  function onConnections(message: ConnectionsMessage): void {
    const next = connectionsOf(message, id.name);
    remember(tickOf(message), next.publisher);
    lastPublisher = next.publisher ?? lastPublisher;
    connections.value = next;
    link.complete();
  }

  function remember(tick: string, publisher: ConnectionRecord | undefined): void {
    // The same tick comes again after a reconnect.
    if (samples.at(-1)?.tick === tick) return;
    const numbers = publisher === undefined ? undefined : linkNumbers(publisher);
    samples.push({
      tick,
      rttP50Ms: numbers?.rttP50Ms ?? null,
      rttP95Ms: numbers?.rttP95Ms ?? null,
      lossPercent: numbers?.lossPercent ?? null,
    });
    if (samples.length > CAPACITY) samples.shift();
  }

  const monitor = connect({
    url,
    token,
    transport,
    topics: ['connections'],
    server: id.server,
    stream: globOf(id.name),
    onConnections,
    onState: link.hear,
  });
  return {
    connections,
    lastPublisher: () => lastPublisher,
    samples,
    link: link.state,
    ageMs: () => monitor.ageMs(id.server),
    close: monitor.close,
  };
}

/** Any end of a name, in the same segment or with more of them. */
const ANY_END = '{*,*/**}';

/**
 * A glob that matches a stream of this name, and perhaps others: what is special in globs, or can't be sent, becomes a
 * wildcard for one character, and a name that is too long is cut.
 */
export function globOf(name: string): string {
  const glob = name.replace(/[\\*?{]|\p{Surrogate}/gu, '?');
  return glob.length <= MAX_GLOB_LENGTH ? glob : `${cut(glob, MAX_GLOB_LENGTH - ANY_END.length)}${ANY_END}`;
}

/** The beginning of a text, without half a character at its end. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/\p{Surrogate}$/u, '');
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
