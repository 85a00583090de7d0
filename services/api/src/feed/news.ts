import type { StatusMessage } from '@mediamtx-monitor/types';
import type { Age } from './age.ts';
import type { Tick } from './tick.ts';

/** What a subscriber of the feed is told. */
export type FeedNews =
  | { readonly kind: 'tick'; readonly tick: Tick }
  | { readonly kind: 'status'; readonly status: StatusMessage };
export type FeedListener = (news: FeedNews) => void;

/** Tells every new tick, and each change of a server's staleness. */
export class News {
  readonly #listeners = new Set<FeedListener>();
  readonly #stale = new Map<string, boolean>();

  /** @returns a function that ends the subscription */
  subscribe(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  tick(tick: Tick): void {
    this.#tell({ kind: 'tick', tick });
  }

  /** Tells the status if it is another than before. */
  age(server: string, age: Age): void {
    if (this.#stale.get(server) === age.stale) return;
    this.#stale.set(server, age.stale);
    this.#tell({ kind: 'status', status: { type: 'status', server, ...age } });
  }

  #tell(news: FeedNews): void {
    for (const listener of this.#listeners) listener(news);
  }
}
