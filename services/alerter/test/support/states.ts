import type { AlertSilence } from '@mediamtx-monitor/types';
import { type AlerterState, type StoredAlert, type StoredTarget, subjectKey } from '../../src/model.ts';
import { AT, reason, SINCE, stream } from './messages.ts';

export const NOTHING: AlerterState = {
  alerts: new Map(),
  silences: new Map(),
  targets: new Map(),
  commandId: '0-0',
};

/** An alert that fires, as it is kept, but for what is given. */
export function storedAlert(fields: Partial<StoredAlert> = {}): StoredAlert {
  return {
    id: 'alert-1',
    subject: stream('cam 📹'),
    state: 'firing',
    before: null,
    severity: 'critical',
    reasons: [reason()],
    reasonsAtMs: 1_000,
    since: SINCE,
    wrongAtMs: -44_000,
    criticalAtMs: -44_000,
    firedAt: AT,
    resolvedAt: null,
    changedAtMs: 1_000.5,
    returns: 1,
    acknowledged: { by: 'ops', at: AT, comment: null },
    notified: { phone: { state: 'firing', severity: 'critical', atMs: 1_000, at: AT } },
    ...fields,
  };
}

export const SILENCE: AlertSilence = {
  id: 's1',
  server: null,
  stream: 'cam*',
  reason: 'off-air',
  author: 'ops',
  comment: 'repair',
  createdAt: SINCE,
  until: AT,
};

/** A target of whose queue nothing waits, but for what is given. */
export function storedTarget(fields: Partial<StoredTarget> = {}): StoredTarget {
  return {
    name: 'phone',
    sentAtMs: null,
    queue: [],
    deliveredAt: null,
    error: null,
    isDisabled: false,
    digest: 'd1',
    testedAtMs: null,
    told: [],
    ...fields,
  };
}

/** A state with these alerts and targets. */
export function stateOf(alerts: readonly StoredAlert[], targets: readonly StoredTarget[] = []): AlerterState {
  return {
    alerts: new Map(alerts.map((alert) => [subjectKey(alert.subject), alert])),
    silences: new Map([[SILENCE.id, SILENCE]]),
    targets: new Map(targets.map((target) => [target.name, target])),
    commandId: '1767225600000-3',
  };
}
