import type { StreamsHead } from '@mediamtx-monitor/types';

/** Names of labels that servers have, each with its values, in order. */
export type LabelValues = readonly (readonly [name: string, values: readonly string[]])[];

const IN_ORDER = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' }).compare;

/** @param chosen labels as `name:value`, which a link may name though no server has them */
export function labelValues(
  heads: Iterable<Pick<StreamsHead, 'labels'>>,
  chosen: readonly string[],
): LabelValues {
  const values = new Map<string, Set<string>>();
  const add = (name: string, value: string): void => {
    // A label without a value can't be asked for.
    if (value !== '') values.set(name, (values.get(name) ?? new Set()).add(value));
  };
  for (const { labels = {} } of heads) for (const [name, value] of Object.entries(labels)) add(name, value);
  for (const one of chosen) add(...partsOf(one));
  return [...values]
    .map(([name, some]) => [name, [...some].sort(IN_ORDER)] as const)
    .sort(([a], [b]) => IN_ORDER(a, b));
}

/** Of the labels that are chosen the value of one; `null` where any will do. */
export function chosenValue(chosen: readonly string[], name: string): string | null {
  const found = chosen.map(partsOf).find(([one]) => one === name);
  return found?.[1] ?? null;
}

/** The labels that are chosen, with that value of one, or with any. */
export function withLabel(chosen: readonly string[], name: string, value: string | null): readonly string[] {
  const others = chosen.filter((one) => partsOf(one)[0] !== name);
  return value === null ? others : [...others, `${name}:${value}`];
}

function partsOf(text: string): [name: string, value: string] {
  const colon = text.indexOf(':');
  return [text.slice(0, colon), text.slice(colon + 1)];
}
