import { type Clock, type Moment, momentNow } from '../clock.ts';

/** How long it is told that Redis is back, in ms. */
const BACK_SHOWN_MS = 3_600_000;

/** A connection of this process to Redis. */
export interface WatchedConnection {
  /** The setting that names this Redis. */
  readonly setting: string;
  /** What it is for, as people are told; no two of a setting are for the same. */
  readonly purpose: string;
}

interface Outage extends Moment {
  readonly setting: string;
  readonly why: string;
}

/**
 * Whether this process has lost a Redis, and since when: for the status line that its service manager shows, and so that
 * of several connections to the same one only one tells of it.
 */
export class RedisOutages {
  readonly #clock: Clock;
  /** Connections that are lost now. */
  readonly #lost = new Map<string, Outage>();
  /** Settings whose Redis was reached. */
  readonly #reached = new Set<string>();
  #back: Moment | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * A connection is lost, or can't be made; told again and again, it is the same outage.
   * @returns whether it is the first one of its setting
   */
  lost(connection: WatchedConnection, why: string): boolean {
    const { setting } = connection;
    const isFirst = !this.#isLost(setting);
    const since = this.#lost.get(keyOf(connection)) ?? momentNow(this.#clock);
    this.#lost.set(keyOf(connection), { ...since, setting, why });
    return isFirst;
  }

  /**
   * A connection is there, for the first time or again.
   * @returns whether it is the last one of its setting that had been lost
   */
  ready(connection: WatchedConnection): boolean {
    const wasLost = this.#lost.delete(keyOf(connection));
    if (wasLost && this.#lost.size === 0) this.#back = momentNow(this.#clock);
    this.#reached.add(connection.setting);
    return wasLost && !this.#isLost(connection.setting);
  }

  /** Whether the Redis that a setting names was ever reached. */
  hasReached(setting: string): boolean {
    return this.#reached.has(setting);
  }

  /** `Redis lost since …: why` while it is, and for an hour `Redis back since …`; else nothing. */
  describe(): string {
    const [first] = this.#lost.values();
    if (first !== undefined) {
      const what = this.hasReached(first.setting) ? 'lost' : 'not reached';
      return `Redis ${what} since ${timeOf(first)}: ${first.why}`;
    }
    if (this.#back === null || this.#clock.monotonicMs() - this.#back.monotonicMs > BACK_SHOWN_MS) return '';
    return `Redis back since ${timeOf(this.#back)}`;
  }

  #isLost(setting: string): boolean {
    return [...this.#lost.values()].some((outage) => outage.setting === setting);
  }
}

function keyOf({ setting, purpose }: WatchedConnection): string {
  return `${setting} ${purpose}`;
}

function timeOf({ wallMs }: Moment): string {
  return new Date(wallMs).toISOString().replace(/\.\d+/, '');
}
