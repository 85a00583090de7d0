import type { Alert, AlertsHead } from '@mediamtx-monitor/types';
import type { AlertsView, StoredAlert } from '../model.ts';

export interface AlertsSummary {
  readonly counts: AlertsHead['counts'];
  /** Those that fire first, the critical ones of them before others, then the rest; of each the newest first. */
  readonly alerts: readonly Alert[];
}

/** All alerts as they are published. @param limit so many of them at most */
export function summarise(
  alerts: ReadonlyMap<string, StoredAlert>,
  view: AlertsView,
  limit: number,
): AlertsSummary {
  const counts = { pending: 0, firing: 0, recovering: 0, unknown: 0, resolved: 0, silenced: 0 };
  const [critical, firing, others]: [StoredAlert[], StoredAlert[], StoredAlert[]] = [[], [], []];
  for (const alert of alerts.values()) {
    counts[alert.state] += 1;
    if (alert.state !== 'firing') others.push(alert);
    else {
      (alert.severity === 'critical' ? critical : firing).push(alert);
      if (view.silencedBy(alert) !== null) counts.silenced += 1;
    }
  }
  const shown: StoredAlert[] = [];
  for (const group of [critical, firing, others]) {
    if (shown.length < limit) shown.push(...group.sort(newestFirst).slice(0, limit - shown.length));
  }
  return { counts, alerts: shown.map((alert) => view.shown(alert)) };
}

function newestFirst(one: StoredAlert, other: StoredAlert): number {
  return other.changedAtMs - one.changedAtMs;
}
