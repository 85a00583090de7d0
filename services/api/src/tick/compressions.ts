/** Something to be compressed. */
export interface Compression {
  /** Whether anybody still waits for it; asked when its turn comes. */
  readonly isWanted: () => boolean;
  /** Never rejects. */
  readonly run: () => Promise<void>;
  /** Called when it won't be run: nobody waits for it, or a newer one took its place. */
  readonly leaveOut: () => void;
}

/** As many cores are kept busy at most. */
const MAX_RUNNING = 2;
/** So many wait at most, of those that aren't for everyone. */
const MAX_WAITING = 8;

/**
 * All compressions of this process: few run at a time, since each takes a core and some memory. What nobody waits for
 * any more when its turn comes is left out.
 */
export class Compressions {
  readonly #forAll = new Map<unknown, Compression>();
  readonly #forSome = new Map<unknown, Compression>();
  #running = 0;
  #isTurnOfSome = false;

  /**
   * Has something compressed in its turn that everyone gets.
   * @param key it takes the place and the turn of what still waits under the same
   */
  addForAll(key: unknown, compression: Compression): void {
    const before = this.#forAll.get(key);
    this.#forAll.set(key, compression);
    // Its waiters may be about to receive what is newer.
    if (before !== undefined) queueMicrotask(before.leaveOut);
    this.#goOn();
  }

  /**
   * Has something compressed in its turn that only some want.
   * @returns whether there is room for it
   */
  addForSome(compression: Compression): boolean {
    if (this.#forSome.size >= MAX_WAITING) return false;
    this.#forSome.set(compression, compression);
    this.#goOn();
    return true;
  }

  /** A little later, so that all who are just receiving something can say that they want it. */
  #goOn(): void {
    queueMicrotask(() => {
      for (let next = this.#next(); next !== undefined; next = this.#next()) void this.#run(next);
    });
  }

  async #run(compression: Compression): Promise<void> {
    this.#running += 1;
    await compression.run();
    this.#running -= 1;
    this.#goOn();
  }

  #next(): Compression | undefined {
    while (this.#running < MAX_RUNNING) {
      const compression = this.#take();
      if (compression === undefined || compression.isWanted()) return compression;
      compression.leaveOut();
    }
    return undefined;
  }

  /** From both kinds in turns, so that neither has the other wait for ever. */
  #take(): Compression | undefined {
    const kinds = this.#isTurnOfSome ? [this.#forSome, this.#forAll] : [this.#forAll, this.#forSome];
    for (const waiting of kinds) {
      for (const [key, compression] of waiting) {
        waiting.delete(key);
        this.#isTurnOfSome = waiting === this.#forAll;
        return compression;
      }
    }
    return undefined;
  }
}

/** Who waits for a compressed form. */
export interface Waiter {
  /** Whether it still does. */
  readonly isWaiting: () => boolean;
  /** Called once the form is made or left out. */
  readonly onDone: () => void;
}

export interface CompressedOptions {
  /** Resolves with `undefined` where it can't be made. Never rejects. */
  readonly make: () => Promise<Buffer | undefined>;
  /** Whether everyone gets it, and not only those who ask for a part. */
  readonly isForAll: boolean;
  /** Names those of which only the newest is wanted. */
  readonly key?: string | undefined;
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
   * Has it made, and the waiter called once it is.
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
        this.#finish();
      },
      leaveOut: () => {
        this.#finish();
      },
    };
    if (!isForAll) return compressions.addForSome(compression);
    compressions.addForAll(key, compression);
    return true;
  }

  #finish(): void {
    const waiters = [...this.#waiters.keys()];
    this.#waiters.clear();
    for (const onDone of waiters) onDone();
  }
}
