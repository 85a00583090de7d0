import { seededRandom } from '@mediamtx-monitor/testkit';

/** Choices that are the same each time for the same seed. */
export interface Choices {
  /** A whole number from 0 to below the limit. */
  readonly below: (limit: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly chance: (probability: number) => boolean;
  readonly bytes: (length: number) => Buffer;
}

export function choicesFrom(seed: number): Choices {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    below,
    pick: <T>(from: readonly T[]): T => {
      const [chosen] = from.slice(below(from.length));
      if (chosen === undefined) throw new RangeError('nothing to pick from');
      return chosen;
    },
    chance: (probability) => random() < probability,
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}

/** Which choices a fuzzer makes, and for how long: `FUZZ_SEED`, another each time unless given; `FUZZ_SECONDS`. */
export function fuzzSettings(
  env: Readonly<Record<string, string | undefined>>,
  defaultSeconds: number,
): { readonly seed: number; readonly seconds: number } {
  const seed = Number(env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
  const seconds = Number(env['FUZZ_SECONDS'] ?? defaultSeconds);
  if (!Number.isInteger(seed) || !(seconds > 0)) {
    throw new RangeError('FUZZ_SEED is a whole number, FUZZ_SECONDS a number above 0');
  }
  return { seed, seconds };
}
