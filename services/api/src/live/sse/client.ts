import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '@mediamtx-monitor/runtime';
import type { Feed } from '../../feed/index.ts';
import type { Caller } from '../../http/caller.ts';
import type { Guard } from '../../http/guard.ts';
import type { Message } from '../../tick/index.ts';
import type { LiveClient } from '../clients.ts';
import type { LiveFilter } from '../filter.ts';
import { Outgoing, type Sink, type Traffic } from '../outgoing.ts';
import { ClientSubscription } from '../subscription.ts';

export interface SseClientOptions {
  readonly response: ServerResponse;
  /** The connection below it. */
  readonly socket: Duplex;
  readonly caller: Caller;
  readonly filter: LiveFilter;
  /** Id of the last event that the client had when it was here last, as it says. */
  readonly lastEventId: string | undefined;
  readonly feed: Feed;
  readonly clock: Clock;
  readonly traffic: Traffic;
  readonly guard: Guard;
  /** Time between two comments in ms, so that proxies see that the connection is in use. */
  readonly heartbeatMs: number;
}

/** A comment: readers leave it out. */
const HEARTBEAT = ':\n\n';

/** One client of Server-Sent Events. */
export class SseClient implements LiveClient, Sink {
  readonly caller: Caller;
  readonly socket: Duplex;
  readonly forgetsCursor = true;
  readonly #options: SseClientOptions;
  readonly #response: ServerResponse;
  readonly #outgoing: Outgoing;
  readonly #subscription: ClientSubscription;
  #heartbeatAtMs: number;

  constructor(options: SseClientOptions) {
    const { caller, socket, response, clock, heartbeatMs } = options;
    this.caller = caller;
    this.socket = socket;
    this.#options = options;
    this.#response = response;
    this.#heartbeatAtMs = clock.monotonicMs() + heartbeatMs;
    this.#outgoing = new Outgoing(this, options.traffic);
    this.#subscription = new ClientSubscription({ ...options, outgoing: this.#outgoing });
  }

  /** Sends what comes before everything else, and then the newest of all it wants to receive. */
  begin(preface: string): void {
    const { filter, lastEventId } = this.#options;
    this.write(preface);
    // Who comes back by itself comes with the URL of its first request.
    this.#subscription.begin({ ...filter, cursor: lastEventId ?? filter.cursor });
  }

  sweep(nowMs: number): void {
    if (this.#outgoing.isStuck(nowMs)) {
      this.cut();
      return;
    }
    this.#subscription.sweep(nowMs);
    if (this.#outgoing.isFree && nowMs >= this.#heartbeatAtMs) {
      this.#heartbeatAtMs = nowMs + this.#options.heartbeatMs;
      this.write(HEARTBEAT);
    }
  }

  /** There are no codes here: the client comes back by itself, and then learns what is wrong. */
  close(): void {
    if (this.#outgoing.isFree) this.#response.end();
    else this.cut();
  }

  cut(): void {
    this.#response.destroy();
  }

  end(): void {
    this.#subscription.end();
  }

  get takesMore(): boolean {
    const { writableLength, writableEnded, destroyed } = this.#response;
    return writableLength === 0 && !writableEnded && !destroyed;
  }

  bytesOf(message: Message): Buffer | Iterable<Buffer> {
    return message.event ?? message.eventPieces();
  }

  /** A block without data is no event, but has the client come back with this id. */
  markOf(cursor: string): Buffer {
    return Buffer.from(`id: ${cursor}\n\n`);
  }

  write(bytes: Buffer | string): void {
    this.#response.write(bytes, this.#onTaken);
  }

  readonly #onTaken = (): void => {
    this.#options.guard.run(this.socket, () => {
      this.#subscription.flush();
    });
  };
}
