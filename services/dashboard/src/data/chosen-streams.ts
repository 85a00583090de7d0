import type { LiveMonitor, MonitorOptions, Token, Transport } from '@mediamtx-monitor/client';
import type { StreamsMessage } from '@mediamtx-monitor/types';

export interface ChosenStreamsOptions {
  readonly connect: (options: MonitorOptions) => LiveMonitor;
  /** Where the API is. */
  readonly url: string;
  readonly token: Token;
  /** What the other connection goes over; `undefined` while it isn't open. */
  readonly transport: () => Transport | undefined;
  readonly onStreams: (message: StreamsMessage) => void;
  /** Something came that this page doesn't understand. */
  readonly onUnreadable: () => void;
}

/** The streams of some servers, over a connection of their own: there is none while nobody looks at any. */
export class ChosenStreams {
  readonly #options: ChosenStreamsOptions;
  #servers: ReadonlySet<string> = new Set();
  #monitor: LiveMonitor | undefined;

  constructor(options: ChosenStreamsOptions) {
    this.#options = options;
  }

  /** Takes the place of those that were followed. */
  follow(servers: readonly string[]): void {
    this.#servers = new Set(servers);
    if (servers.length === 0) {
      this.#monitor?.close();
      this.#monitor = undefined;
    } else if (this.#monitor === undefined) {
      this.#monitor = this.#connect(servers);
    } else {
      this.#monitor.subscribe({ topics: ['streams'], server: servers });
    }
  }

  /** Whether what came of a server's streams is too old to be believed. */
  isStale(server: string): boolean {
    return this.#monitor?.isStale(server) ?? true;
  }

  #connect(servers: readonly string[]): LiveMonitor {
    const { connect, url, token, transport, onStreams, onUnreadable } = this.#options;
    return connect({
      ...{ url, token, transport: transport(), topics: ['streams'], server: servers },
      onStreams: (message) => {
        // What was asked for before may still be on its way.
        if (this.#servers.has(message.server)) onStreams(message);
      },
      onError: ({ code }) => {
        if (code === 'bad-data') onUnreadable();
      },
    });
  }
}
