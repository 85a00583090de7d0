import { effect, type ReadonlySignal, signal } from '@preact/signals-core';
import type { AlertsMessage } from '@mediamtx-monitor/types';
import { type PageAlert, type FleetState, newAlerts, NOTHING_SEEN } from './alerts.ts';
import { newlyTold, type ToldAlerts } from './told-alerts.ts';

export interface AlertWatchOptions {
  readonly fleetState: ReadonlySignal<FleetState>;
  /** What the alerter tells; `null` while none is at work. */
  readonly told: ReadonlySignal<AlertsMessage | null>;
  /** Whether what is known is current and complete; else nobody looks. */
  readonly isCurrent: ReadonlySignal<boolean>;
  readonly monotonicMs: () => number;
}

/**
 * Looks at the fleet whenever it changes, for what someone should be told of. Where an alerter is at work, that is what it
 * says; what would be said without it is remembered, so that nothing is said again when it goes.
 */
export class AlertWatch {
  readonly #found = signal<readonly PageAlert[]>([]);
  /** What was found last, the worst first: another array each time, and empty only until something is found. */
  readonly found: ReadonlySignal<readonly PageAlert[]> = this.#found;
  readonly #options: AlertWatchOptions;
  #memory = NOTHING_SEEN;
  #told: ToldAlerts = null;

  constructor(options: AlertWatchOptions) {
    this.#options = options;
    effect(() => {
      this.#look();
    });
  }

  #look(): void {
    const { isCurrent, fleetState, told, monotonicMs } = this.#options;
    if (!isCurrent.value) return;
    const own = newAlerts(this.#memory, fleetState.value, monotonicMs());
    this.#memory = own.memory;
    const alerts = told.value === null ? own.alerts : this.#newlyTold(told.value);
    if (alerts.length > 0) this.#found.value = alerts;
  }

  #newlyTold({ alerts: published }: AlertsMessage): readonly PageAlert[] {
    const { alerts, told } = newlyTold(this.#told, published);
    this.#told = told;
    return alerts;
  }
}
