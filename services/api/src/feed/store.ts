import {
  isSameTick,
  MAX_SUBJECTS,
  type MessageHead,
  Succession,
  type TopicHead,
} from '@mediamtx-monitor/types';
import { Fleet, type Tick } from '../tick/index.ts';

/** When a tick is offered. */
export interface OfferTime {
  /** Monotonic time in ms. */
  readonly nowMs: number;
  /** Epochs beyond it aren't obeyed. */
  readonly maxEpoch: number;
}

interface TickEntry<Head extends TopicHead> {
  readonly succession: Succession;
  tick: Tick<Head>;
  isGone: boolean;
}

/** The newest tick of each server or host, of one topic. */
export class TickStore<Head extends TopicHead = MessageHead> {
  readonly #entries = new Map<string, TickEntry<Head>>();
  #all: Fleet<Head> | undefined;
  #fleet: Fleet<Head> | undefined;

  /** Whether there is room for what is known of it. */
  hasRoomFor(subject: string): boolean {
    return this.#entries.has(subject) || this.#entries.size < MAX_SUBJECTS;
  }

  /** Takes the tick if its turn has come; whether it has. A bare array gives way to anything. */
  offer(tick: Tick<Head>, { nowMs, maxEpoch }: OfferTime): boolean {
    const entry = this.#entries.get(tick.subject);
    const succession = entry?.succession ?? new Succession();
    if (tick.head === null) {
      if (entry !== undefined && (entry.tick.head !== null || entry.tick.array.equals(tick.array)))
        return false;
    } else if (!succession.takes(tick.head, nowMs, maxEpoch)) {
      return entry !== undefined && this.#confirm(entry, tick, tick.head);
    }
    if (entry === undefined) this.#entries.set(tick.subject, { succession, tick, isGone: false });
    else entry.tick = tick;
    this.#changed();
    return true;
  }

  /** Takes it out of the fleet, or back in. */
  setGone(subject: string, isGone: boolean): void {
    const entry = this.#entries.get(subject);
    if (entry === undefined || entry.isGone === isGone) return;
    entry.isGone = isGone;
    this.#changed();
  }

  /** Forgets what is known of it. */
  delete(subject: string): void {
    if (this.#entries.delete(subject)) this.#changed();
  }

  get(subject: string): Tick<Head> | undefined {
    return this.#entries.get(subject)?.tick;
  }

  /** Those that aren't gone, as they are now. */
  get fleet(): Fleet<Head> {
    const { all } = this;
    this.#fleet ??= all.ticks.some(({ subject }) => this.#isGone(subject))
      ? new Fleet(all.ticks.filter(({ subject }) => !this.#isGone(subject)))
      : all;
    return this.#fleet;
  }

  /** Those that are gone, too. */
  get all(): Fleet<Head> {
    this.#all ??= new Fleet(
      [...this.#entries.values()].map(({ tick }) => tick).sort((a, b) => (a.subject < b.subject ? -1 : 1)),
    );
    return this.#all;
  }

  /**
   * The channel brings the tick that was read from its key: then it is as new as can be, whatever clocks said. That is
   * an update only of what seemed to be gone.
   */
  #confirm(entry: TickEntry<Head>, tick: Tick<Head>, head: Head): boolean {
    const held = entry.tick;
    const wasRead = held.receivedMs === null && tick.receivedMs !== null;
    if (!wasRead || held.head === null || !isSameTick(held.head, head)) return false;
    entry.tick = tick;
    this.#changed();
    return entry.isGone;
  }

  #isGone(subject: string): boolean {
    return this.#entries.get(subject)?.isGone === true;
  }

  #changed(): void {
    this.#all = undefined;
    this.#fleet = undefined;
  }
}
