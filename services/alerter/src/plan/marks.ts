import { ChangedMap } from '../changed-map.ts';
import type { Notified, StoredAlert } from '../model.ts';

/** What a target was told of an alert; `undefined` = nothing. A target may be called like anything objects have. */
export function markOf({ notified }: StoredAlert, target: string): Notified | undefined {
  return Object.hasOwn(notified, target) ? notified[target] : undefined;
}

/** What targets were told of alerts, changed together: each alert is made anew once, however many targets it has. */
export class Marks {
  readonly #alerts: ReadonlyMap<string, StoredAlert>;
  readonly #changes = new Map<string, (readonly [target: string, mark: Notified | null])[]>();

  /** @param alerts by key of their subject */
  constructor(alerts: ReadonlyMap<string, StoredAlert>) {
    this.#alerts = alerts;
  }

  /** @param mark `null` = it was told nothing */
  set(key: string, target: string, mark: Notified | null): void {
    const known = this.#changes.get(key);
    if (known === undefined) this.#changes.set(key, [[target, mark]]);
    else known.push([target, mark]);
  }

  /** The alerts with what was changed; the very map where nothing was. */
  get alerts(): ReadonlyMap<string, StoredAlert> {
    const changed = new ChangedMap(this.#alerts);
    for (const [key, changes] of this.#changes) {
      const alert = this.#alerts.get(key);
      if (alert !== undefined) changed.set(key, { ...alert, notified: applied(alert.notified, changes) });
    }
    return changed.now;
  }
}

function applied(
  before: StoredAlert['notified'],
  changes: readonly (readonly [string, Notified | null])[],
): StoredAlert['notified'] {
  const marks = new Map<string, Notified | null>([...Object.entries(before), ...changes]);
  const kept = [...marks].flatMap(([target, mark]) => (mark === null ? [] : [[target, mark] as const]));
  return Object.fromEntries(kept);
}
