import type { Clock, Logger } from '@mediamtx-monitor/runtime';
import { staleAfterMs, type TopicHead } from '@mediamtx-monitor/types';
import type { KnownHead, StoredTicks } from '../tick/index.ts';
import type { Channel } from './channel.ts';

/**
 * Reads what is stored: of those that are listed in Redis and of those `known` already, but only of those `wanted`.
 * Rejects when Redis doesn't answer.
 */
export type ReadStored<Head extends TopicHead> = (
  known: readonly string[],
  wanted: (subject: string) => boolean,
) => Promise<readonly StoredTicks<Head>[]>;

/** After this many intervals without a message, the keys are read. */
export const SILENT_INTERVALS = 1.5;
/** Assumed where nothing says how often messages should come. */
const DEFAULT_INTERVAL_MS = 2_000;
/** Whatever a head says, Redis isn't asked more often. */
const MIN_INTERVAL_MS = 100;

/** How often messages should come, in ms. */
export function intervalOf(known: KnownHead<TopicHead> | undefined): number {
  return Math.max(MIN_INTERVAL_MS, known?.head?.intervalMs ?? DEFAULT_INTERVAL_MS);
}

export interface CatchUpOptions<Head extends TopicHead> {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly channel: Channel;
  readonly read: ReadStored<Head>;
  /** Those of which something is known. */
  readonly known: () => readonly string[];
  /** The newest head of one of them. */
  readonly newest: (subject: string) => KnownHead<Head> | undefined;
  /** Whether something about it is wanted that is older than its head. */
  readonly isLacking: (subject: string) => boolean;
  /** Takes in what was stored; the head, where it is newer. */
  readonly take: (stored: StoredTicks<Head>) => KnownHead<Head> | undefined;
  /** Nothing has been stored of it for a while. */
  readonly forget: (subject: string) => void;
}

/** Reads from the keys of servers or hosts what the channel should have brought, and mends a channel that is broken. */
export class CatchUp<Head extends TopicHead> {
  readonly #options: CatchUpOptions<Head>;
  /** Monotonic time at which the channel brought the last message, about anyone and about each. */
  #receivedMs: number;
  readonly #receivedMsOf = new Map<string, number>();
  /** Monotonic time since which each read has found nothing of it. */
  readonly #missingSinceMs = new Map<string, number>();
  #startedMs = -Infinity;
  #hasFailed = false;
  #running: Promise<void> | undefined;

  constructor(options: CatchUpOptions<Head>) {
    this.#options = options;
    this.#receivedMs = options.clock.monotonicMs();
  }

  /** Whether keys are being read. */
  get isReading(): boolean {
    return this.#running !== undefined;
  }

  /** Whether Redis didn't answer when it was read last. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** The channel brought a message about it. */
  received(subject: string): void {
    this.#receivedMs = this.#nowMs;
    this.#receivedMsOf.set(subject, this.#receivedMs);
  }

  /** Whether the channel has brought nothing about it for so many intervals. */
  isSilent(subject: string, intervals: number): boolean {
    const silentMs = this.#nowMs - (this.#receivedMsOf.get(subject) ?? -Infinity);
    return silentMs > intervals * intervalOf(this.#options.newest(subject));
  }

  /** Time in ms until nothing has come about it for so long that its keys are to be looked at, as often as that may be. */
  untilLookMs(subject: string): number {
    const lostMs = staleAfterMs(intervalOf(this.#options.newest(subject)));
    const lastMs = Math.max(this.#startedMs, this.#receivedMsOf.get(subject) ?? -Infinity);
    return lastMs + lostMs - this.#nowMs + 1;
  }

  /** A connection to Redis is new: what was published meanwhile was missed. */
  restart(): void {
    this.#restartSilence();
    void this.read(0);
  }

  /** It is there, or nobody looks for it any more. */
  found(subject: string): void {
    this.#missingSinceMs.delete(subject);
  }

  /** Forgets it. */
  delete(subject: string): void {
    this.#receivedMsOf.delete(subject);
    this.#missingSinceMs.delete(subject);
  }

  /** A read that begins now or later: one that runs may have looked already. Never rejects. */
  async readAnew(): Promise<void> {
    await this.#running;
    await this.read(0);
  }

  /** Reads once for all who ask at the same time, and not again before a while has passed. Never rejects. */
  async read(minGapMs: number): Promise<void> {
    const nowMs = this.#nowMs;
    if (this.#running === undefined && nowMs - this.#startedMs >= minGapMs) {
      this.#startedMs = nowMs;
      this.#running = this.#readAll().finally(() => {
        this.#running = undefined;
      });
    }
    await this.#running;
  }

  async #readAll(): Promise<void> {
    const { read, known, isLacking, take } = this.#options;
    try {
      const isWanted = (subject: string): boolean =>
        isLacking(subject) || this.isSilent(subject, SILENT_INTERVALS);
      const stored = await read(known(), isWanted);
      this.#hasFailed = false;
      for (const each of stored) {
        if (each.isThere) this.found(each.subject);
        else this.#missed(each.subject);
        const head = take(each);
        if (head !== undefined) this.#mendChannel(head);
      }
    } catch {
      this.#hasFailed = true;
      // The failure is logged; what is held stays, and its age says the rest.
    }
  }

  /** A Redis that was just started is empty for a moment; what stays away from it for 3 intervals was removed. */
  #missed(subject: string): void {
    const { newest, forget } = this.#options;
    const head = newest(subject);
    if (head === undefined) return;
    const sinceMs = this.#missingSinceMs.get(subject) ?? this.#nowMs;
    this.#missingSinceMs.set(subject, sinceMs);
    if (this.#nowMs - sinceMs > staleAfterMs(intervalOf(head))) forget(subject);
  }

  /** The keys have something newer than the channel has brought: if it should have long ago, it's broken. */
  #mendChannel(known: KnownHead<Head>): void {
    const { channel, logger } = this.#options;
    const silentMs = this.#nowMs - this.#receivedMs;
    if (known.head === null || !channel.isOpen || silentMs <= staleAfterMs(intervalOf(known))) return;
    logger.info('the keys in Redis move on but the channel is silent: subscribing anew');
    this.#restartSilence();
    channel.resubscribe();
  }

  /** The channel has had no time to bring anything yet. */
  #restartSilence(): void {
    this.#receivedMs = this.#nowMs;
    this.#receivedMsOf.clear();
  }

  get #nowMs(): number {
    return this.#options.clock.monotonicMs();
  }
}
