import { type AlertSubject, hasAllLabels, type ServerLabels } from '@mediamtx-monitor/types';
import { ChangedMap } from '../changed-map.ts';
import type { AlertMoment, AlertObservation, IllSubject, StoredAlert } from '../model.ts';
import { type AlertRules, beginAlert, nextAlert } from './next-alert.ts';
import { makeRoom } from './room.ts';

/** The state of an alert became this. */
export interface AlertEvent {
  readonly type: 'alert.firing' | 'alert.resolved';
  readonly alert: StoredAlert;
}

export interface AdvancedAlerts {
  /** Those that didn't change are the same objects, and the map is the same where none did. */
  readonly alerts: ReadonlyMap<string, StoredAlert>;
  readonly events: readonly AlertEvent[];
  /** Nothing was known of them for too long. */
  readonly forgotten: readonly StoredAlert[];
  /** How much there was no room for: what is in trouble, and what is over before everybody knows that. */
  readonly droppedCount: number;
}

/** Takes alerts on to a moment, by what is seen then. @param alerts by key of their subject */
export function advanceAlerts(
  alerts: ReadonlyMap<string, StoredAlert>,
  observation: AlertObservation,
  moment: AlertMoment,
  rules: AlertRules,
): AdvancedAlerts {
  const changed = new ChangedMap(alerts);
  const events: AlertEvent[] = [];
  const forgotten: StoredAlert[] = [];
  for (const [key, alert] of alerts) {
    const labelled = withLabels(alert, observation);
    const next = nextAlert(labelled, observation, observation.ill.get(key), moment, rules);
    if (next === alert) continue;
    if (next === 'forgotten') forgotten.push(alert);
    if (typeof next === 'string') changed.delete(key);
    else changed.set(key, next);
    if (typeof next === 'object') events.push(...eventsBetween(alert, next));
  }
  const fresh = new Map<string, IllSubject>();
  for (const [key, ill] of observation.ill) if (!changed.now.has(key)) fresh.set(key, ill);
  const { kept, displaced, droppedCount } = makeRoom(changed.now, fresh);
  for (const key of displaced) changed.delete(key);
  for (const [key, ill] of kept) {
    const alert = beginAlert(ill, labelsOf(ill.subject, observation), moment, rules);
    changed.set(key, alert);
    events.push(...eventsBetween(null, alert));
  }
  return { alerts: changed.now, events, forgotten, droppedCount };
}

/** The alert with the labels that its server has now; of one that isn't known any more it keeps those it had. */
function withLabels(alert: StoredAlert, observation: AlertObservation): StoredAlert {
  const known = labelsOf(alert.subject, observation);
  const { labels, ...unlabelled } = alert;
  if (known === null || areSameLabels(labels ?? {}, known)) return alert;
  return Object.keys(known).length === 0 ? unlabelled : { ...alert, labels: known };
}

/** `null`: that isn't known. */
function labelsOf(subject: AlertSubject, { labelsOf: ofServer }: AlertObservation): ServerLabels | null {
  return subject.kind === 'host' ? null : ofServer(subject.server);
}

function areSameLabels(some: ServerLabels, others: ServerLabels): boolean {
  return Object.keys(some).length === Object.keys(others).length && hasAllLabels(some, others);
}

/** What comes back before it is resolved fired all along. */
function eventsBetween(before: StoredAlert | null, after: StoredAlert): readonly AlertEvent[] {
  const was = before?.state === 'unknown' ? before.before : before?.state;
  if (after.state === 'resolved' && was === 'recovering') return [{ type: 'alert.resolved', alert: after }];
  const isBegun = after.state === 'firing' && was !== 'firing' && was !== 'recovering';
  return isBegun ? [{ type: 'alert.firing', alert: after }] : [];
}
