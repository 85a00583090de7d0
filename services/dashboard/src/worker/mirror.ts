import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals-core';

/** A signal for each member. */
export type SignalsOf<T> = { readonly [Name in keyof T]: ReadonlySignal<T[Name]> };

/**
 * Sends what has changed of some signals, all of it at first; what changes together goes together, so that nobody sees a
 * part of it.
 */
export function sendChanges<T extends object>(
  signals: SignalsOf<T>,
  send: (changes: Partial<T>) => void,
): void {
  const sent: Partial<T> = {};
  effect(() => {
    const changes: Partial<T> = {};
    for (const name in signals) {
      const { value } = signals[name];
      if (!(name in sent) || sent[name] !== value) changes[name] = value;
    }
    Object.assign(sent, changes);
    send(changes);
  });
}

/** A signal that stays the same value for as long as the next is no different, so that nothing is made anew for it. */
export function steady<T>(compute: () => T, isSame: (one: T, other: T) => boolean): ReadonlySignal<T> {
  let last: { readonly value: T } | undefined;
  return computed(() => {
    const value = compute();
    if (last === undefined || !isSame(last.value, value)) last = { value };
    return last.value;
  });
}

/** Holds at one end what the other sends: signals that change together where they were sent together. */
export class Mirror<T extends object> {
  readonly #signals: { readonly [Name in keyof T]: Signal<T[Name]> };

  constructor(initial: T) {
    const entries = Object.entries(initial).map(([name, value]) => [name, signal<unknown>(value)]);
    // An object of the same members, each a signal of what it was.
    this.#signals = Object.fromEntries(entries) as { readonly [Name in keyof T]: Signal<T[Name]> };
  }

  get signals(): SignalsOf<T> {
    return this.#signals;
  }

  take(changes: Partial<T>): void {
    batch(() => {
      for (const name in changes) {
        const value = changes[name];
        if (value !== undefined) this.#signals[name].value = value;
      }
    });
  }
}
