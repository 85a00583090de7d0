import { Fleet } from './fleet.ts';
import type { Tick } from './tick.ts';

/** Whether `tick` takes the place of `held`: greater (epoch, seq) wins, and anything wins over a bare array. */
export function isNewer(tick: Tick, held: Tick | undefined): boolean {
  if (held === undefined) return true;
  if (held.head === null) return tick.head !== null || !tick.array.equals(held.array);
  if (tick.head === null) return false;
  if (tick.head.epoch !== held.head.epoch) return tick.head.epoch > held.head.epoch;
  return tick.head.seq > held.head.seq;
}

/** The newest tick of each server, of one topic. */
export class TickStore {
  readonly #newest = new Map<string, Tick>();
  #fleet = new Fleet([]);

  /** Takes the tick if it is newer than the one held; tells whether it was. */
  offer(tick: Tick): boolean {
    if (!isNewer(tick, this.#newest.get(tick.server))) return false;
    this.#newest.set(tick.server, tick);
    this.#fleet = new Fleet([...this.#newest.values()].sort((a, b) => (a.server < b.server ? -1 : 1)));
    return true;
  }

  get(server: string): Tick | undefined {
    return this.#newest.get(server);
  }

  /** All of them as they are now. */
  get fleet(): Fleet {
    return this.#fleet;
  }
}
