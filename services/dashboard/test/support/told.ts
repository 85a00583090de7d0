import { type Alert, ALERT_STATES, type AlertsMessage, type TargetStatus } from '@mediamtx-monitor/types';

/** A target that is well, and was told nothing so far. */
export const PHONE: TargetStatus = {
  ...{ name: 'phone', kind: 'ntfy', state: 'ok', error: null, deliveredAt: null, queueAgeMs: null },
  testAgeMs: null,
};

/** A message of the alerter. */
export function toldOf(alerts: readonly Alert[], fields: Partial<AlertsMessage> = {}): AlertsMessage {
  const counts = Object.fromEntries(
    ALERT_STATES.map((state) => [state, alerts.filter((alert) => alert.state === state).length]),
  ) as Record<Alert['state'], number>;
  const silenced = alerts.filter(({ state, silencedBy }) => state === 'firing' && silencedBy !== null).length;
  return {
    ...{ type: 'alerts', v: 1, epoch: 1, seq: 1, publishedAt: '2026-01-01T00:00:00.000Z', intervalMs: 5_000 },
    counts: { ...counts, silenced },
    ...{ targets: [], silences: [], alerts },
    ...fields,
  };
}
