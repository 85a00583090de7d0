import { asError, Exclusive, type Logger, type Part } from '@mediamtx-monitor/runtime';

export interface JoinedFileOptions {
  readonly write: (json: Buffer) => Promise<void>;
  readonly logger: Logger;
  /** How often it is looked at whether there is something new, in ms. */
  readonly intervalMs: number;
}

const [OPEN, COMMA, CLOSE] = [Buffer.from('['), Buffer.from(','), Buffer.from(']')];
const EMPTY = '[]';

/** One array of several, each as `JSON.stringify` makes it. */
function joined(arrays: readonly Buffer[]): Buffer {
  const filled = arrays.filter(({ length }) => length > EMPTY.length);
  const parts = filled.flatMap((array, place) => [...(place === 0 ? [] : [COMMA]), array.subarray(1, -1)]);
  return Buffer.concat([OPEN, ...parts, CLOSE]);
}

/**
 * The JSON file of several servers: the newest array of each, joined in the order of their ids. It is written once an
 * interval and not with each tick, since each server has ticks of its own.
 */
export class JoinedFile implements Part {
  readonly name = 'JSON file';
  readonly #options: JoinedFileOptions;
  readonly #arrays = new Map<string, Buffer>();
  readonly #work = new Exclusive(() => this.#writeNew());
  #isNew = false;
  #failure: Error | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: JoinedFileOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#work.run();
    }, this.#options.intervalMs).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  /** Takes the newest array of a server. */
  put(server: string, array: Buffer): void {
    this.#arrays.set(server, array);
    this.#isNew = true;
  }

  /** Leaves out a server from now on. */
  remove(server: string): void {
    this.#isNew = this.#arrays.delete(server) || this.#isNew;
  }

  /** Writes what is new; resolves with why the file could not be written, or `null`. */
  async flush(): Promise<Error | null> {
    await this.#work.idle();
    this.#work.run();
    await this.#work.idle();
    return this.#failure;
  }

  async #writeNew(): Promise<void> {
    const { write, logger } = this.#options;
    if (!this.#isNew) return;
    this.#isNew = false;
    const arrays = [...this.#arrays].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, array]) => array);
    try {
      await write(joined(arrays));
      this.#failure = null;
    } catch (error) {
      const failure = asError(error);
      if (failure.message !== this.#failure?.message) logger.error(failure.message);
      this.#failure = failure;
      this.#isNew = true;
    }
  }
}
