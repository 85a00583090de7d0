import { ChangedMap } from '../changed-map.ts';
import type { Notified, StoredAlert } from '../model.ts';

/** What a target was told of an alert; `undefined` = nothing. A target may be called like anything that objects have. */
export function markOf({ notified }: StoredAlert, target: string): Notified | undefined {
  return Object.hasOwn(notified, target) ? notified[target] : undefined;
}

/** What targets were told of alerts, changed together: each alert is made anew once, however many targets it has. */
export class Marks {
  readonly #alerts: ReadonlyMap<string, StoredAlert>;
  readonly #changed = new Map<string, Record<string, Notified>>();
  /** Those of an alert are mostly set one after the other. */
  #last: { readonly key: string; readonly marks: Record<string, Notified> } | null = null;

  /** @param alerts by key of their subject */
  constructor(alerts: ReadonlyMap<string, StoredAlert>) {
    this.#alerts = alerts;
  }

  set(key: string, target: string, mark: Notified): void {
    this.#of(key)[target] = mark;
  }

  /** The target was told nothing, so to speak. */
  delete(key: string, target: string): void {
    const others = Object.entries(this.#of(key)).filter(([name]) => name !== target);
    this.#changed.set(key, Object.fromEntries(others));
    this.#last = null;
  }

  /** The alerts with what was changed; the very map where nothing was. */
  get alerts(): ReadonlyMap<string, StoredAlert> {
    const changed = new ChangedMap(this.#alerts);
    for (const [key, notified] of this.#changed) {
      const alert = this.#alerts.get(key);
      if (alert !== undefined) changed.set(key, { ...alert, notified });
    }
    return changed.now;
  }

  #of(key: string): Record<string, Notified> {
    if (this.#last?.key === key) return this.#last.marks;
    const marks = this.#changed.get(key) ?? { ...this.#alerts.get(key)?.notified };
    this.#changed.set(key, marks);
    this.#last = { key, marks };
    return marks;
  }
}
