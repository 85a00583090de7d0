import type { Duplex } from 'node:stream';
import { type Logger, stackOf } from '@mediamtx-monitor/runtime';

/**
 * Everything that a connection sets going runs in here, so that a mistake of ours costs that connection and nothing
 * else: whatever work throws or rejects with is logged and counted, and its connection is cut.
 */
export class Guard {
  readonly #logger: Logger;
  #failures = 0;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Connections cut so far because of a mistake of ours. */
  get failures(): number {
    return this.#failures;
  }

  /** Does the work on behalf of the connection below it. */
  run(socket: Duplex, work: () => unknown): void {
    try {
      const result = work();
      if (result instanceof Promise)
        result.catch((error: unknown) => {
          this.fail(socket, error);
        });
    } catch (error) {
      this.fail(socket, error);
    }
  }

  /** Does the work once the connection is gone. */
  whenGone(socket: Duplex, work: () => void): void {
    socket.once('close', () => {
      this.run(socket, work);
    });
  }

  /** Something that a connection set going went wrong outside of here: it costs that connection all the same. */
  fail(socket: Duplex, error: unknown): void {
    this.#failures += 1;
    this.#logger.error('a connection failed and was cut, which should not happen', { error: stackOf(error) });
    socket.destroy();
  }
}
