/** What of the browser's storage is used. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const PREFIX = 'mediamtx-monitor.';

/** A small memory of texts; where the browser allows none, it lasts as long as the page. */
export class Preferences {
  readonly #store: Store;
  readonly #lasts: boolean;

  /** @param open may throw, as browsers do where storage is blocked */
  constructor(open: () => Store) {
    const { store, lasts } = opened(open);
    this.#store = store;
    this.#lasts = lasts;
  }

  get(name: string): string | null {
    return this.#store.getItem(PREFIX + name);
  }

  /** `null` forgets it. @returns whether it lasts longer than the page */
  set(name: string, value: string | null): boolean {
    try {
      if (value === null) this.#store.removeItem(PREFIX + name);
      else this.#store.setItem(PREFIX + name, value);
      return this.#lasts;
    } catch {
      // Full, or no longer allowed.
      return false;
    }
  }
}

function opened(open: () => Store): { readonly store: Store; readonly lasts: boolean } {
  try {
    return { store: open(), lasts: true };
  } catch {
    const kept = new Map<string, string>();
    const store: Store = {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => void kept.set(name, value),
      removeItem: (name) => void kept.delete(name),
    };
    return { store, lasts: false };
  }
}
