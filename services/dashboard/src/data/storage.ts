/** What of the browser's storage is used. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** A small memory of texts; where the browser allows none, it lasts as long as the page. */
export interface Preferences {
  readonly get: (name: string) => string | null;
  /** `null` forgets it. @returns whether it lasts longer than the page */
  readonly set: (name: string, value: string | null) => boolean;
}

const PREFIX = 'mediamtx-monitor.';

/** @param open may throw, as browsers do where storage is blocked */
export function createPreferences(open: () => Store): Preferences {
  const { store, lasts } = opened(open);
  return {
    get: (name) => store.getItem(PREFIX + name),
    set: (name, value) => {
      try {
        if (value === null) store.removeItem(PREFIX + name);
        else store.setItem(PREFIX + name, value);
        return lasts;
      } catch {
        // Full, or no longer allowed.
        return false;
      }
    },
  };
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

/** The token this page signs in with, and where it is kept: for this tab, or in this browser where that was chosen. */
export interface KeptToken {
  readonly token: string | undefined;
  /** Keeps another one, in one place only. @returns whether the browser lets it be kept there */
  readonly keep: (token: string, staysInBrowser: boolean) => boolean;
  /** Forgets whatever is kept in either place. */
  readonly forget: () => void;
  /** Forgets this page's own, and none that another tab has signed in with meanwhile. */
  readonly forgetRefused: () => void;
}

const TOKEN = 'token';

export function keptToken(tab: Preferences, browser: Preferences): KeptToken {
  const token = tab.get(TOKEN) ?? browser.get(TOKEN) ?? undefined;
  const places = [tab, browser];
  const forget = (): void => {
    for (const place of places) place.set(TOKEN, null);
  };
  return {
    token,
    keep: (next, staysInBrowser) => {
      forget();
      return (staysInBrowser ? browser : tab).set(TOKEN, next);
    },
    forget,
    forgetRefused: () => {
      for (const place of places) if (place.get(TOKEN) === token) place.set(TOKEN, null);
    },
  };
}
