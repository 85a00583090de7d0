import { connectMonitor, type MonitorOptions, type Socket, type SocketClose } from '@mediamtx-monitor/client';
import { eventually } from '@mediamtx-monitor/testkit';
import { expect } from '@jest/globals';
import { testTimers, type TestTimers } from './timers.ts';

/** The other end of a page's sockets, as the API is one, with the client in between as it is. */
export interface Wire {
  readonly connect: typeof connectMonitor;
  readonly timers: TestTimers;
  /** Lets the socket open that the page has asked for last, once it has. */
  readonly open: () => Promise<void>;
  readonly send: (...messages: readonly object[]) => void;
  /** Ends the socket, as a network does that goes away. */
  readonly cut: () => void;
}

class TestSocket implements Socket {
  /** Newest streams by server. */
  readonly #newest = new Map<unknown, object>();
  readonly #listeners = new Map<string, ((event: never) => void)[]>();

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  emit(
    type: 'open' | 'message' | 'close',
    event: { readonly data: unknown } | SocketClose | undefined,
  ): void {
    for (const listener of this.#listeners.get(type) ?? []) listener(event as never);
  }

  /** As the API does, answers what is subscribed to with the newest of it. */
  send(text: string): void {
    const { topics = [] } = JSON.parse(text) as { readonly topics?: readonly string[] };
    if (topics.includes('streams')) for (const message of this.#newest.values()) this.#say(message);
  }

  /** Says something; behind the streams of a server comes their head. */
  say(message: object): void {
    this.#say(message);
    if (!('streams' in message) || !('server' in message)) return;
    this.#newest.set(message.server, message);
    const head: Record<string, unknown> = { ...message, type: 'servers' };
    delete head['streams'];
    this.#say(head);
  }

  close(): void {}

  #say(message: object): void {
    this.emit('message', { data: JSON.stringify(message) });
  }
}

export function createWire(): Wire {
  const timers = testTimers();
  const sockets: TestSocket[] = [];
  let opened = 0;
  const ports: Partial<MonitorOptions> = {
    webSocket: class extends TestSocket {
      constructor() {
        super();
        sockets.push(this);
      }
    },
    timers,
    monotonicMs: timers.monotonicMs,
    random: () => 0,
    onWake: () => () => undefined,
  };
  return {
    connect: (options) => connectMonitor({ ...options, ...ports, url: 'http://monitor.example' }),
    timers,
    open: async () => {
      await eventually(() => {
        timers.pass(0);
        expect(sockets.length).toBeGreaterThan(opened);
      });
      opened = sockets.length;
      sockets.at(-1)?.emit('open', undefined);
    },
    send: (...messages) => {
      for (const message of messages) sockets.at(-1)?.say(message);
    },
    cut: () => {
      sockets.at(-1)?.emit('close', { code: 1006, reason: '' });
    },
  };
}
