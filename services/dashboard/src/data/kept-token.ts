import type { Preferences } from './storage.ts';

const TOKEN = 'token';

/** The token this page signs in with, and where it is kept: for this tab, or in this browser where that was chosen. */
export class KeptToken {
  readonly #tab: Preferences;
  readonly #browser: Preferences;
  #token: string | undefined;

  constructor(tab: Preferences, browser: Preferences) {
    this.#tab = tab;
    this.#browser = browser;
    this.#token = tab.get(TOKEN) ?? browser.get(TOKEN) ?? undefined;
  }

  /** What is signed in with; `undefined` while nothing is, or once it was refused. */
  get token(): string | undefined {
    return this.#token;
  }

  /** Keeps one that came with a link, for this tab only. @returns whether the browser lets it be kept */
  link(token: string): boolean {
    this.#token = token;
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
      if (place.get(TOKEN) === this.#token) place.set(TOKEN, null);
    }
    this.#token = undefined;
  }
}
