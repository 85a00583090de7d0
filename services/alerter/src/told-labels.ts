import type { Alert } from '@mediamtx-monitor/types';
import { mainReason } from './main-reason.ts';
import type { ToldLabels } from './model.ts';

/** By what an Alertmanager knows an alert that it is told of. */
export function toldLabelsOf(alert: Pick<Alert, 'id' | 'reasons' | 'severity'>): ToldLabels {
  return { id: alert.id, code: mainReason(alert)?.code ?? null, severity: alert.severity };
}
