import type { StoredSubject } from './stored-subjects.ts';

/** What an earlier look found. */
interface Sighting {
  readonly mark: string;
  /** Monotonic time in ms of the first look that found it so. */
  readonly sinceMs: number;
}

/** When a look is taken, by Redis's clock (Unix time) and by the monotonic one, in ms. */
export interface LookTime {
  readonly redisMs: number;
  readonly monotonicMs: number;
}

/**
 * Tells for how long servers have been silent. One look isn't enough: the clock of a collector may be years behind, and
 * it publishes all the same.
 */
export class SubjectSilence {
  readonly #seen = new Map<string, Sighting>();

  /** Time since its newest tick in ms, as far as is known; 0 when there is a newer one than at the last look. */
  of({ id, mark, publishedAtMs }: StoredSubject, { redisMs, monotonicMs }: LookTime): number {
    const before = this.#seen.get(id);
    if (before?.mark !== mark) {
      this.#seen.set(id, { mark, sinceMs: monotonicMs });
      return 0;
    }
    // A clock that was ahead has dated it: then only what was seen here counts.
    return Math.max(monotonicMs - before.sinceMs, redisMs - (publishedAtMs ?? redisMs));
  }

  /** Forgets all the others. */
  keepOnly(ids: ReadonlySet<string>): void {
    for (const id of this.#seen.keys()) if (!ids.has(id)) this.#seen.delete(id);
  }
}
