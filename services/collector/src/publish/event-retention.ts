import {
  asError,
  type Clock,
  type Logger,
  type Part,
  type RedisClient,
  RedisTime,
} from '@mediamtx-monitor/runtime';
import type { RedisNames } from '@mediamtx-monitor/types';

/** How long entries of a stream are kept, and how many at most; of either a little more may be there. */
export interface KeptEntries {
  readonly days: number;
  readonly max: number;
}

export interface EventRetentionOptions {
  /** The durable one. */
  readonly redis: RedisClient;
  readonly names: RedisNames;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly events: KeptEntries;
  readonly sessions: KeptEntries;
  /** How often it trims, in ms. */
  readonly everyMs?: number;
}

const EVERY_MS = 60_000;
const MS_PER_DAY = 86_400_000;
/** A clock that is set forward by more may be wrong: for a day nothing is thought to be old. */
const STEP_MS = 3_600_000;

/** Removes events and sessions that are too old or too many. */
export class EventRetention implements Part {
  readonly name = 'retention of events';
  readonly #options: EventRetentionOptions;
  readonly #time: RedisTime;
  #timer: NodeJS.Timeout | undefined;
  /** How far Redis's clock was ahead of our monotonic one when it was looked at last. */
  #aheadMs: number | null = null;
  /** Monotonic time until which nothing is thought to be old. */
  #restsUntilMs = -Infinity;

  constructor(options: EventRetentionOptions) {
    this.#options = options;
    this.#time = new RedisTime(options.redis, options.clock);
  }

  start(): void {
    const { everyMs = EVERY_MS } = this.#options;
    this.#timer = setInterval(() => void this.trim(), everyMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Trims now, where Redis is there. Never rejects. */
  async trim(): Promise<void> {
    const { redis, names, logger, events, sessions } = this.#options;
    if (redis.status !== 'ready') return;
    try {
      await this.#time.read();
      const nowMs = this.#time.inMs(0);
      const isRight = this.#isClockRight(nowMs);
      await redis.xtrim(names.events, 'MAXLEN', '~', events.max);
      await redis.xtrim(names.sessions, 'MAXLEN', '~', sessions.max);
      if (!isRight) return;
      await this.#trimOldEvents(nowMs - events.days * MS_PER_DAY);
      await redis.xtrim(names.sessions, 'MINID', '~', nowMs - sessions.days * MS_PER_DAY);
    } catch (error) {
      // Why it doesn't work is told of what is to be stored.
      logger.debug(`old events can't be removed: ${asError(error).message}`);
    }
  }

  /** The last that is too old stays: it tells that nothing which came after it is missing, where little happens. */
  async #trimOldEvents(oldestMs: number): Promise<void> {
    const { redis, names } = this.#options;
    const [last] = await redis.xrevrange(names.events, oldestMs - 1, '-', 'COUNT', 1);
    if (last !== undefined) await redis.xtrim(names.events, 'MINID', '~', last[0]);
  }

  #isClockRight(redisNowMs: number): boolean {
    const { clock, logger } = this.#options;
    const monotonicMs = clock.monotonicMs();
    const before = this.#aheadMs;
    this.#aheadMs = redisNowMs - monotonicMs;
    if (before !== null && this.#aheadMs - before > STEP_MS) {
      this.#restsUntilMs = monotonicMs + MS_PER_DAY;
      logger.warn(
        'the clock of the durable Redis was set forward: for a day no event is removed for its age',
      );
    }
    return monotonicMs >= this.#restsUntilMs;
  }
}
