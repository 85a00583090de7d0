import { effect, type ReadonlySignal, signal } from '@preact/signals-core';
import { type Alert, type FleetState, newAlerts, NOTHING_SEEN } from './alerts.ts';

export interface AlertWatchOptions {
  readonly fleetState: ReadonlySignal<FleetState>;
  /** Whether what is known is current and complete; else nobody looks. */
  readonly isCurrent: ReadonlySignal<boolean>;
  readonly monotonicMs: () => number;
}

/** Looks at the fleet whenever it changes, for what someone should be told of. */
export class AlertWatch {
  readonly #found = signal<readonly Alert[]>([]);
  /** What was found last, the worst first: another array each time, and empty only until something is found. */
  readonly found: ReadonlySignal<readonly Alert[]> = this.#found;
  readonly #options: AlertWatchOptions;
  #memory = NOTHING_SEEN;

  constructor(options: AlertWatchOptions) {
    this.#options = options;
    effect(() => {
      this.#look();
    });
  }

  #look(): void {
    const { isCurrent, fleetState, monotonicMs } = this.#options;
    if (!isCurrent.value) return;
    const { alerts, memory } = newAlerts(this.#memory, fleetState.value, monotonicMs());
    this.#memory = memory;
    if (alerts.length > 0) this.#found.value = alerts;
  }
}
