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

/** Of what no target is told fires after this time, in ms. */
const DEFAULT_FOR_MS = 30_000;

/** Who is told of what, by the targets of the file. It remembers what they select as long as that is there. */
export class Audience {
  readonly targets: readonly Target[];
  readonly #scopes: Scopes;
  readonly #selecting: readonly Concern[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #schedules: readonly (Schedule | null)[];
  readonly #concerns = new WeakMap<StoredAlert, readonly Concern[]>();
  readonly #combinations = new Map<string, readonly Concern[]>();

  constructor(targets: readonly Target[]) {
    this.targets = targets;
    this.#scopes = new Scopes(targets);
    this.#selecting = targets.map((target, place) => ({ target, place, isSelecting: true }));
    this.#places = new Map(targets.map(({ name }, place) => [name, place]));
    // Whoever takes over what is told has hours of his own.
    this.#schedules = targets.map(({ kind, hours }) =>
      hours === null || kind === 'alertmanager' ? null : createSchedule(hours),
    );
  }

  /** The target of that name; `undefined` where the file has none. */
  named(name: string): Target | undefined {
    return this.targets[this.#places.get(name) ?? -1];
  }

  /** Whether a time (Unix, in ms) is within the hours of the target at that place. */
  isOpen(place: number, wallMs: number): boolean {
    return this.#schedules[place]?.(wallMs) ?? true;
  }

  /** Targets that select the alert by what it belongs to, and those that were told of it. */
  concernsOf(alert: StoredAlert): readonly Concern[] {
    const known = this.#concerns.get(alert);
    if (known !== undefined) return known;
    const selecting = this.#scopes.placesOf(alert.subject);
    const told = Object.keys(alert.notified).flatMap((name) => {
      const place = this.#places.get(name);
      return place === undefined || selecting.includes(place) ? [] : [place];
    });
    const concerns = this.#combination(selecting, told);
    this.#concerns.set(alert, concerns);
    return concerns;
  }

  /** When an alert has been wrong for the least `for` of those who are told of it, by the alerter's own clock. */
  firesAtMs(alert: StoredAlert): number {
    let firesAtMs = Infinity;
    for (const place of this.#scopes.placesOf(alert.subject)) {
      const target = this.targets[place];
      const heldAtMs = target === undefined ? null : heldSinceMs(target, alert);
      if (heldAtMs !== null) firesAtMs = Math.min(firesAtMs, heldAtMs);
    }
    return firesAtMs === Infinity ? alert.wrongAtMs + DEFAULT_FOR_MS : firesAtMs;
  }

  /** The same list for all alerts with the same targets: there are many of them. */
  #combination(selecting: readonly number[], told: readonly number[]): readonly Concern[] {
    const key = `${selecting.join()};${told.join()}`;
    const known = this.#combinations.get(key);
    if (known !== undefined) return known;
    const concerns = [
      ...selecting.flatMap((place) => this.#selecting[place] ?? []),
      ...told.flatMap((place) => {
        const one = this.#selecting[place];
        return one === undefined ? [] : [{ ...one, isSelecting: false }];
      }),
    ];
    this.#combinations.set(key, concerns);
    return concerns;
  }
}

/** When what a target is told of had held for its `for`; `null` = nothing of that severity is wrong. */
export function heldSinceMs({ severity, forMs }: Target, alert: StoredAlert): number | null {
  const sinceMs = severity === 'critical' ? alert.criticalAtMs : alert.wrongAtMs;
  return sinceMs === null ? null : sinceMs + forMs;
}
