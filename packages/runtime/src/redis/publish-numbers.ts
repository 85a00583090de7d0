import { isAheadOfTime, MAX_SEQ, nextEpoch, type TickNumber } from '@mediamtx-monitor/types';
import type { Redis } from 'ioredis';
import type { Clock } from '../clock.ts';
import { NUMBERING_SCRIPT } from './publish-prelude.ts';
import type { PublishReply } from './publish-reply.ts';
import { RedisTime } from './redis-time.ts';
import { RivalWatch } from './rival-watch.ts';
import { createScriptRunner } from './script-runner.ts';

/** Gives a publisher's ticks their numbers, and their deadlines in Redis's time. */
export class PublishNumbers {
  readonly #time: RedisTime;
  readonly #readNumbering: () => Promise<unknown>;
  readonly #rival = new RivalWatch();
  /** 0 = not begun. */
  #epoch = 0;
  #seq = 0;

  /** @param headKey the key whose value begins with the newest head */
  constructor(redis: Redis, clock: Pick<Clock, 'monotonicMs'>, headKey: string) {
    this.#time = new RedisTime(redis, clock);
    const runScript = createScriptRunner(redis, NUMBERING_SCRIPT, [headKey]);
    this.#readNumbering = () => runScript([]);
  }

  /** Whether it has begun; if not, `begin` has to come before the next tick. */
  get hasBegun(): boolean {
    return this.#epoch > 0;
  }

  /**
   * Chooses epoch and seq by what is stored: `take-over` begins a new epoch, `join` goes on with the stored one, where
   * there is one that is obeyed and can go on. Resolves with Redis's Unix time in ms; rejects while Redis is away.
   */
  async begin(role: 'take-over' | 'join'): Promise<number> {
    await this.#time.read();
    const { epoch, seq } = parseNumbering(await this.#readNumbering());
    const redisNowMs = this.#time.inMs(0);
    const isJoined = role === 'join' && epoch > 0 && !isAheadOfTime(epoch, redisNowMs) && seq < MAX_SEQ;
    this.#epoch = isJoined ? epoch : nextEpoch(epoch, redisNowMs);
    this.#seq = isJoined ? seq : 0;
    return redisNowMs;
  }

  /** The number of the next tick. */
  next(): TickNumber {
    this.#seq += 1;
    return { epoch: this.#epoch, seq: this.#seq };
  }

  /** Redis's Unix time in ms when so much time has passed, in whole ms. */
  deadlineMs(durationMs: number): number {
    return this.#time.inMs(durationMs);
  }

  /**
   * Takes in what Redis answered to a tick. It has to begin anew when whoever took over is gone, and when Redis's clock was
   * set back by more than a day.
   */
  hear(reply: PublishReply): void {
    this.#time.hear(reply.redisNowMs);
    const isRivalGone = reply.verdict === 'superseded' && this.#rival.isGone(reply);
    if (isRivalGone || isAheadOfTime(this.#epoch, reply.redisNowMs)) this.#epoch = 0;
  }
}

/** @throws {TypeError} when the reply isn't that of the script */
function parseNumbering(reply: unknown): TickNumber {
  const [epoch, seq] = Array.isArray(reply) ? reply.map(Number) : [];
  if (epoch === undefined || seq === undefined) {
    throw new TypeError('Redis answered the numbering script with something else');
  }
  return { epoch, seq };
}
