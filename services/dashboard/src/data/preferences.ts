/** What of the browser's storage is used. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** A small memory of texts; where the browser allows none, it lasts as long as the page. */
export interface Preferences {
  readonly get: (name: string) => string | null;
  /** `null` forgets it. */
  readonly set: (name: string, value: string | null) => void;
}

const PREFIX = 'mediamtx-monitor.';

/** @param open may throw, as browsers do where storage is blocked */
export function createPreferences(open: () => Store): Preferences {
  const store = opened(open);
  return {
    get: (name) => store.getItem(PREFIX + name),
    set: (name, value) => {
      try {
        if (value === null) store.removeItem(PREFIX + name);
        else store.setItem(PREFIX + name, value);
      } catch {
        // Full, or no longer allowed: what was chosen then lasts as long as the page.
      }
    },
  };
}

function opened(open: () => Store): Store {
  try {
    return open();
  } catch {
    const kept = new Map<string, string>();
    return {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => void kept.set(name, value),
      removeItem: (name) => void kept.delete(name),
    };
  }
}
