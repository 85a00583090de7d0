import type { Clock } from '@mediamtx-monitor/runtime';
import { staleAfterMs, type TopicHead } from '@mediamtx-monitor/types';
import { isSilent, type KnownHead } from '../tick/index.ts';

/** Knows of which servers no heads come by themselves: their collectors are of 0.2 or before, and know one channel for all. */
export class OlderCollectors {
  readonly #clock: Clock;
  /** Monotonic time at which a head came by itself, by subject. */
  readonly #headMs = new Map<string, number>();
  readonly #subjects = new Set<string>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Those whose collector is one. */
  get subjects(): ReadonlySet<string> {
    return this.#subjects;
  }

  /** A head came by itself. Whether that is another collector than before. */
  headCame(subject: string): boolean {
    this.#headMs.set(subject, this.#clock.monotonicMs());
    return this.#subjects.delete(subject);
  }

  /** Nobody publishes about it any more. Whether an older one did. */
  forget(subject: string): boolean {
    this.#headMs.delete(subject);
    return this.#subjects.delete(subject);
  }

  /** Looks at something that is published. Whether that is another collector than before. */
  look(known: KnownHead<TopicHead>): boolean {
    const { subject, head } = known;
    if (head === null) return false;
    const sinceMs = this.#clock.monotonicMs() - (this.#headMs.get(subject) ?? -Infinity);
    const isOlder = sinceMs > staleAfterMs(head.intervalMs) && !isSilent(known, this.#clock);
    if (this.#subjects.has(subject) === isOlder) return false;
    if (isOlder) this.#subjects.add(subject);
    else this.#subjects.delete(subject);
    return true;
  }
}
