import { batch, type ReadonlySignal, signal } from '@preact/signals-core';
import type { Preferences } from './storage.ts';

const SEEN = 'alerts-seen';

/** Whether the panel of alerts is open, and which of them have been looked at in this browser. */
export class Bell {
  readonly #isOpen = signal(false);
  readonly #seen;
  readonly isOpen: ReadonlySignal<boolean> = this.#isOpen;
  /** When the newest alert began to fire that was there when the panel was open (RFC 3339, UTC); `null` = none. */
  readonly seen: ReadonlySignal<string | null>;
  readonly #preferences: Preferences;
  #seenBefore: string | null;

  constructor(preferences: Preferences) {
    this.#preferences = preferences;
    this.#seenBefore = preferences.get(SEEN);
    this.#seen = signal(this.#seenBefore);
    this.seen = this.#seen;
  }

  /** What had been looked at before the panel was opened last. */
  get seenBefore(): string | null {
    return this.#seenBefore;
  }

  /** @param newest when the newest alert began to fire; `null` = none fires */
  readonly open = (newest: string | null): void => {
    this.#seenBefore = this.#seen.peek();
    this.#set(true, newest);
  };

  /** @param newest as above: what began while it was open has been looked at, too */
  readonly close = (newest: string | null): void => {
    this.#set(false, newest);
  };

  #set(isOpen: boolean, newest: string | null): void {
    batch(() => {
      this.#isOpen.value = isOpen;
      if (newest === null || newest <= (this.#seen.peek() ?? '')) return;
      this.#seen.value = newest;
      this.#preferences.set(SEEN, newest);
    });
  }
}
