import type { Numbering } from './numbering.ts';

/** A test for stream names. */
export type Matcher = (name: string) => boolean;

/** The stream names of a tick's records, by their numbers. */
export interface NumberedNames {
  readonly numbering: Numbering;
  /** Of each record; NO_NAME for one that belongs to no stream. */
  readonly numbers: Int32Array;
}

export const NO_NAME = -1;

/** What is known of a name. */
const UNKNOWN = 0;
const OUT = 1;
const IN = 2;

/** A test for stream names that remembers which names match: one byte for each. */
export class Filter {
  readonly #matches: Matcher;
  /** By numbering: what is known of names goes with their numbers. */
  readonly #verdicts = new WeakMap<Numbering, Uint8Array>();

  constructor(matches: Matcher) {
    this.#matches = matches;
  }

  /** Places of the records that belong to matching streams. */
  placesIn({ numbering, numbers }: NumberedNames): readonly number[] {
    const verdicts = this.#verdictsOf(numbering);
    const places: number[] = [];
    for (let place = 0; place < numbers.length; place += 1) {
      const number = numbers[place] ?? NO_NAME;
      if (number === NO_NAME) continue;
      if (verdicts[number] === UNKNOWN) verdicts[number] = this.#matches(numbering.nameOf(number)) ? IN : OUT;
      if (verdicts[number] === IN) places.push(place);
    }
    return places;
  }

  #verdictsOf(numbering: Numbering): Uint8Array {
    const known = this.#verdicts.get(numbering);
    if (known !== undefined && known.length >= numbering.size) return known;
    const verdicts = new Uint8Array(numbering.size + SPARE);
    verdicts.set(known ?? []);
    this.#verdicts.set(numbering, verdicts);
    return verdicts;
  }
}

/** Room for names to come, so that not each of them takes a new array. */
const SPARE = 256;
