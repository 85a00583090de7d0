import { staleAfterMs } from './staleness.ts';

/** The number of a tick of one server or host: greater (epoch, seq) is newer. */
export interface TickNumber {
  /** Redis's Unix time in ms at which the publishing collector or agent took the server or host over. */
  readonly epoch: number;
  /** Number of the tick within the epoch, from 1. */
  readonly seq: number;
}

/** An epoch that is further ahead of Redis's clock than this, in ms, is not obeyed. */
export const MAX_EPOCH_AHEAD_MS = 86_400_000;

/** Whether an epoch is so far ahead of Redis's clock as it stands (Unix time in ms) that it isn't obeyed. */
export function isAheadOfTime(epoch: number, redisNowMs: number): boolean {
  return epoch >= redisNowMs + MAX_EPOCH_AHEAD_MS;
}

/** The epoch with which a publisher takes over: Redis's time, but after the stored epoch unless that isn't obeyed. */
export function nextEpoch(storedEpoch: number, redisNowMs: number): number {
  return isAheadOfTime(storedEpoch, redisNowMs) ? redisNowMs : Math.max(redisNowMs, storedEpoch + 1);
}

/** Greatest `seq` there is: a tick a second for 30,000 years. */
export const MAX_SEQ = 1_000_000_000_000;

/** Whether `a` was made after `b`. */
export function isNewer(a: TickNumber, b: TickNumber): boolean {
  return a.epoch === b.epoch ? a.seq > b.seq : a.epoch > b.epoch;
}

/** Whether both are the same tick. */
export function isSameTick(a: TickNumber, b: TickNumber): boolean {
  return a.epoch === b.epoch && a.seq === b.seq;
}

/** What `Succession` looks at: a head has it. */
export interface NumberedTick extends TickNumber {
  /** Time between two ticks in ms. */
  readonly intervalMs: number;
}

interface HeldTick extends NumberedTick {
  /** Monotonic time at which it came, in ms. */
  readonly atMs: number;
}

/**
 * Decides for one server or host which tick is shown: the newest, as long as its publisher lives. Once that has been
 * silent for 3 intervals, an older numbering that goes on takes its place: Redis may have been emptied, restored or its
 * clock been set back, or something wrote a number that no publisher ever reaches. ADR 8 tells more.
 */
export class Succession {
  #held: HeldTick | undefined;
  /** The last tick that was older than the one held. */
  #rival: TickNumber | undefined;

  /**
   * Whether this tick takes the place of the one held; if so, it is held from now on.
   * @param nowMs monotonic time
   * @param maxEpoch a greater one is behind all others: what is held may have become so since it came
   */
  takes(tick: NumberedTick, nowMs: number, maxEpoch = Infinity): boolean {
    const held = this.#held;
    if (held !== undefined) {
      if (isSameTick(tick, held)) return false;
      if (!isAhead(tick, held, maxEpoch) && !this.#outlives(tick, held, nowMs)) return false;
    }
    const { epoch, seq, intervalMs } = tick;
    this.#held = { epoch, seq, intervalMs, atMs: nowMs };
    this.#rival = undefined;
    return true;
  }

  /** One tick may be a straggler; a second one that goes on from it shows that somebody publishes. */
  #outlives(tick: NumberedTick, held: HeldTick, nowMs: number): boolean {
    const rival = this.#rival;
    this.#rival = { epoch: tick.epoch, seq: tick.seq };
    const goesOn = rival?.epoch === tick.epoch && tick.seq > rival.seq;
    const patienceMs = staleAfterMs(Math.min(held.intervalMs, tick.intervalMs));
    return goesOn && nowMs - held.atMs > patienceMs;
  }
}

function isAhead(tick: TickNumber, held: TickNumber, maxEpoch: number): boolean {
  const isSane = tick.epoch <= maxEpoch;
  return isSane === held.epoch <= maxEpoch ? isNewer(tick, held) : isSane;
}
