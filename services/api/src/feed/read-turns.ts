import { AddressCount } from '@mediamtx-monitor/runtime';

/** Who asks for something that takes work. */
export interface Asker {
  /** Network of the client's address, by which it is told from others. */
  readonly network: string;
  /** Told how much time of this process each part of the work took, in ms, however it ends. */
  readonly spent: (workMs: number) => void;
}

/** Who waits for what is kept. */
export interface Reader extends Asker {
  /** Aborts when nobody waits for the answer any more; its reason is a `BusyError`. */
  readonly signal: AbortSignal;
}

/**
 * Whoever comes now had better ask again later. `store-busy`: so many wait already, or its turn hasn't come for so long;
 * `reads-waiting`: so many of its own address wait; `too-slow`: its answer took too long; `asker-gone`: it has left.
 */
export class BusyError extends Error {
  readonly code: 'store-busy' | 'reads-waiting' | 'too-slow' | 'asker-gone';

  constructor(code: BusyError['code']) {
    super(code);
    this.code = code;
  }
}

/** Why a reader doesn't wait any more. */
export function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new BusyError('asker-gone');
}

export interface ReadTurnsOptions {
  /** Reads at the same time: while one waits for Redis, this process looks at what another got. */
  readonly atOnce: number;
  /** So many wait for their turn, and so many of one address. */
  readonly maxWaiting: number;
  readonly maxWaitingPerAddress: number;
  /** So long each waits at most, in ms. */
  readonly maxWaitMs: number;
}

interface WaitingRead {
  readonly network: string;
  readonly begin: () => void;
  readonly giveUp: (error: Error) => void;
}

/** Of so many addresses it is known when their turn was last. */
const MAX_SERVED = 1_000;

/**
 * Reads take turns, so that many of them hold up neither Redis nor this process. Whose address has fewer running goes
 * before, then whose turn was longest ago; where there is no room, who has more waiting makes it: so a few addresses
 * can't keep all others out.
 */
export class ReadTurns {
  readonly #options: ReadTurnsOptions;
  readonly #running = new AddressCount();
  #waiting: readonly WaitingRead[] = [];
  /** Numbers of the turns that addresses had last, in order. */
  readonly #served = new Map<string, number>();
  #turns = 0;

  constructor(options: ReadTurnsOptions) {
    this.#options = options;
  }

  /**
   * Reads when it's its turn.
   * @throws {BusyError} where there is no room to wait, its turn doesn't come in time, or nobody waits for it any more
   */
  async take<Value>(reader: Reader, read: () => Promise<Value>): Promise<Value> {
    reader.signal.throwIfAborted();
    const isFree = this.#running.inAll < this.#options.atOnce;
    const end = isFree ? this.#begin(reader.network) : await this.#wait(reader);
    try {
      return await read();
    } finally {
      end();
      this.#next()?.begin();
    }
  }

  #begin(network: string): () => void {
    this.#served.delete(network);
    this.#served.set(network, (this.#turns += 1));
    const [oldest] = this.#served.keys();
    if (this.#served.size > MAX_SERVED && oldest !== undefined) this.#served.delete(oldest);
    return this.#running.add(network);
  }

  /** Resolves when it's its turn: nobody who comes in between takes it. */
  #wait({ network, signal }: Reader): Promise<() => void> {
    this.#makeRoom(network);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.#waiting = this.#waiting.filter((each) => each !== waiting);
      };
      const giveUp = (error: Error): void => {
        leave();
        reject(error);
      };
      const begin = (): void => {
        leave();
        resolve(this.#begin(network));
      };
      const onAbort = (): void => {
        giveUp(reasonOf(signal));
      };
      const timer = setTimeout(() => {
        giveUp(new BusyError('store-busy'));
      }, this.#options.maxWaitMs).unref();
      signal.addEventListener('abort', onAbort);
      const waiting = { network, begin, giveUp };
      this.#waiting = [...this.#waiting, waiting];
    });
  }

  /** Where all places are taken, the address that has most of them gives one, if it still has more then. */
  #makeRoom(network: string): void {
    const { maxWaiting, maxWaitingPerAddress } = this.#options;
    const counts = new Map<string, number>();
    for (const each of this.#waiting) counts.set(each.network, (counts.get(each.network) ?? 0) + 1);
    const own = counts.get(network) ?? 0;
    if (own >= maxWaitingPerAddress) throw new BusyError('reads-waiting');
    if (this.#waiting.length < maxWaiting) return;
    const most = Math.max(...counts.values());
    if (most <= own + 1) throw new BusyError('store-busy');
    this.#waiting
      .findLast((each) => counts.get(each.network) === most)
      ?.giveUp(new BusyError('reads-waiting'));
  }

  #next(): WaitingRead | undefined {
    const rankOf = ({ network }: WaitingRead): readonly [running: number, turn: number] => [
      this.#running.of(network),
      this.#served.get(network) ?? 0,
    ];
    return this.#waiting.reduce<WaitingRead | undefined>((first, each) => {
      if (first === undefined) return each;
      const [[running, turn], [firstRunning, firstTurn]] = [rankOf(each), rankOf(first)];
      return running < firstRunning || (running === firstRunning && turn < firstTurn) ? each : first;
    }, undefined);
  }
}
