import { isSameTick, MAX_EPOCH_AHEAD_MS, MAX_SEQ, type TickNumber } from '@mediamtx-monitor/types';
import type { Redis } from 'ioredis';
import type { Clock } from '../clock.ts';
import {
  numberingOf,
  parsePublishReply,
  PUBLISH_SCRIPT,
  type PublishReply,
  scriptInput,
  type TickOutcome,
  type TickWrites,
} from './publish-script.ts';
import { readBounded } from './read-bounded.ts';
import { RedisTime } from './redis-time.ts';
import { assertConnected, createScriptRunner, type RunScript } from './script-runner.ts';

export interface TickPublisherOptions {
  readonly redis: Redis;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** Key whose value begins with the head of the newest tick: its numbering says who publishes. */
  readonly guard: string;
  /** Other keys that are read as the publisher begins. */
  readonly restores?: readonly string[];
  /** Longest value that is read then, in bytes. */
  readonly maxBytes: number;
  /** Longest time a tick may take to reach Redis. */
  readonly commandTimeoutMs: number;
  /**
   * `take-over` begins a new epoch; `join` goes on in the epoch that is there, for a single tick beside a running
   * publisher.
   */
  readonly role: 'take-over' | 'join';
}

/** What stood in Redis as the publisher began. */
export interface StoredBefore {
  /** `null` where there was nothing, nothing that is a string, or too much. */
  readonly guard: Buffer | null;
  /** Values of `restores`, in their order, of the same moment. */
  readonly restores: readonly (Buffer | null)[];
  /** Redis's Unix time in ms then. */
  readonly redisNowMs: number;
}

/** A publisher that took over from us and then stayed silent for so many of our ticks is gone. */
const SILENT_TICKS = 5;

/**
 * Publishes the ticks of one server or host: numbers them, gives each a deadline in Redis's own time, and finds out
 * whether someone else publishes the same (ADRs 1, 2 and 8).
 */
export class TickPublisher {
  readonly #options: TickPublisherOptions;
  readonly #time: RedisTime;
  readonly #runScript: RunScript;
  /** The newest number that was given; `null` = not begun. */
  #number: TickNumber | null = null;
  /** The newest tick of whoever took over from us, and for how many of our ticks it has been that. */
  #rival = { epoch: 0, seq: 0, silentTicks: 0 };

  constructor(options: TickPublisherOptions) {
    this.#options = options;
    this.#time = new RedisTime(options.redis, options.clock);
    this.#runScript = createScriptRunner(options.redis, PUBLISH_SCRIPT);
  }

  /**
   * Chooses epoch and seq by what is stored, where that isn't done yet: before the first tick, and when it has to begin
   * anew. Resolves with what stood there, or `null` when nothing had to be done. Rejects while Redis is away.
   */
  async prepare(): Promise<StoredBefore | null> {
    if (this.#number !== null) return null;
    const { redis, guard, restores = [], maxBytes } = this.#options;
    assertConnected(redis);
    const { values } = await readBounded(redis, [guard, ...restores], maxBytes);
    await this.#time.read();
    const redisNowMs = this.#time.inMs(0);
    const [head = null, ...others] = values;
    this.#number = this.#begin(numberingOf(head), redisNowMs);
    return { guard: head, restores: others, redisNowMs };
  }

  /**
   * The number of the next tick. One that is then not published leaves a gap.
   * @throws {Error} before `prepare`
   */
  next(): TickNumber {
    if (this.#number === null) throw new Error('a tick was numbered before prepare()');
    const { epoch, seq } = this.#number;
    this.#number = { epoch, seq: seq + 1 };
    return this.#number;
  }

  /** Publishes a tick. Rejects when Redis didn't take it. */
  async publish(number: TickNumber, writes: TickWrites): Promise<TickOutcome> {
    const { redis, guard, commandTimeoutMs } = this.#options;
    assertConnected(redis);
    const { keys, args } = scriptInput(guard, number, this.#time.inMs(commandTimeoutMs), writes);
    const reply = parsePublishReply(await this.#runScript(keys, args));
    this.#time.hear(reply.redisNowMs);
    const isRivalGone = reply.outcome === 'superseded' && this.#isRivalGone(reply);
    // Redis's clock may have been set back by more than a day.
    if (isRivalGone || isAbsurdEpoch(number.epoch, reply.redisNowMs)) this.#number = null;
    return reply.outcome;
  }

  #begin(stored: TickNumber, redisNowMs: number): TickNumber {
    const isObeyed = !isAbsurdEpoch(stored.epoch, redisNowMs);
    const joins = this.#options.role === 'join' && isObeyed && stored.epoch > 0 && stored.seq < MAX_SEQ;
    if (joins) return stored;
    return { epoch: isObeyed ? Math.max(redisNowMs, stored.epoch + 1) : redisNowMs, seq: 0 };
  }

  #isRivalGone({ stored }: PublishReply): boolean {
    const silentTicks = isSameTick(stored, this.#rival) ? this.#rival.silentTicks + 1 : 0;
    this.#rival = { ...stored, silentTicks };
    return silentTicks >= SILENT_TICKS;
  }
}

/** Whether an epoch is so far ahead of Redis's clock as it stands that it isn't obeyed. */
function isAbsurdEpoch(epoch: number, redisNowMs: number): boolean {
  return epoch >= redisNowMs + MAX_EPOCH_AHEAD_MS;
}
