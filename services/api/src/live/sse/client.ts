import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '@mediamtx-monitor/runtime';
import type { StatusMessage } from '@mediamtx-monitor/types';
import type { Feed, FeedNews } from '../../feed/index.ts';
import type { Caller } from '../../http/caller.ts';
import type { Guard } from '../../http/guard.ts';
import { type Message, Unsent } from '../../tick/index.ts';
import { Blockage } from '../blockage.ts';
import type { LiveClient } from '../clients.ts';
import type { LiveFilter } from '../filter.ts';
import { type Outlet, Subscription } from '../subscription.ts';
import type { Traffic } from '../traffic.ts';

export interface EventClientOptions {
  readonly response: ServerResponse;
  /** The connection below it. */
  readonly socket: Duplex;
  readonly caller: Caller;
  readonly filter: LiveFilter;
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
export class EventClient implements LiveClient, Outlet {
  readonly caller: Caller;
  readonly socket: Duplex;
  readonly #response: ServerResponse;
  readonly #traffic: Traffic;
  readonly #guard: Guard;
  readonly #heartbeatMs: number;
  readonly #subscription: Subscription;
  readonly #blockage = new Blockage();
  readonly #unsent = new Unsent();
  #heartbeatAtMs: number;

  constructor(options: EventClientOptions) {
    const { response, filter, feed, clock, traffic, heartbeatMs } = options;
    this.caller = options.caller;
    this.socket = options.socket;
    this.#response = response;
    this.#traffic = traffic;
    this.#guard = options.guard;
    this.#heartbeatMs = heartbeatMs;
    this.#heartbeatAtMs = clock.monotonicMs() + heartbeatMs;
    this.#subscription = new Subscription({ feed, filter, outlet: this, onSkipped: traffic.skip });
  }

  /** Sends what comes before everything else, and then the newest of all it wants to be told. */
  begin(preface: string): void {
    this.#write(preface);
    this.#subscription.begin();
  }

  hear(news: FeedNews): void {
    this.#subscription.hear(news);
  }

  sweep(nowMs: number): void {
    if (this.#blockage.isTooLong(this.isFree, nowMs)) this.cut();
    else if (this.isFree && nowMs >= this.#heartbeatAtMs) {
      this.#heartbeatAtMs = nowMs + this.#heartbeatMs;
      this.#write(HEARTBEAT);
    }
  }

  /** There are no codes here: the client comes back by itself, and then learns what is wrong. */
  close(): void {
    if (this.isFree) this.#response.end();
    else this.cut();
  }

  cut(): void {
    this.#response.destroy();
  }

  end(): void {
    this.#subscription.end();
  }

  get isFree(): boolean {
    return this.#unsent.isEmpty && this.#takesMore;
  }

  write(message: Message): boolean {
    const { event } = message;
    if (event === undefined) this.#begin(message.eventPieces());
    else this.#send(event);
    return true;
  }

  writeStatus(status: StatusMessage): void {
    this.#send(Buffer.from(`event: status\ndata: ${JSON.stringify(status)}\n\n`));
  }

  get #takesMore(): boolean {
    const { writableLength, writableEnded, destroyed } = this.#response;
    return writableLength === 0 && !writableEnded && !destroyed;
  }

  #begin(pieces: Iterable<Buffer>): void {
    this.#traffic.sent(0);
    this.#blockage.clear();
    this.#unsent.begin(pieces);
    this.#goOn();
  }

  /** Writes more of a message that was begun, as much as can be taken now; the time it has is for the whole. */
  #goOn(): void {
    while (!this.#unsent.isEmpty && this.#takesMore) {
      const piece = this.#unsent.take() ?? Buffer.alloc(0);
      this.#traffic.sentMore(piece.length);
      this.#response.write(piece, this.#onTaken);
    }
  }

  #send(event: Buffer): void {
    this.#traffic.sent(event.length);
    this.#write(event);
  }

  #write(text: Buffer | string): void {
    this.#blockage.clear();
    this.#response.write(text, this.#onTaken);
  }

  readonly #onTaken = (): void => {
    this.#guard.run(this.socket, () => {
      this.#goOn();
      this.#subscription.flush();
    });
  };
}
