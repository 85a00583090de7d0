import { isAheadOfTime, isSameTick, MAX_SEQ, nextEpoch, type TickNumber } from '@mediamtx-monitor/types';
import type { Clock } from '../clock.ts';
import { isCluster, type RedisClient } from './client.ts';
import { HeadLeases } from './head-lease.ts';
import { HeadList, type ListedHead, withListed } from './head-list.ts';
import {
  parsePublishReply,
  PUBLISH_SCRIPT,
  type PublishReply,
  scriptInput,
  SHARD_PUBLISH_SCRIPT,
  type TickOutcome,
  type TickWrites,
} from './publish-script.ts';
import { RedisAwayError } from './command-failures.ts';
import { RedisTime } from './redis-time.ts';
import { assertConnected, createScriptRunner, type RunScript } from './script-runner.ts';

export interface TickPublisherOptions {
  readonly redis: RedisClient;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** Key whose value begins with the head of the newest tick: its numbering says who publishes. */
  readonly guard: string;
  /** Longest time a tick may take to reach Redis. */
  readonly commandTimeoutMs: number;
  /**
   * `take-over` begins a new epoch; `join` goes on in the epoch that is there, for a single tick beside a running
   * publisher; `hold` publishes what `hold()` says is ours, and never overtakes anyone.
   */
  readonly role: 'take-over' | 'join' | 'hold';
}

/** Somebody else has taken what was ours. */
export class SupersededError extends Error {
  readonly code = 'superseded';
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
  readonly #leases: HeadLeases;
  readonly #runScript: RunScript;
  /** Only in a cluster; else a tick and the list are one script. */
  readonly #list: HeadList | null;
  /** The newest number that was given; `null` = not begun. */
  #number: TickNumber | null = null;
  /** Epoch with which it was taken; `null` = it isn't ours yet, or nobody asks. */
  #heldEpoch: number | null = null;
  #isFree = false;
  /** The newest tick of whoever took over from us, and for how many of our ticks it has been that. */
  #rival = { epoch: 0, seq: 0, silentTicks: 0 };

  constructor(options: TickPublisherOptions) {
    this.#options = options;
    this.#time = new RedisTime(options.redis, options.clock);
    this.#leases = new HeadLeases(options.redis);
    const isApart = isCluster(options.redis);
    this.#runScript = createScriptRunner(options.redis, isApart ? SHARD_PUBLISH_SCRIPT : PUBLISH_SCRIPT);
    this.#list = isApart ? new HeadList(options.redis, options.clock) : null;
  }

  /** Whether it has begun; if not, `begin` has to come before the next tick: at first, and when it has to begin anew. */
  get hasBegun(): boolean {
    return this.#number !== null;
  }

  /** The epoch of its ticks; `null` before `begin`. */
  get epoch(): number | null {
    return this.#number?.epoch ?? null;
  }

  /** Whether nobody published when it joined: its tick is then to be marked as given up. */
  get isFree(): boolean {
    return this.#isFree;
  }

  /**
   * It is ours: whoever has taken it says with which number. In the role `hold` this comes before `begin`.
   * @param isOld the number is that of another publisher of this process, so that a new epoch has to be taken
   */
  hold(number: TickNumber, { isOld = false } = {}): void {
    this.#heldEpoch = number.epoch;
    this.#number = isOld ? null : number;
  }

  /**
   * Chooses epoch and seq by what is stored under the guard. Resolves with Redis's Unix time in ms; rejects while Redis
   * is away, and with a `SupersededError` where what was held isn't ours any more.
   * @param atLeast what a new epoch is at least, unless that is so far ahead of Redis's time that it isn't obeyed
   */
  async begin(atLeast = 0): Promise<number> {
    const { redis, guard, role } = this.#options;
    assertConnected(redis);
    await this.#time.read();
    if (role === 'hold') return this.#beginHeld(atLeast);
    const { number: stored, isHeld, isReleased } = await this.#leases.look(guard);
    const redisNowMs = this.#time.inMs(0);
    const isJoined = role === 'join' && isHeld && stored.seq < MAX_SEQ;
    this.#isFree = role === 'join' && (isReleased || !isHeld);
    const epoch = Math.max(nextEpoch(stored.epoch, redisNowMs), nextEpoch(atLeast - 1, redisNowMs));
    this.#number = isJoined ? stored : { epoch, seq: 0 };
    return redisNowMs;
  }

  async #beginHeld(atLeast: number): Promise<number> {
    const epoch = this.#heldEpoch;
    if (epoch === null) throw new RedisAwayError("it isn't known yet whether another collector publishes it");
    if (this.#number === null || atLeast > this.#number.epoch) {
      const taken = await this.#leases.take(this.#options.guard, String(epoch), atLeast);
      if (taken === null) throw new SupersededError('another collector has taken over this server');
      this.hold(taken);
    }
    return this.#time.inMs(0);
  }

  /**
   * The number of the next tick. One that is then not published leaves a gap.
   * @throws {Error} before `begin`
   */
  next(): TickNumber {
    if (this.#number === null) throw new Error('a tick was numbered before begin()');
    const { epoch, seq } = this.#number;
    this.#number = { epoch, seq: seq + 1 };
    return this.#number;
  }

  /** Publishes a tick, and its head in the list of all. Rejects when Redis didn't take it, or not all of it. */
  async publish(number: TickNumber, writes: TickWrites, listed?: ListedHead): Promise<TickOutcome> {
    const { redis, guard, commandTimeoutMs } = this.#options;
    assertConnected(redis);
    const inOne = listed === undefined || this.#list !== null ? writes : withListed(writes, listed);
    const { keys, args } = scriptInput(guard, number, this.#time.inMs(commandTimeoutMs), inOne);
    const reply = parsePublishReply(await this.#runScript(keys, args));
    this.#time.update(reply.redisNowMs);
    const isRivalGone = reply.outcome === 'superseded' && this.#isRivalGone(reply);
    // Redis's clock may have been set back by more than a day.
    if (isRivalGone || isAheadOfTime(number.epoch, reply.redisNowMs)) this.#number = null;
    if (reply.outcome !== 'published' || listed === undefined || this.#list === null) return reply.outcome;
    return this.#list.put(number, listed, commandTimeoutMs);
  }

  #isRivalGone({ stored }: PublishReply): boolean {
    const silentTicks = isSameTick(stored, this.#rival) ? this.#rival.silentTicks + 1 : 0;
    this.#rival = { ...stored, silentTicks };
    return silentTicks >= SILENT_TICKS;
  }
}
