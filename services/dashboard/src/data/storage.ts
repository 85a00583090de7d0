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

const TOKEN = 'token';
/** How a link brings a token: behind `#`, which browsers send to nobody. */
const IN_FRAGMENT = /^#token=(.+)$/;

/** The token in a link's fragment; `undefined` when there is none. */
export function tokenInFragment(fragment: string): string | undefined {
  const [, token] = IN_FRAGMENT.exec(fragment) ?? [];
  if (token === undefined) return undefined;
  try {
    return decodeURIComponent(token).trim() || undefined;
  } catch {
    return token;
  }
}

/** The token this page signs in with, and where it is kept: for this tab, or in this browser where that was chosen. */
export class KeptToken {
  readonly token: string | undefined;
  readonly #tab: Preferences;
  readonly #browser: Preferences;

  /** @param linked came with the link that opened the page, and is kept for this tab */
  constructor(tab: Preferences, browser: Preferences, linked?: string) {
    this.token = linked ?? tab.get(TOKEN) ?? browser.get(TOKEN) ?? undefined;
    this.#tab = tab;
    this.#browser = browser;
    if (linked !== undefined) this.link(linked);
  }

  /** Keeps one that came with a link, for this tab only. @returns whether the browser lets it be kept */
  link(token: string): boolean {
    return this.#tab.set(TOKEN, token);
  }

  /** Keeps another one, in one place only. @returns whether the browser lets it be kept there */
  keep(token: string, staysInBrowser: boolean): boolean {
    this.forget();
    return (staysInBrowser ? this.#browser : this.#tab).set(TOKEN, token);
  }

  /** Forgets whatever is kept in either place. */
  forget(): void {
    for (const place of [this.#tab, this.#browser]) place.set(TOKEN, null);
  }

  /** Forgets this page's own, and none that another tab has signed in with meanwhile. */
  forgetRefused(): void {
    for (const place of [this.#tab, this.#browser]) {
      if (place.get(TOKEN) === this.token) place.set(TOKEN, null);
    }
  }
}
