import { createSchedule, type Schedule } from '@mediamtx-monitor/runtime';
import type { StoredAlert, Target } from '../model.ts';
import { Scopes } from '../scopes.ts';

/** A target that has to do with an alert. */
export interface Concern {
  readonly target: Target;
  /** Of the target among all. */
  readonly place: number;
  /** Whether it is told of such alerts; else it was, before its entry in the file changed. */
  readonly isSelecting: boolean;
}

/** Who is told of something. */
interface Selecting {
  readonly concerns: readonly Concern[];
  readonly names: ReadonlySet<string>;
}

/** Of what no target is told fires after this time, in ms. */
const DEFAULT_FOR_MS = 30_000;

/** Who is told of what, by the targets of the file. It remembers what they select as long as that is there. */
export class TargetAudience {
  readonly targets: readonly Target[];
  readonly #scopes: Scopes;
  readonly #concerns: readonly Concern[];
  readonly #schedules: readonly (Schedule | null)[];
  readonly #byPlaces = new WeakMap<readonly number[], Selecting>();
  readonly #byAlert = new WeakMap<StoredAlert, readonly Concern[]>();

  constructor(targets: readonly Target[]) {
    this.targets = targets;
    // Streams of a server that can't be read aren't seen: who is told of them is told of it.
    this.#scopes = new Scopes(
      targets.map(({ servers, labels, match }) => ({
        servers,
        match,
        ...(labels && { labels }),
        hasServers: true,
      })),
    );
    this.#concerns = targets.map((target, place) => ({ target, place, isSelecting: true }));
    // Whoever takes over what is told has hours of his own.
    this.#schedules = targets.map(({ kind, hours }) =>
      hours === null || kind === 'alertmanager' ? null : createSchedule(hours),
    );
  }

  /** The target of that name; `undefined` where the file has none. */
  named(name: string): Target | undefined {
    return this.targets.find((target) => target.name === name);
  }

  /** Whether a time (Unix, in ms) is within the hours of the target at that place. */
  isOpen(place: number, wallMs: number): boolean {
    return this.#schedules[place]?.(wallMs) ?? true;
  }

  /** Targets that select the alert by what it belongs to, and those that were told of it. */
  concernsOf(alert: StoredAlert): readonly Concern[] {
    const known = this.#byAlert.get(alert);
    if (known !== undefined) return known;
    const { concerns, names } = this.#selecting(alert);
    const others = Object.keys(alert.notified).filter((name) => !names.has(name));
    const all = others.length === 0 ? concerns : [...concerns, ...this.#told(others)];
    this.#byAlert.set(alert, all);
    return all;
  }

  /** When an alert has been wrong for the least `for` of those who are told of it, by the alerter's own clock. */
  firesAtMs(alert: StoredAlert): number {
    let firesAtMs = Infinity;
    for (const { target } of this.#selecting(alert).concerns) {
      firesAtMs = Math.min(firesAtMs, heldSinceMs(target, alert) ?? Infinity);
    }
    return firesAtMs === Infinity ? alert.wrongAtMs + DEFAULT_FOR_MS : firesAtMs;
  }

  #selecting(alert: StoredAlert): Selecting {
    const places = this.#scopes.placesOf(alert);
    const known = this.#byPlaces.get(places);
    if (known !== undefined) return known;
    const concerns = this.#concerns.filter(({ place }) => places.includes(place));
    const selecting = { concerns, names: new Set(concerns.map(({ target }) => target.name)) };
    this.#byPlaces.set(places, selecting);
    return selecting;
  }

  #told(names: readonly string[]): readonly Concern[] {
    return this.#concerns
      .filter(({ target }) => names.includes(target.name))
      .map((concern) => ({ ...concern, isSelecting: false }));
  }
}

/** When what a target is told of had held for its `for`; `null` = nothing of that severity is wrong. */
export function heldSinceMs(target: Target, alert: StoredAlert): number | null {
  return target.severity === 'critical' ? criticalSinceMs(target, alert) : alert.wrongAtMs + target.forMs;
}

/** When an alert had been critical for a target's `for`; `null` = it isn't. */
export function criticalSinceMs({ forMs }: Target, { criticalAtMs }: StoredAlert): number | null {
  return criticalAtMs === null ? null : criticalAtMs + forMs;
}
