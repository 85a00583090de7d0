import type { Clock } from '@mediamtx-monitor/runtime';
import type { TopicHead } from '@mediamtx-monitor/types';
import type { Tick } from '../tick/index.ts';

/** Assumed where nothing says how often messages should come. */
const DEFAULT_INTERVAL_MS = 2_000;

/** Whatever a head says, Redis isn't asked more often. */
const MIN_INTERVAL_MS = 100;

export function intervalOf(tick: Tick<TopicHead> | undefined): number {
  return Math.max(MIN_INTERVAL_MS, tick?.head?.intervalMs ?? DEFAULT_INTERVAL_MS);
}

/** For how long the channel has been silent, in all and about each subject. */
export class Silence {
  readonly #clock: Clock;
  readonly #heardMs = new Map<string, number>();
  #lastMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lastMs = clock.monotonicMs();
  }

  /** A message about the subject came. */
  heard(subject: string): void {
    this.#lastMs = this.#clock.monotonicMs();
    this.#heardMs.set(subject, this.#lastMs);
  }

  /** Forgets it. */
  clear(subject: string): void {
    this.#heardMs.delete(subject);
  }

  /** A connection is new: the channel has had no time to speak yet, and what it said meanwhile was missed. */
  restart(): void {
    this.#lastMs = this.#clock.monotonicMs();
    this.#heardMs.clear();
  }

  /** Time since a message about anyone, in ms. */
  get channelMs(): number {
    return this.#clock.monotonicMs() - this.#lastMs;
  }

  /** Time since a message about the subject, in ms; endless when there never was one. */
  aboutMs(subject: string): number {
    return this.#clock.monotonicMs() - (this.#heardMs.get(subject) ?? -Infinity);
  }
}
