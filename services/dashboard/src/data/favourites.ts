import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core';
import { listText, parseListText } from './list-text.ts';
import type { Preferences } from './storage.ts';

const FAVOURITES = 'favourites';
/** So many are kept; the oldest star goes first. */
const MAX_FAVOURITES = 1_000;

/** Streams that have a star, kept in this browser. */
export class Favourites {
  readonly #preferences: Pick<Preferences, 'get' | 'set'>;
  readonly #keys: Signal<ReadonlySet<string>>;
  /** Keys of the streams. */
  readonly keys: ReadonlySignal<ReadonlySet<string>>;

  constructor(preferences: Pick<Preferences, 'get' | 'set'>) {
    this.#preferences = preferences;
    this.#keys = signal(this.#kept());
    this.keys = this.#keys;
  }

  /** Gives a stream its star, or takes it away. Another tab may have changed others meanwhile. */
  readonly toggle = (key: string): void => {
    const kept = this.#kept();
    const others = [...kept].filter((one) => one !== key);
    const next = this.#keys.peek().has(key) ? others : [...others, key].slice(-MAX_FAVOURITES);
    this.#preferences.set(FAVOURITES, next.length === 0 ? null : listText(next));
    this.#keys.value = new Set(next);
  };

  #kept(): ReadonlySet<string> {
    return new Set(parseListText(this.#preferences.get(FAVOURITES)));
  }
}
