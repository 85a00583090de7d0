import { type ReadonlySignal, signal } from '@preact/signals-core';
import { asError, codeOf } from './as-error.ts';
import type { KeptToken } from './kept-token.ts';

/** Behind `#`, which browsers send to nobody; written by people, so in any letter case and at any place. */
const IN_FRAGMENT = /token=([^&]*)/i;

/** The token in a link's fragment, which may be empty; `null` where there is no sign of one. */
export function tokenInFragment(fragment: string): string | null {
  const [, token] = IN_FRAGMENT.exec(fragment) ?? IN_FRAGMENT.exec(decoded(fragment)) ?? [];
  return token === undefined ? null : decoded(token).trim();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Where the question whether to sign in with a link's token is: `asked`; `tried`, since someone said so; `refused` by
 * the API, which ends it; `unanswered`: the API said nothing of it; `not-kept`: the browser keeps nothing.
 */
export type LinkedTokenStep = 'asked' | 'tried' | 'refused' | 'unanswered' | 'not-kept';

export interface LinkedTokenOptions {
  readonly kept: KeptToken;
  /** Whether the page is for a screen at which nobody may be who could answer. */
  readonly isScreen: () => boolean;
  /** Asks the API whether it takes a token. @throws an error with the code `unauthorized` where it doesn't */
  readonly tryToken: (token: string) => Promise<unknown>;
  /** Begins anew, with the token that is kept then. */
  readonly reload: () => void;
}

/** A token that a link brought: anybody can make one, so nothing becomes of it before someone agrees. */
export class LinkedToken {
  readonly #options: LinkedTokenOptions;
  readonly #step = signal<LinkedTokenStep | null>(null);
  /** `null` while there is nothing to ask. */
  readonly step: ReadonlySignal<LinkedTokenStep | null> = this.#step;
  #token = '';

  constructor(options: LinkedTokenOptions) {
    this.#options = options;
  }

  /** Takes what a link brought. @returns whether it is signed in with from now on, and is kept */
  take(token: string): boolean {
    if (token === '' || token === this.#options.kept.token) return false;
    this.#token = token;
    this.#step.value = 'asked';
    return this.takeOver();
  }

  /** Where nobody may be who could answer, nor anybody is signed in, the link is there for that. @returns as `take` */
  takeOver(): boolean {
    const { kept, isScreen } = this.#options;
    if (this.#step.peek() === null || kept.token !== undefined || !isScreen()) return false;
    const isKept = kept.link(this.#token);
    this.decline();
    return isKept;
  }

  /** Someone wants to sign in with it: whether that goes is seen before another one is given up. */
  readonly accept = async (): Promise<void> => {
    const { kept, tryToken, reload } = this.#options;
    const token = this.#token;
    this.#step.value = 'tried';
    const error = await tryToken(token).then(() => null, asError);
    if (token !== this.#token) return;
    if (error !== null) this.#step.value = codeOf(error) === 'unauthorized' ? 'refused' : 'unanswered';
    else if (kept.link(token)) reload();
    else this.#step.value = 'not-kept';
  };

  /** All stays as it is, and the token is gone. */
  readonly decline = (): void => {
    this.#token = '';
    this.#step.value = null;
  };
}
