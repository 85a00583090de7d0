import { AddressCount } from '@mediamtx-monitor/runtime';

/** Who asks for something that is kept. */
export interface Asker {
  /** Network of the client's address, by which it is told from others. */
  readonly network: string;
  /** Told once how much time of this process a read took, in ms, however it ends. */
  readonly spent: (workMs: number) => void;
  /** Whether it has left, so that nobody takes the answer. */
  readonly isGone: () => boolean;
}

/**
 * Whoever comes now had better ask again later. `store-busy`: so many wait already; `reads-waiting`: so many of its own
 * address do; `asker-gone`: it has left.
 */
export class BusyError extends Error {
  readonly code: 'store-busy' | 'reads-waiting' | 'asker-gone';

  constructor(code: BusyError['code']) {
    super(code);
    this.code = code;
  }
}

export interface ReadTurnsOptions {
  /** Reads at the same time: while one waits for Redis, this process looks at what another got. */
  readonly atOnce: number;
  /** So many wait for their turn, and so many of one address: a few clients can't keep all others out. */
  readonly maxWaiting: number;
  readonly maxWaitingPerAddress: number;
}

interface WaitingRead {
  readonly asker: Asker;
  readonly begin: () => void;
  readonly giveUp: () => void;
}

/** @throws {BusyError} `asker-gone` when nobody takes the answer any more */
export function assertThere({ isGone }: Pick<Asker, 'isGone'>): void {
  if (isGone()) throw new BusyError('asker-gone');
}

/**
 * Reads take turns, so that many of them hold up neither Redis nor this process: of those that wait, first come,
 * first served, but whose address has fewer running goes before.
 */
export class ReadTurns {
  readonly #options: ReadTurnsOptions;
  readonly #running = new AddressCount();
  #waiting: readonly WaitingRead[] = [];

  constructor(options: ReadTurnsOptions) {
    this.#options = options;
  }

  /**
   * Reads when it's its turn.
   * @throws {BusyError} at once where too many wait, and where its asker has left when it's its turn
   */
  async take<Value>(asker: Asker, read: () => Promise<Value>): Promise<Value> {
    const isFree = this.#running.inAll < this.#options.atOnce;
    const end = isFree ? this.#running.add(asker.network) : await this.#wait(asker);
    try {
      return await read();
    } finally {
      end();
      this.#next()?.begin();
    }
  }

  /** Resolves when it's its turn: nobody who comes in between takes it. */
  #wait(asker: Asker): Promise<() => void> {
    const { maxWaiting, maxWaitingPerAddress } = this.#options;
    this.#dropGone();
    const own = this.#waiting.filter((each) => each.asker.network === asker.network).length;
    if (own >= maxWaitingPerAddress) throw new BusyError('reads-waiting');
    if (this.#waiting.length >= maxWaiting) throw new BusyError('store-busy');
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        resolve(this.#running.add(asker.network));
      };
      const giveUp = (): void => {
        reject(new BusyError('asker-gone'));
      };
      this.#waiting = [...this.#waiting, { asker, begin, giveUp }];
    });
  }

  #next(): WaitingRead | undefined {
    this.#dropGone();
    const runningOf = ({ asker }: WaitingRead): number => this.#running.of(asker.network);
    const least = Math.min(...this.#waiting.map(runningOf));
    const next = this.#waiting.find((each) => runningOf(each) === least);
    this.#waiting = this.#waiting.filter((each) => each !== next);
    return next;
  }

  /** Those that have left keep nobody waiting. */
  #dropGone(): void {
    const gone = this.#waiting.filter(({ asker }) => asker.isGone());
    if (gone.length === 0) return;
    this.#waiting = this.#waiting.filter((each) => !gone.includes(each));
    for (const { giveUp } of gone) giveUp();
  }
}
