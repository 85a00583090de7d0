import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { errorText, isReplyError, type Logger } from '@mediamtx-monitor/runtime';

/** Time for an answer of Redis, in ms. */
export const COMMAND_TIMEOUT_MS = 1_000;
const TIMED_OUT = 'Command timed out';
/** Parts of the time for an answer: of time that this process was busy in one go, one of them counts. */
const PARTS = 10;
/** What came in while this process was busy has been read by then, in ms. */
const LOOK_MS = 100;

/** What goes wrong on a connection to Redis: connects it anew where it hangs, and logs what Redis refuses once. */
export class ConnectionFailures {
  readonly #redis: Redis;
  readonly #logger: Logger;
  /** What was logged last, by what failed. */
  readonly #logged = new Map<string, string>();
  #isLooking = false;

  constructor(redis: Redis, logger: Logger) {
    this.#redis = redis;
    this.#logger = logger;
  }

  /** @param what as in `keys can't be read` */
  handle(what: string, error: unknown): void {
    if (!(error instanceof Error)) return;
    if (error.message === TIMED_OUT) void this.#leaveSilent();
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

  /**
   * The other end of a connection that times out may be gone for good, and a new connection costs little. But timers
   * ring before sockets are read: where this process was busy, the answer is there and only not read yet.
   */
  async #leaveSilent(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const { stream } = this.#redis;
    const bytesBefore = stream.bytesRead;
    await delay(LOOK_MS);
    this.#isLooking = false;
    if (stream === this.#redis.stream && stream.bytesRead === bytesBefore) this.#redis.disconnect(true);
  }
}

/**
 * Waits for an answer of Redis; time in which this process itself was busy doesn't count.
 * @throws {Error} as a connection does whose time is up
 */
export async function withinTimeout<Value>(asking: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    let left = PARTS;
    timer = setInterval(() => {
      left -= 1;
      if (left === 0) reject(new Error(TIMED_OUT));
    }, COMMAND_TIMEOUT_MS / PARTS);
  });
  try {
    return await Promise.race([asking, timeout]);
  } finally {
    clearInterval(timer);
  }
}
