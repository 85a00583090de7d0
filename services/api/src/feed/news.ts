import type { StatusMessage, SubjectKind, TopicHead } from '@mediamtx-monitor/types';
import type { Age, Tick } from '../tick/index.ts';

/** What a subscriber of the feed is told. */
export type FeedNews =
  | { readonly kind: 'tick'; readonly tick: Tick<TopicHead> }
  | { readonly kind: 'status'; readonly status: StatusMessage };
export type FeedListener = (news: FeedNews) => void;

/** Says how old the data about a server or host is. */
export function statusOf(kind: SubjectKind, subject: string, age: Age, isGone: boolean): StatusMessage {
  const status = { type: 'status', ...age, ...(isGone && { gone: true as const }) } as const;
  return kind === 'host' ? { ...status, host: subject } : { ...status, server: subject };
}

/** Nothing is known of what was forgotten. */
const FORGOTTEN: Age = { ageMs: null, stale: true };

/** Tells every new tick, and each change of the staleness of a server or host, or of its being gone. */
export class News {
  readonly #listeners = new Set<FeedListener>();
  readonly #told = { server: new Map<string, string>(), host: new Map<string, string>() };

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
  age(kind: SubjectKind, subject: string, age: Age, isGone: boolean): void {
    const told = this.#told[kind];
    const state = isGone ? 'gone' : age.stale ? 'stale' : 'fresh';
    if (told.get(subject) === state) return;
    told.set(subject, state);
    this.#tell({ kind: 'status', status: statusOf(kind, subject, age, isGone) });
  }

  /** Tells that it is gone. Should anything be told of it again, its status is news. */
  forget(kind: SubjectKind, subject: string): void {
    this.age(kind, subject, FORGOTTEN, true);
    this.#told[kind].delete(subject);
  }

  #tell(news: FeedNews): void {
    for (const listener of this.#listeners) listener(news);
  }
}
