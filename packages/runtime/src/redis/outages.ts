import { type Clock, type Moment, momentNow } from '../clock.ts';

/** How long it is told that Redis is back, in ms. */
const BACK_SHOWN_MS = 3_600_000;

interface Outage extends Moment {
  readonly why: string;
}

/** Whether this process has lost Redis, and since when: for the status line that its service manager shows. */
export class RedisOutages {
  readonly #clock: Clock;
  /** Those that are lost now, each by what the connection is for. */
  readonly #lost = new Map<string, Outage>();
  #hadAny = false;
  #back: Moment | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A connection is lost, or can't be made; told again and again, it is the same outage. */
  lost(purpose: string, why: string): void {
    const since = this.#lost.get(purpose) ?? momentNow(this.#clock);
    this.#lost.set(purpose, { ...since, why });
  }

  /** A connection is there, for the first time or again. */
  ready(purpose: string): void {
    const wasLost = this.#lost.delete(purpose);
    if (wasLost && this.#lost.size === 0) this.#back = momentNow(this.#clock);
    this.#hadAny = true;
  }

  /** `Redis lost since …: why` while it is, and for an hour `Redis back since …`; else nothing. */
  describe(): string {
    const [first] = this.#lost.values();
    if (first !== undefined) {
      const what = this.#hadAny ? 'lost' : 'not reached';
      return `Redis ${what} since ${timeOf(first)}: ${first.why}`;
    }
    if (this.#back === null || this.#clock.monotonicMs() - this.#back.monotonicMs > BACK_SHOWN_MS) return '';
    return `Redis back since ${timeOf(this.#back)}`;
  }
}

function timeOf({ wallMs }: Moment): string {
  return new Date(wallMs).toISOString().replace(/\.\d+/, '');
}
