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

interface Entry<Head extends TopicHead> {
  readonly succession: Succession;
  tick: Tick<Head>;
  isGone: boolean;
}

/** The newest tick of each server or host, of one topic. */
export class TickStore<Head extends TopicHead = MessageHead> {
  readonly #entries = new Map<string, Entry<Head>>();
  #all = new Fleet<Head>([]);
  #fleet = this.#all;

  /** Whether there is room for what is known of it. */
  hasRoomFor(subject: string): boolean {
    return this.#entries.has(subject) || this.#entries.size < MAX_SUBJECTS;
  }

  /** Takes the tick if its turn has come; tells whether it has. A bare array gives way to anything. */
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
    return this.#fleet;
  }

  /** Those that are gone, too. */
  get all(): Fleet<Head> {
    return this.#all;
  }

  /**
   * The channel tells the tick that was read from its key: then it is as new as can be, whatever clocks said. That is
   * news only of what seemed to be gone.
   */
  #confirm(entry: Entry<Head>, tick: Tick<Head>, head: Head): boolean {
    const held = entry.tick;
    const wasRead = held.receivedMs === null && tick.receivedMs !== null;
    if (!wasRead || held.head === null || !isSameTick(held.head, head)) return false;
    entry.tick = tick;
    this.#changed();
    return entry.isGone;
  }

  #changed(): void {
    const entries = [...this.#entries.values()].sort((a, b) => (a.tick.subject < b.tick.subject ? -1 : 1));
    const present = entries.filter(({ isGone }) => !isGone);
    this.#all = new Fleet(entries.map(({ tick }) => tick));
    this.#fleet = present.length === entries.length ? this.#all : new Fleet(present.map(({ tick }) => tick));
  }
}
