import { BusyError, type Reader, reasonOf } from './read-turns.ts';

interface Work<Value> {
  readonly result: Promise<Value>;
  readonly aborter: AbortController;
  waiting: number;
}

/** What several ask for at the same time is made once, at the cost of the first, as long as one of them waits for it. */
export class SharedWork<Value> {
  readonly #running = new Map<string, Work<Value>>();

  /**
   * @param key is the same for what is the same
   * @param make makes it for someone who waits as long as anyone does
   * @throws what `make` does, and {BusyError} when the reader doesn't wait any more
   */
  async take(key: string, reader: Reader, make: (reader: Reader) => Promise<Value>): Promise<Value> {
    reader.signal.throwIfAborted();
    for (;;) {
      const others = this.#running.get(key);
      try {
        return await this.#wait(key, others ?? this.#begin(key, reader, make), reader.signal);
      } catch (error) {
        // It is the first one's fault when that has asked for too much: whoever came later may still.
        if (others === undefined || reader.signal.aborted || !(error instanceof BusyError)) throw error;
      }
    }
  }

  #begin(key: string, reader: Reader, make: (reader: Reader) => Promise<Value>): Work<Value> {
    const aborter = new AbortController();
    const result = make({ ...reader, signal: aborter.signal }).finally(() => {
      this.#end(key, work);
    });
    const work = { result, aborter, waiting: 0 };
    this.#running.set(key, work);
    return work;
  }

  /** Nobody else joins it. */
  #end(key: string, work: Work<Value>): void {
    if (this.#running.get(key) === work) this.#running.delete(key);
  }

  async #wait(key: string, work: Work<Value>, signal: AbortSignal): Promise<Value> {
    work.waiting += 1;
    try {
      return await unlessAborted(work.result, signal);
    } finally {
      work.waiting -= 1;
      if (work.waiting === 0) {
        this.#end(key, work);
        work.aborter.abort(new BusyError('asker-gone'));
      }
    }
  }
}

/** @throws why the signal aborts, where that is before */
function unlessAborted<Value>(result: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(reasonOf(signal));
    };
    const settled = (): void => {
      signal.removeEventListener('abort', onAbort);
    };
    signal.addEventListener('abort', onAbort);
    void result.finally(settled).then(resolve, reject);
  });
}
