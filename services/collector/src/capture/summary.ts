import type { RawSample, RawSnapshot } from '@mediamtx-monitor/types';

/** What became of a capture, for the operator. */
export interface Summary {
  /** Sentences about lists that could not be read. */
  readonly failures: readonly string[];
  /** Whether every sample has the path list, without which a capture shows little. */
  readonly hasPaths: boolean;
  /** What is in it, and what was taken out. */
  readonly text: string;
}

/** Each failure once, with the lists it concerns where it isn't all. */
function failuresIn(samples: readonly RawSample[]): string[] {
  const listsByError = new Map<string, Set<string>>();
  for (const [name, list] of samples.flatMap(({ lists }) => Object.entries(lists))) {
    if (!('error' in list)) continue;
    const lists = listsByError.get(list.error) ?? new Set();
    listsByError.set(list.error, lists.add(name));
  }
  const all = Object.keys(samples[0]?.lists ?? {}).length;
  return [...listsByError].map(([error, lists]) =>
    lists.size === all ? error : `${[...lists].join(', ')}: ${error}`,
  );
}

/** Sums up a capture. Pure. */
export function summarise({ samples, removedSecrets, addresses }: RawSnapshot): Summary {
  const lists = new Set(
    samples.flatMap((sample) =>
      Object.entries(sample.lists).flatMap(([name, { status }]) => (status === 'read' ? [name] : [])),
    ),
  );
  return {
    failures: failuresIn(samples),
    hasPaths: samples.every((sample) => sample.lists['paths']?.status === 'read'),
    text:
      `${samples.length === 1 ? '1 sample' : `${samples.length} samples`} of ${lists.size} lists; values removed ` +
      `because they hold a secret, or might: ${removedSecrets}; IP addresses: ${addresses}. ` +
      'Look through it before you hand it on: names of streams and users are in it.',
  };
}
