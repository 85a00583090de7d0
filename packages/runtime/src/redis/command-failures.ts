import { setTimeout as delay } from 'node:timers/promises';
import { errorText } from '../error-text.ts';
import type { Logger } from '../log/logger.ts';
import { isCluster, type RedisClient } from './client.ts';

/** Redis can't be asked at the moment: there is no connection, it doesn't answer, or it can't yet. */
export class RedisAwayError extends Error {
  readonly code = 'redis-away';
}

/** Redis has answered that it won't: what stands in a key is of another kind, or its user may not. */
export class RedisRefusedError extends Error {
  readonly code = 'redis-refused';
}

/** Whether Redis itself has answered with this error: it is there, and refuses. */
export function isReplyError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'ReplyError';
}

/** Whether Redis has answered that what stands in a key is of another kind. */
export function isWrongType(error: unknown): boolean {
  return isReplyError(error) && error.message.startsWith('WRONGTYPE');
}

/** What Redis said, for people: to a user who may not, where his rights stand. */
export function refusalText(error: unknown): string {
  const said = errorText(error);
  const advice = '; docs/redis-setup.md has the rights that each service needs';
  return said.includes('NOPERM') ? `${said}${advice}` : said;
}

/** What Redis answers while it starts, or is about something else: that is over by itself. */
const NOT_YET = /^(?:LOADING|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN)\b/;
/** Time for an answer of Redis, in ms, where people wait. */
export const COMMAND_TIMEOUT_MS = 1_000;
const TIMED_OUT = 'Command timed out';
/** Parts of the time for an answer: of time that this process was busy in one go, one of them counts. */
const PARTS = 10;
/** What came in while this process was busy has been read by then, in ms. */
const LOOK_MS = 100;

/**
 * Connects anew at once where a command of whoever writes failed, unless Redis itself refused it. It is written again, so
 * that nothing is lost; and where an answer got lost on the way, no later one is taken for it. Of a cluster only the node
 * that is silent is connected to anew, by ioredis itself: others work.
 */
export function connectAnew(redis: RedisClient, error: unknown): void {
  if (isCluster(redis) || redis.status !== 'ready' || isReplyError(error)) return;
  // Of many commands that failed at once the first has it closed.
  if (!redis.stream.writableEnded) redis.disconnect(true);
}

/** What goes wrong with commands on a connection to Redis: connects it anew where it hangs, and logs what Redis refuses once. */
export class CommandFailures {
  readonly #redis: RedisClient;
  readonly #logger: Logger;
  /** What was logged last, by what failed. */
  readonly #logged = new Map<string, string>();
  #isLooking = false;
  /** What Redis answered to who would connect; `null` unless that is what keeps the connection from being there. */
  #refusal: Error | null = null;

  constructor(redis: RedisClient, logger: Logger) {
    this.#redis = redis;
    this.#logger = logger;
    redis.on('error', (error: Error) => {
      this.#refusal = isReplyError(error) ? error : null;
    });
    redis.on('ready', () => {
      this.#refusal = null;
    });
  }

  /**
   * Takes in what failed.
   * @param what as in `keys can't be read`
   * @returns what to tell whoever asked
   */
  handle(what: string, error: unknown): RedisAwayError | RedisRefusedError {
    if (error instanceof Error && error.message === TIMED_OUT) void this.#leaveSilent();
    // That it doesn't let anybody in, the connection tells.
    if (isReplyError(error)) this.log(what, `Redis says ${refusalText(error)}`);
    const said = isReplyError(error) ? error : this.#refusal;
    if (said === null) return new RedisAwayError('Redis does not answer', { cause: error });
    if (NOT_YET.test(said.message)) return new RedisAwayError('Redis can’t answer yet', { cause: said });
    return new RedisRefusedError(`${what}: Redis says ${refusalText(said)}`, { cause: said });
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
    const redis = this.#redis;
    if (isCluster(redis) || this.#isLooking || redis.status !== 'ready') return;
    this.#isLooking = true;
    const { stream } = redis;
    const bytesBefore = stream.bytesRead;
    await delay(LOOK_MS);
    this.#isLooking = false;
    if (stream === redis.stream && stream.bytesRead === bytesBefore) redis.disconnect(true);
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
