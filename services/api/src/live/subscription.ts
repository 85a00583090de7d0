import {
  isSubscribed,
  kindOf,
  type StatusMessage,
  SUBJECT_KINDS,
  subjectOf,
  type TopicHead,
} from '@mediamtx-monitor/types';
import type { Feed, FeedNews } from '../feed/index.ts';
import type { Message, Tick, View } from '../tick/index.ts';
import type { LiveFilter } from './filter.ts';

/** Where a subscriber takes its messages. */
export interface Outlet {
  /** Whether all that was written before is gone; while it isn't, nothing more is written. */
  readonly isFree: boolean;
  /**
   * Writes a message; `false` while the form it needs isn't made: `flush` is to be called once it is.
   * @param isWaiting whether that is still to be written later
   */
  readonly write: (message: Message, isWaiting: () => boolean) => boolean;
  readonly writeStatus: (status: StatusMessage) => void;
}

export interface SubscriptionOptions {
  readonly feed: Feed;
  readonly filter: LiveFilter;
  readonly outlet: Outlet;
  /** A tick gave way to a newer one before it was written. */
  readonly onSkipped: () => void;
}

/** A tick that is still to be told. */
interface Pending {
  readonly tick: Tick<TopicHead>;
  /** Made when it can be taken. */
  message?: Message | null;
}

/**
 * What one subscriber is still to be told: of each topic and server or host only the newest. So a slow one falls behind
 * by a tick at most, and costs no memory.
 */
export class Subscription {
  readonly #feed: Feed;
  readonly #outlet: Outlet;
  readonly #onSkipped: () => void;
  readonly #ticks = new Map<string, Pending>();
  readonly #statuses = new Map<string, StatusMessage>();
  #filter: LiveFilter;
  #view: View;

  constructor({ feed, filter, outlet, onSkipped }: SubscriptionOptions) {
    this.#feed = feed;
    this.#filter = filter;
    this.#view = feed.filters.view(undefined);
    this.#outlet = outlet;
    this.#onSkipped = onSkipped;
  }

  /** Tells all that is known now, and from here on what this filter asks for. */
  begin(filter = this.#filter): void {
    const view = this.#feed.filters.view(filter.stream);
    this.end();
    this.#filter = filter;
    this.#view = view;
    for (const topic of filter.topics) {
      for (const tick of this.#feed.ticks(topic)) {
        if (this.#wantsTick(tick)) this.#ticks.set(keyOf(tick), { tick });
      }
    }
    for (const kind of new Set(Object.values(SUBJECT_KINDS))) {
      for (const status of this.#feed.statuses(kind)) this.#remember(status);
    }
    this.flush();
  }

  /** Tells nothing more of what is known now. */
  end(): void {
    this.#view.end();
    this.#ticks.clear();
    this.#statuses.clear();
  }

  hear(news: FeedNews): void {
    if (news.kind === 'tick') this.#hearTick(news.tick);
    else this.#hearStatus(news.status);
  }

  /** Writes as much as can be taken now: ticks first, then how old they are. */
  flush(): void {
    if (this.#isIdle) return;
    for (const [key, pending] of this.#ticks) {
      if (!this.#outlet.isFree) return;
      if (this.#write(pending)) this.#ticks.delete(key);
    }
    if (this.#ticks.size > 0) return;
    for (const [key, status] of this.#statuses) {
      if (!this.#outlet.isFree) return;
      this.#outlet.writeStatus(status);
      this.#statuses.delete(key);
    }
  }

  #hearTick(tick: Tick<TopicHead>): void {
    if (!this.#wantsTick(tick)) return;
    // Most have nothing left to take: for them there is nothing to remember.
    const isNext = this.#isIdle && this.#outlet.isFree;
    const pending = { tick };
    if (isNext && this.#write(pending)) return;
    const key = keyOf(tick);
    if (this.#ticks.has(key)) this.#onSkipped();
    this.#ticks.set(key, pending);
    if (!isNext) this.flush();
  }

  #hearStatus(status: StatusMessage): void {
    this.#remember(status);
    this.flush();
  }

  /** Whether the tick needs no more attention: a bare array is no message. */
  #write(pending: Pending): boolean {
    const { tick } = pending;
    const message = (pending.message ??= this.#view.messageFor(tick));
    return message === null || this.#outlet.write(message, () => this.#ticks.get(keyOf(tick)) === pending);
  }

  get #isIdle(): boolean {
    return this.#ticks.size === 0 && this.#statuses.size === 0;
  }

  #wantsTick({ topic, subject }: Tick<TopicHead>): boolean {
    const { topics, server } = this.#filter;
    if (!topics.includes(topic)) return false;
    return server === undefined || server === subject || SUBJECT_KINDS[topic] === 'host';
  }

  #remember(status: StatusMessage): void {
    const [kind, subject] = [kindOf(status), subjectOf(status)];
    if (isSubscribed(this.#filter, kind, subject)) this.#statuses.set(`${kind} ${subject}`, status);
  }
}

function keyOf({ topic, subject }: Tick<TopicHead>): string {
  return `${topic} ${subject}`;
}
