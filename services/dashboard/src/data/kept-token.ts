import type { Preferences } from './preferences.ts';

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
