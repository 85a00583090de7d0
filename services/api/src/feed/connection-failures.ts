import type { Redis } from 'ioredis';
import { errorText, isReplyError, type Logger } from '@mediamtx-monitor/runtime';

/** Time for an answer of Redis, in ms. */
export const COMMAND_TIMEOUT_MS = 1_000;
const TIMED_OUT = 'Command timed out';

/** What goes wrong on a connection to Redis: connects it anew where it hangs, and logs what Redis refuses once. */
export class ConnectionFailures {
  readonly #redis: Redis;
  readonly #logger: Logger;
  /** What was logged last, by what failed. */
  readonly #logged = new Map<string, string>();

  constructor(redis: Redis, logger: Logger) {
    this.#redis = redis;
    this.#logger = logger;
  }

  /** @param what as in `keys can't be read` */
  handle(what: string, error: unknown): void {
    if (!(error instanceof Error)) return;
    // The other end of a connection that times out may be gone for good; a new connection costs little.
    if (error.message === TIMED_OUT) this.#redis.disconnect(true);
    if (isReplyError(error)) this.log(what, `Redis says ${errorText(error)}`);
  }

  /** Logs it, unless that is what was logged last of it. */
  log(what: string, why: string): void {
    if (why === this.#logged.get(what)) return;
    this.#logged.set(what, why);
    this.#logger.warn(`${what}: ${why}`);
  }

  /** It works again: the next failure is logged. */
  clear(what: string): void {
    this.#logged.delete(what);
  }
}
