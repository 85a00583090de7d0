import { computed, type ReadonlySignal } from '@preact/signals';

/** A signal that stays the same value for as long as the next is no different, so that nothing is drawn anew for it. */
export function steady<T>(compute: () => T, isSame: (one: T, other: T) => boolean): ReadonlySignal<T> {
  let last: { readonly value: T } | undefined;
  return computed(() => {
    const value = compute();
    if (last === undefined || !isSame(last.value, value)) last = { value };
    return last.value;
  });
}
