import {
  type Clock,
  isGone,
  isSilent,
  type KnownHead,
  type Logger,
  type ReadMoment,
  type RedisClient,
  type Rejected,
} from '@mediamtx-monitor/runtime';
import { MAX_EPOCH_AHEAD_MS, type RedisNames, Succession, type TopicHead } from '@mediamtx-monitor/types';

/** The live Redis, and with what it is looked at. */
export interface LiveSource {
  readonly redis: RedisClient;
  readonly names: RedisNames;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The newest head of a server or host, and how new it is. */
export interface FollowedHead<Head extends TopicHead> {
  readonly known: KnownHead<Head>;
  readonly head: Head;
  /** Whether new ones still come. */
  readonly isFresh: boolean;
  /** Whether none has come for a day. */
  readonly isGone: boolean;
  /** For how long we have seen none come, in ms: whatever dates say. */
  readonly waitedMs: number;
}

interface FollowedSubject<Head extends TopicHead> {
  readonly succession: Succession;
  /** What stood in Redis at the last look. */
  readonly bytes: Buffer;
  /** `null` while none can be used. */
  readonly newest: { readonly known: KnownHead<Head>; readonly head: Head } | null;
}

export interface FollowedHeadsOptions<Head extends TopicHead> extends Pick<LiveSource, 'clock' | 'logger'> {
  /** What they are about. */
  readonly kind: 'server' | 'host';
  readonly parse: (bytes: Buffer, subject: string) => { readonly head: Head } | Rejected;
}

/**
 * The newest heads of servers or hosts, as they are read again and again. One that is another than at the last look has
 * come in between, by our own clock; only of the first one Redis's clock says how old it is. What is the same as at the last
 * look isn't parsed.
 */
export class FollowedHeads<Head extends TopicHead> {
  readonly #options: FollowedHeadsOptions<Head>;
  readonly #followed = new Map<string, FollowedSubject<Head>>();

  constructor(options: FollowedHeadsOptions<Head>) {
    this.#options = options;
  }

  /**
   * Takes in what stands in Redis of a subject.
   * @returns the head, where it is another than before and believed
   */
  take(subject: string, bytes: Buffer, readAt: ReadMoment): Head | null {
    const before = this.#followed.get(subject);
    if (before?.bytes.equals(bytes) === true) return null;
    const succession = before?.succession ?? new Succession();
    const parsed = this.#options.parse(bytes, subject);
    const newest = before?.newest ?? null;
    if ('rejection' in parsed) {
      this.#reject(subject, parsed.rejection.reason);
      this.#followed.set(subject, { succession, bytes, newest });
      return null;
    }
    const { head } = parsed;
    const maxEpoch = readAt.redisMs + MAX_EPOCH_AHEAD_MS - 1;
    const isTaken = succession.takes(head, readAt.monotonicMs, maxEpoch);
    const known: KnownHead<Head> =
      newest === null
        ? { subject, head, receivedMs: null, readAt }
        : { subject, head, receivedMs: readAt.monotonicMs };
    this.#followed.set(subject, { succession, bytes, newest: isTaken ? { known, head } : newest });
    return isTaken ? head : null;
  }

  /** Forgets all others. */
  keepOnly(subjects: ReadonlySet<string>): void {
    for (const subject of this.#followed.keys()) if (!subjects.has(subject)) this.#followed.delete(subject);
  }

  /** The newest head of each, and how new it is now. */
  now(): readonly FollowedHead<Head>[] {
    const { clock } = this.#options;
    return [...this.#followed.values()].flatMap(({ newest }) => {
      if (newest === null) return [];
      const { known } = newest;
      const sinceMs = known.receivedMs ?? known.readAt?.monotonicMs ?? 0;
      const waitedMs = clock.monotonicMs() - sinceMs;
      return [{ ...newest, isFresh: !isSilent(known, clock), isGone: isGone(known, clock), waitedMs }];
    });
  }

  /** Told each time that what stands in Redis is another. */
  #reject(subject: string, reason: string): void {
    const { kind, logger } = this.#options;
    logger.warn(`what Redis has of a ${kind} can't be used, so that nothing is seen of it: ${reason}`, {
      [kind]: subject,
    });
  }
}
