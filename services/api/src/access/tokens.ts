import { createHash, timingSafeEqual } from 'node:crypto';
import type { TokenEntry } from './token-lines.ts';

/** Names of tokens that differ between two sets. */
export interface TokenChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Same name, another token. */
  readonly replaced: readonly string[];
}

/** The tokens that are valid at some time. */
export class Tokens {
  readonly #hashes: ReadonlyMap<string, string>;
  readonly #candidates: readonly { readonly name: string; readonly digest: Buffer }[];

  constructor(entries: readonly TokenEntry[]) {
    this.#hashes = new Map(entries.map(({ name, hash }) => [name, hash]));
    this.#candidates = entries.map(({ name, hash }) => ({ name, digest: Buffer.from(hash, 'hex') }));
  }

  /** The name of a token; `undefined` for one that is not valid. Takes as long whichever it is. */
  nameOf(token: string): string | undefined {
    const digest = createHash('sha256').update(token).digest();
    let found: string | undefined;
    for (const candidate of this.#candidates) {
      if (timingSafeEqual(candidate.digest, digest)) found = candidate.name;
    }
    return found;
  }

  /** The hash of the token that has this name. */
  hashOf(name: string): string | undefined {
    return this.#hashes.get(name);
  }

  /** What is different in `next`. */
  changesTo(next: Tokens): TokenChanges {
    const [before, after] = [this.#hashes, next.#hashes];
    const names = [...before.keys()];
    return {
      added: [...after.keys()].filter((name) => !before.has(name)),
      removed: names.filter((name) => !after.has(name)),
      replaced: names.filter((name) => after.has(name) && after.get(name) !== before.get(name)),
    };
  }
}
