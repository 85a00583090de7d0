import {
  addProcessMetrics,
  addReadMetric,
  type Clock,
  type MetricsSource,
  type Part,
  type Sample,
} from '@mediamtx-monitor/runtime';
import { ALERT_STATES, type TargetStatus } from '@mediamtx-monitor/types';
import { Counter, Histogram, Registry } from 'prom-client';
import type { SavedTick } from './alerter-facts.ts';
import type { AlerterState, Target } from './model.ts';

export interface AlerterMetricsOptions {
  readonly targets: readonly Target[];
  readonly version: string;
  readonly clock: Pick<Clock, 'wallMs'>;
  /** Whether this alerter is the active one. */
  readonly isActive: () => boolean;
  /** The state as it is kept; `null` where it isn't ours. */
  readonly state: () => AlerterState | null;
  /** How targets do; none where the state isn't ours. */
  readonly statuses: () => readonly TargetStatus[];
  /** Whether MONITOR_CONFIG says something else where another alerter runs. */
  readonly doFilesDiffer: () => boolean;
}

const MS_PER_SECOND = 1_000;
const TICK_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5];
const SEVERITIES = ['warning', 'critical'] as const;
const RESULTS = ['delivered', 'failed', 'dead'] as const;

/** For Prometheus: alerts, and how telling them goes. What only the active one knows, a standby doesn't tell. */
export class AlerterMetrics implements Part {
  readonly name = 'metrics';
  readonly source: MetricsSource;
  readonly #clock: Pick<Clock, 'wallMs'>;
  readonly #process: Part;
  readonly #duration: Histogram;
  readonly #notifications: Counter<'target' | 'result'>;
  #savedTicks = 0;
  #savedAtMs: number | null = null;
  #dropped: number | null = null;

  constructor(options: AlerterMetricsOptions) {
    const { targets, version, clock, isActive, state, statuses, doFilesDiffer } = options;
    const registry = new Registry();
    this.source = registry;
    this.#clock = clock;
    this.#duration = new Histogram({
      name: 'mediamtx_monitor_alerter_tick_duration_seconds',
      help: 'Time from the first look at Redis until all that a tick told is on its way.',
      buckets: TICK_BUCKETS_S,
      registers: [registry],
    });
    this.#notifications = new Counter({
      name: 'mediamtx_monitor_notifications_total',
      help: 'Messages to targets: delivered, tries that failed, and given up (dead).',
      labelNames: ['target', 'result'],
      registers: [registry],
    });
    // A series that begins with its first failure would hide that one from rate().
    for (const { name: target } of targets) {
      for (const result of RESULTS) this.#notifications.inc({ target, result }, 0);
    }
    const gauge = { type: 'gauge' } as const;
    addReadMetric(registry, {
      ...gauge,
      name: 'mediamtx_monitor_alerter_active',
      help: '1 where this alerter is the active one, 0 where it stands by or can’t keep alerts.',
      read: () => [{ value: isActive() ? 1 : 0 }],
    });
    addReadMetric(registry, {
      ...gauge,
      name: 'mediamtx_monitor_alerter_files_differ',
      help: '1 where MONITOR_CONFIG says something else of alerts where another alerter runs.',
      read: () => [{ value: doFilesDiffer() ? 1 : 0 }],
    });
    addReadMetric(registry, {
      ...gauge,
      name: 'mediamtx_monitor_alerts',
      help: 'Alerts by their state and severity.',
      labelNames: ['state', 'severity'],
      read: () => alertSamples(state()),
    });
    addReadMetric(registry, {
      ...gauge,
      name: 'mediamtx_monitor_alerts_dropped',
      help: 'Alerts that were left out in the last tick since there was no room for them.',
      read: () => (this.#dropped === null || !isActive() ? [] : [{ value: this.#dropped }]),
    });
    addReadMetric(registry, {
      ...gauge,
      name: 'mediamtx_monitor_notification_queue_age_seconds',
      help: 'Time that the oldest message to a target has waited; 0 where none does.',
      labelNames: ['target'],
      read: () =>
        statuses().map(({ name: target, queueAgeMs }) => ({
          labels: { target },
          value: (queueAgeMs ?? 0) / MS_PER_SECOND,
        })),
    });
    addReadMetric(registry, {
      ...gauge,
      name: 'mediamtx_monitor_alerter_last_saved_timestamp_seconds',
      help: 'When alerts were saved last by this alerter (Unix time); nothing before the first.',
      read: () => (this.#savedAtMs === null ? [] : [{ value: this.#savedAtMs / MS_PER_SECOND }]),
    });
    addReadMetric(registry, {
      type: 'counter',
      name: 'mediamtx_monitor_alerter_saved_ticks_total',
      help: 'Ticks of this alerter that were saved.',
      read: () => [{ value: this.#savedTicks }],
    });
    this.#process = addProcessMetrics(registry, version);
  }

  start(): void {
    void this.#process.start();
  }

  stop(): void {
    void this.#process.stop();
  }

  /** Counts a tick that is saved. */
  onSaved({ decision, results, durationMs }: SavedTick): void {
    this.#duration.observe(durationMs / MS_PER_SECOND);
    this.#savedTicks += 1;
    this.#savedAtMs = this.#clock.wallMs();
    this.#dropped = decision.droppedCount;
    for (const { target, outcome } of results) {
      if (outcome !== 'delivered') this.#notifications.inc({ target, result: 'failed' });
    }
    for (const { target, outcome } of decision.notifications)
      this.#notifications.inc({ target, result: outcome });
  }
}

/** One of each state and severity; none where nothing is known. */
function alertSamples(state: AlerterState | null): readonly Sample[] {
  if (state === null) return [];
  const counts = new Map<string, number>();
  for (const alert of state.alerts.values()) {
    const key = `${alert.state} ${alert.severity}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return ALERT_STATES.flatMap((name) =>
    SEVERITIES.map((severity) => ({
      labels: { state: name, severity },
      value: counts.get(`${name} ${severity}`) ?? 0,
    })),
  );
}
