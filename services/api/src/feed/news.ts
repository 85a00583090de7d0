import type { StatusMessage, SubjectKind, TopicHead } from '@mediamtx-monitor/types';
import type { Age } from './age.ts';
import type { Tick } from './tick.ts';

/** What a subscriber of the feed is told. */
export type FeedNews =
  | { readonly kind: 'tick'; readonly tick: Tick<TopicHead> }
  | { readonly kind: 'status'; readonly status: StatusMessage };
export type FeedListener = (news: FeedNews) => void;

/** Says how old the data about a server or host is. */
export function statusOf(kind: SubjectKind, subject: string, age: Age): StatusMessage {
  const type = 'status';
  return kind === 'host' ? { type, host: subject, ...age } : { type, server: subject, ...age };
}

/** Tells every new tick, and each change of the staleness of a server or host. */
export class News {
  readonly #listeners = new Set<FeedListener>();
  readonly #stale = { server: new Map<string, boolean>(), host: new Map<string, boolean>() };

  /** @returns a function that ends the subscription */
  subscribe(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  tick(tick: Tick<TopicHead>): void {
    this.#tell({ kind: 'tick', tick });
  }

  /** Tells the status if it is another than before. */
  age(kind: SubjectKind, subject: string, age: Age): void {
    const stale = this.#stale[kind];
    if (stale.get(subject) === age.stale) return;
    stale.set(subject, age.stale);
    this.#tell({ kind: 'status', status: statusOf(kind, subject, age) });
  }

  /** Should anything be told of it again, its status is news. */
  forget(kind: SubjectKind, subject: string): void {
    this.#stale[kind].delete(subject);
  }

  #tell(news: FeedNews): void {
    for (const listener of this.#listeners) listener(news);
  }
}
