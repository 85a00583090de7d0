import type { MonitorState, Token } from '@mediamtx-monitor/client';
import { type Cause, hostOf, locateCause, type StreamConnections } from '@mediamtx-monitor/model';
import type { ReadonlySignal } from '@preact/signals-core';
import type { FleetFeed } from '../data/feed.ts';
import { hostRecords } from '../data/fleet.ts';
import { alignSamples, StreamWatch, type StreamWatchPorts } from '../data/stream-watch.ts';
import type { StreamId } from '../data/view.ts';
import { keyOf, type ListedStream } from '../model/streams.ts';
import type { ChartSamples, OpenStream, ShownConnections } from './exchange.ts';

export interface StreamObserverOptions {
  readonly feed: FleetFeed;
  /** All streams of the fleet. */
  readonly streams: ReadonlySignal<readonly ListedStream[]>;
  /** Hosts that nothing is heard of any more. */
  readonly staleHosts: ReadonlySignal<readonly string[]>;
  readonly token: Token;
  readonly ports: StreamWatchPorts;
}

/** Everything about one stream, for as long as its page is open. */
export class StreamObserver {
  readonly id: StreamId;
  readonly #options: StreamObserverOptions;
  readonly #watch: StreamWatch;

  constructor(id: StreamId, options: StreamObserverOptions) {
    const { feed, token, ports } = options;
    const link = feed.link.peek();
    const transport = link.state === 'open' ? link.transport : undefined;
    this.id = id;
    this.#options = options;
    this.#watch = new StreamWatch(id, { token, transport }, ports);
  }

  /** @param viewers how many of them are shown */
  observed(viewers: number): OpenStream {
    const { id } = this;
    const { feed, streams } = this.#options;
    const key = keyOf(id);
    const listed = streams.value.find((one) => one.key === key) ?? null;
    const connections = this.#watch.connections.value;
    const link = this.#watch.link.value;
    const isLost = isLostLink(link);
    return {
      key,
      isTold: feed.fleet.value.messages.has(id.server),
      listed,
      lastSeen: listed === null ? (feed.history.gone(id.server, id.name) ?? null) : null,
      cause: listed && this.#cause(listed, isLost ? undefined : connections),
      charts: this.#charts(),
      link,
      connections: connections === undefined ? null : withViewers(connections, viewers),
      // Measured anew whenever the others are.
      connectionsAgeMs: isLost && feed.measured.ages.value.size > 0 ? this.#watch.ageMs() : null,
      lastPublisher: this.#watch.lastPublisher ?? null,
    };
  }

  close(): void {
    this.#watch.close();
  }

  #cause(listed: ListedStream, connections: StreamConnections | undefined): Cause {
    const { server } = this.id;
    const { feed, streams, staleHosts } = this.#options;
    const fleet = feed.fleet.value;
    const host = hostOf(server, fleet.servers.size, hostRecords(fleet));
    // What a host said before it fell silent speaks for nothing.
    const isSilent = host !== undefined && staleHosts.value.includes(host.host);
    return locateCause({
      assessed: listed,
      status: fleet.servers.get(server)?.source.status ?? 'down',
      connections,
      siblings: streams.value.filter(({ stream }) => stream.server === server),
      host: isSilent ? undefined : host,
    });
  }

  /** The history changes with the streams, the publisher's numbers with the connections. */
  #charts(): ChartSamples {
    const { ticks, times, values } = this.#options.feed.history.samples(this.id.server, this.id.name);
    return { times, values, publisher: alignSamples(ticks, this.#watch.samples) };
  }
}

function isLostLink({ state }: MonitorState): boolean {
  return state === 'waiting' || state === 'refused';
}

function withViewers(connections: StreamConnections, count: number): ShownConnections {
  const { viewers } = connections;
  return { ...connections, viewers: viewers.slice(0, count), viewerCount: viewers.length };
}
