import type { Clock } from '../clock.ts';
import { isCluster, type RedisClient } from './client.ts';

/** Follows Redis's own clock, so that deadlines can be told in its time, whatever the clocks of other machines. */
export class RedisTime {
  readonly #redis: RedisClient;
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  /** Redis's clock minus our monotonic one; `undefined` until it has told its time. */
  #offsetMs: number | undefined;

  constructor(redis: RedisClient, clock: Pick<Clock, 'monotonicMs'>) {
    this.#redis = redis;
    this.#clock = clock;
  }

  /** Asks Redis for its time; to be done before the first deadline. */
  async read(): Promise<void> {
    const [seconds, microseconds] = await nodeOf(this.#redis).time();
    this.update(Number(seconds) * 1_000 + Number(microseconds) / 1_000);
  }

  /** Redis has told its time by the way: its Unix time in ms. */
  update(redisNowMs: number): void {
    this.#offsetMs = redisNowMs - this.#clock.monotonicMs();
  }

  /** Redis's Unix time in ms; `undefined` until it has told it. */
  get nowMs(): number | undefined {
    return this.#offsetMs === undefined ? undefined : this.#offsetMs + this.#clock.monotonicMs();
  }

  /** Redis's Unix time in ms when so much time has passed, in whole ms. */
  inMs(durationMs: number): number {
    return Math.ceil((this.nowMs ?? 0) + durationMs);
  }
}

/** Whose clock it is: in a cluster that of the first node that is there, the same each time. */
function nodeOf(redis: RedisClient): RedisClient {
  if (!isCluster(redis)) return redis;
  return redis.nodes('master').find(({ status }) => status === 'ready') ?? redis;
}
