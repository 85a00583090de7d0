import type { Duplex } from 'node:stream';
import {
  type ErrorMessage,
  isSubscribed,
  kindOf,
  type StatusMessage,
  SUBJECT_KINDS,
  subjectOf,
  type TopicHead,
} from '@mediamtx-monitor/types';
import type { Feed, FeedUpdate } from '../feed/index.ts';
import type { Guard } from '../http/guard.ts';
import { type FilteredView, Message, type Tick, type Waiter } from '../tick/index.ts';
import type { Traffic } from './clients.ts';
import type { LiveFilter } from './filter.ts';

/** A client's connection, in its protocol. */
export interface Sink {
  /** Whether it is open, and all that was written before is gone. */
  readonly takesMore: boolean;
  /**
   * Bytes of a message as this client takes them, whole or in pieces; `undefined` while they aren't made, of which the
   * waiter is told.
   */
  readonly bytesOf: (message: Message, waiter: Waiter) => Buffer | Iterable<Buffer> | undefined;
  readonly write: (bytes: Buffer) => void;
}

export interface SubscriptionOptions {
  readonly feed: Feed;
  readonly guard: Guard;
  /** The connection below the sink. */
  readonly socket: Duplex;
  readonly sink: Sink;
  readonly traffic: Traffic;
  readonly filter: LiveFilter;
}

/** A client that takes nothing for this long is sent away, in ms. */
export const MAX_BLOCKED_MS = 30_000;

/** A tick that is still to be sent. */
interface Pending {
  readonly tick: Tick<TopicHead>;
  /** Made when it can be taken. */
  message?: Message | null;
}

/**
 * What one client wants, and what of it is still to be sent: of each topic and server or host only the newest. So a slow
 * one falls behind by a tick at most, and costs no memory.
 */
export class Subscription {
  readonly #options: SubscriptionOptions;
  readonly #ticks = new Map<string, Pending>();
  readonly #statuses = new Map<string, StatusMessage>();
  #filter: LiveFilter;
  /** There when it wants some streams only. */
  #view: FilteredView | undefined;
  #unsubscribe: (() => void) | undefined;
  /** What of a message that was begun is still to be written: its next piece, and those after it. */
  #next: Buffer | undefined;
  #others: Iterator<Buffer> | undefined;
  #blockedSinceMs: number | undefined;

  constructor(options: SubscriptionOptions) {
    this.#options = options;
    this.#filter = options.filter;
  }

  /** Sends all that is known now, and from here on what this filter lets through. */
  begin(filter = this.#filter): void {
    const { feed, guard, socket } = this.#options;
    const view = filter.stream === undefined ? undefined : feed.filters.view(filter.stream);
    this.#clear();
    this.#filter = filter;
    this.#view = view;
    this.#unsubscribe ??= feed.subscribe((update) => {
      guard.run(socket, () => {
        this.#receive(update);
      });
    });
    for (const topic of filter.topics) {
      for (const tick of feed.ticks(topic)) {
        if (this.#wantsTick(tick)) this.#ticks.set(keyOf(tick), { tick });
      }
    }
    for (const kind of new Set(Object.values(SUBJECT_KINDS))) {
      for (const status of feed.statuses(kind)) this.#remember(status);
    }
    this.flush();
  }

  /** The client has gone. */
  end(): void {
    this.#clear();
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  /** Whether the client has taken all that was written. */
  get isFree(): boolean {
    return this.#next === undefined && this.#options.sink.takesMore;
  }

  /** Whether the client has taken nothing for too long; to be asked again and again. */
  isStuck(nowMs: number): boolean {
    if (this.isFree) this.#blockedSinceMs = undefined;
    else this.#blockedSinceMs ??= nowMs;
    return this.#blockedSinceMs !== undefined && nowMs - this.#blockedSinceMs >= MAX_BLOCKED_MS;
  }

  /** Sends as much as can be taken now: ticks first, then how old they are. */
  flush(): void {
    this.goOn();
    for (const [key, pending] of this.#ticks) {
      if (!this.isFree) return;
      if (this.#send(pending)) this.#ticks.delete(key);
    }
    if (this.#ticks.size > 0) return;
    for (const [key, status] of this.#statuses) {
      if (!this.isFree) return;
      this.#statuses.delete(key);
      this.#sendNow(status);
    }
  }

  /** Writes more of a message that was begun, as much as can be taken now. */
  goOn(): void {
    const { sink, traffic } = this.#options;
    while (this.#next !== undefined && sink.takesMore) {
      const piece = this.#next;
      this.#advance();
      traffic.sentMore(piece.length);
      sink.write(piece);
    }
  }

  /** Sends it before anything else, unless in the midst of a message. */
  interject(message: ErrorMessage): void {
    if (this.#next === undefined) this.#sendNow(message);
  }

  #receive(update: FeedUpdate): void {
    if (update.kind === 'tick') this.#receiveTick(update.tick);
    else {
      this.#remember(update.status);
      this.flush();
    }
  }

  #receiveTick(tick: Tick<TopicHead>): void {
    if (!this.#wantsTick(tick)) return;
    // Most have nothing left to take: for them there is nothing to remember.
    const isNext = this.#ticks.size === 0 && this.#statuses.size === 0 && this.isFree;
    const pending = { tick };
    if (isNext && this.#send(pending)) return;
    const key = keyOf(tick);
    if (this.#ticks.has(key)) this.#options.traffic.skip();
    this.#ticks.set(key, pending);
    if (!isNext) this.flush();
  }

  /** Whether the tick needs no more attention: a bare array is no message. */
  #send(pending: Pending): boolean {
    const { tick } = pending;
    const message = (pending.message ??=
      this.#view === undefined ? tick.message : this.#view.messageFor(tick));
    if (message === null) return true;
    const bytes = this.#options.sink.bytesOf(message, {
      isWaiting: () => this.#ticks.get(keyOf(tick)) === pending,
      onDone: this.#onMade,
    });
    if (bytes !== undefined) this.#put(bytes);
    return bytes !== undefined;
  }

  /** A short message, which takes nothing to make. */
  #sendNow(message: StatusMessage | ErrorMessage): void {
    const parts = [Buffer.from(JSON.stringify(message))];
    const bytes = this.#options.sink.bytesOf(new Message({ type: message.type, parts }), NOBODY);
    if (bytes !== undefined) this.#put(bytes);
  }

  /** The time that a client has is for the whole message: until its end all of the tick is kept for it. */
  #put(bytes: Buffer | Iterable<Buffer>): void {
    const { sink, traffic } = this.#options;
    this.#blockedSinceMs = undefined;
    if (Buffer.isBuffer(bytes)) {
      traffic.sent(bytes.length);
      sink.write(bytes);
      return;
    }
    traffic.sent(0);
    this.#others = bytes[Symbol.iterator]();
    this.#advance();
    this.goOn();
  }

  #advance(): void {
    const result = this.#others?.next();
    this.#next = result?.done === false ? result.value : undefined;
  }

  readonly #onMade = (): void => {
    const { guard, socket } = this.#options;
    guard.run(socket, () => {
      this.flush();
    });
  };

  #wantsTick({ topic, subject }: Tick<TopicHead>): boolean {
    const { topics, server } = this.#filter;
    if (!topics.includes(topic)) return false;
    return server === undefined || server === subject || SUBJECT_KINDS[topic] === 'host';
  }

  #remember(status: StatusMessage): void {
    const [kind, subject] = [kindOf(status), subjectOf(status)];
    if (isSubscribed(this.#filter, kind, subject)) this.#statuses.set(`${kind} ${subject}`, status);
  }

  #clear(): void {
    this.#view?.end();
    this.#ticks.clear();
    this.#statuses.clear();
  }
}

const NOBODY: Waiter = { isWaiting: () => false, onDone: () => undefined };

function keyOf({ topic, subject }: Tick<TopicHead>): string {
  return `${topic} ${subject}`;
}
