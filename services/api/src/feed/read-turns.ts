import { AddressCount } from '@mediamtx-monitor/runtime';

/** Who asks for something that is kept. */
export interface Asker {
  /** Network of the client's address, by which it is told from others. */
  readonly network: string;
  /** Told once how much time of this process a read took, in ms, however it ends. */
  readonly spent: (workMs: number) => void;
}

/**
 * Whoever comes now had better ask again later. `store-busy`: so many wait already; `reads-waiting`: so many of its own
 * address do.
 */
export class BusyError extends Error {
  readonly code: 'store-busy' | 'reads-waiting';

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
  readonly network: string;
  readonly begin: () => void;
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
   * @throws {BusyError} at once where too many wait
   */
  async take<Value>({ network }: Asker, read: () => Promise<Value>): Promise<Value> {
    const end =
      this.#running.inAll < this.#options.atOnce ? this.#running.add(network) : await this.#wait(network);
    try {
      return await read();
    } finally {
      end();
      this.#next()?.begin();
    }
  }

  /** Resolves when it's its turn: nobody who comes in between takes it. */
  #wait(network: string): Promise<() => void> {
    const { maxWaiting, maxWaitingPerAddress } = this.#options;
    const own = this.#waiting.filter((each) => each.network === network).length;
    if (own >= maxWaitingPerAddress) throw new BusyError('reads-waiting');
    if (this.#waiting.length >= maxWaiting) throw new BusyError('store-busy');
    return new Promise((resolve) => {
      const begin = (): void => {
        resolve(this.#running.add(network));
      };
      this.#waiting = [...this.#waiting, { network, begin }];
    });
  }

  #next(): WaitingRead | undefined {
    const runningOf = ({ network }: WaitingRead): number => this.#running.of(network);
    const least = Math.min(...this.#waiting.map(runningOf));
    const next = this.#waiting.find((each) => runningOf(each) === least);
    this.#waiting = this.#waiting.filter((each) => each !== next);
    return next;
  }
}
