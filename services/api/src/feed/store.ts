import type { MessageHead, TopicHead } from '@mediamtx-monitor/types';
import { Fleet } from './fleet.ts';
import type { Tick } from './tick.ts';

/** Whether `tick` takes the place of `held`: greater (epoch, seq) wins, and anything wins over a bare array. */
export function isNewer(tick: Tick<TopicHead>, held: Tick<TopicHead> | undefined): boolean {
  if (held === undefined) return true;
  if (held.head === null) return tick.head !== null || !tick.array.equals(held.array);
  if (tick.head === null) return false;
  if (tick.head.epoch !== held.head.epoch) return tick.head.epoch > held.head.epoch;
  return tick.head.seq > held.head.seq;
}

/** The newest tick of each server or host, of one topic. */
export class TickStore<Head extends TopicHead = MessageHead> {
  readonly #newest = new Map<string, Tick<Head>>();
  #fleet = new Fleet<Head>([]);

  /** Takes the tick if it is newer than the one held; tells whether it was. */
  offer(tick: Tick<Head>): boolean {
    if (!isNewer(tick, this.#newest.get(tick.subject))) return false;
    this.#newest.set(tick.subject, tick);
    this.#changed();
    return true;
  }

  /** Forgets what is known of it. */
  delete(subject: string): void {
    if (this.#newest.delete(subject)) this.#changed();
  }

  get(subject: string): Tick<Head> | undefined {
    return this.#newest.get(subject);
  }

  /** All of them as they are now. */
  get fleet(): Fleet<Head> {
    return this.#fleet;
  }

  #changed(): void {
    this.#fleet = new Fleet([...this.#newest.values()].sort((a, b) => (a.subject < b.subject ? -1 : 1)));
  }
}
