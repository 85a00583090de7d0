import { type Random, randomFrom } from '../../../packages/simulator/src/world/random.ts';

/** What a fuzzer chooses with: the same seed makes the same choices. */
export interface Dice {
  /** A whole number from 0 up to, and without, `below`. */
  readonly below: (below: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(items: readonly [T, ...T[]]) => T;
  readonly bytes: (length: number) => Buffer;
}

export function diceFrom(seed: number): Dice {
  const random: Random = randomFrom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    below,
    chance: (probability) => random() < probability,
    pick: ([first, ...others]) => others[below(others.length + 1)] ?? first,
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}

/** How long, and with which seed: by hand for as long as one likes, with the seed of a run that failed. */
export function fuzzingFrom(env: NodeJS.ProcessEnv): { readonly seconds: number; readonly seed: number } {
  return {
    seconds: Number(env['FUZZ_SECONDS'] ?? 20),
    seed: Number(env['FUZZ_SEED'] ?? Date.now() % 2 ** 31),
  };
}
