import { CLOSE_CODES, type StatusMessage } from '@mediamtx-monitor/types';
import type { WebSocket } from 'ws';
import type { Tick } from '../feed/index.ts';
import { BAD_MESSAGE } from './messages.ts';

export interface ClientOptions {
  readonly socket: WebSocket;
  /** Only this server; `undefined` for all. */
  readonly server: string | undefined;
  /** The newest tick of a server. */
  readonly newest: (server: string) => Tick | undefined;
}

/** One WebSocket client. While it can't take more it skips ticks, and gets the newest once it can. */
export class Client {
  /** Resolves when the connection is gone. */
  readonly closed: Promise<void>;
  readonly #socket: WebSocket;
  readonly #server: string | undefined;
  readonly #newest: (server: string) => Tick | undefined;
  readonly #skipped = new Set<string>();
  #answered = true;

  constructor({ socket, server, newest }: ClientOptions) {
    this.#socket = socket;
    this.#server = server;
    this.#newest = newest;
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        resolve();
      });
    });
    socket.on('pong', () => {
      this.#answered = true;
    });
    socket.once('message', () => {
      socket.send(BAD_MESSAGE);
      this.close(CLOSE_CODES.badMessage, 'bad message');
    });
  }

  /** Whether the client asked for this server. */
  wants(server: string): boolean {
    return this.#server === undefined || this.#server === server;
  }

  /** Sends what there is at the time of connecting; none of it is skipped. */
  welcome(tick: Tick, status: StatusMessage): void {
    this.#send(tick);
    this.sendStatus(status);
  }

  /** Sends a tick, or leaves it out while earlier bytes wait: the client would only fall further behind. */
  offer(tick: Tick): void {
    if (this.#socket.bufferedAmount > 0) this.#skipped.add(tick.server);
    else this.#send(tick);
  }

  sendStatus(status: StatusMessage): void {
    if (this.#isOpen()) this.#socket.send(JSON.stringify(status));
  }

  /** Asks whether the client is still there, and drops it when it didn't answer the last time. */
  ping(): void {
    if (!this.#answered) {
      this.terminate();
      return;
    }
    this.#answered = false;
    if (this.#isOpen()) this.#socket.ping();
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #send(tick: Tick): void {
    if (!this.#isOpen() || tick.envelope === null) return;
    this.#skipped.delete(tick.server);
    this.#socket.send(tick.envelope, { binary: false }, this.#onFlushed);
  }

  readonly #onFlushed = (): void => {
    for (const server of this.#skipped) {
      const tick = this.#newest(server);
      if (tick !== undefined && this.#socket.bufferedAmount === 0) this.#send(tick);
    }
  };

  #isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }
}
