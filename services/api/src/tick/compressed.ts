import type { Compressions } from './compressions.ts';

/** Who waits for a compressed form. */
export interface Waiter {
  /** Whether it still does. */
  readonly isWaiting: () => boolean;
  /** Told once the form is made or left out. */
  readonly onDone: () => void;
}

export interface CompressedOptions {
  /** Resolves with `undefined` where it can't be made. Never rejects. */
  readonly make: () => Promise<Buffer | undefined>;
  /** Whether everyone gets it, and not only those who ask for a part. */
  readonly isForAll: boolean;
  /** Names those of which only the newest is wanted. */
  readonly key?: string;
}

/** A compressed form of something: made in its turn when first asked for, once for all who ask, and then kept. */
export class Compressed {
  readonly #options: CompressedOptions;
  readonly #waiters = new Map<Waiter['onDone'], Waiter>();
  #bytes: Buffer | undefined;

  constructor(options: CompressedOptions) {
    this.#options = options;
  }

  /** Where it was made already. */
  get bytes(): Buffer | undefined {
    return this.#bytes;
  }

  /**
   * Has it made, and the waiter told.
   * @returns whether there is room for that; else what it is made of is to be sent as it is
   */
  ask(compressions: Compressions, waiter: Waiter): boolean {
    if (this.#waiters.size === 0 && !this.#queue(compressions)) return false;
    this.#waiters.set(waiter.onDone, waiter);
    return true;
  }

  #queue(compressions: Compressions): boolean {
    const { make, isForAll, key = this } = this.#options;
    const compression = {
      isWanted: () => {
        for (const { isWaiting } of this.#waiters.values()) if (isWaiting()) return true;
        return false;
      },
      run: async () => {
        this.#bytes = await make();
        this.#tell();
      },
      leaveOut: () => {
        this.#tell();
      },
    };
    if (!isForAll) return compressions.addForSome(compression);
    compressions.addForAll(key, compression);
    return true;
  }

  #tell(): void {
    const waiters = [...this.#waiters.keys()];
    this.#waiters.clear();
    for (const onDone of waiters) onDone();
  }
}
