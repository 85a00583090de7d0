import type { Alert } from '@mediamtx-monitor/types';
import { ChangedMap } from '../changed-map.ts';
import type { DueMessage, TargetFiring } from '../delivery-port.ts';
import type { AlerterState, AlertsView, StoredAlert, ToldLabels } from '../model.ts';
import { toldLabelsOf } from '../told-labels.ts';
import { markOf } from './marks.ts';

/** More than there are alerts: what fires always has room, and what an Alertmanager still has to be told the end of. */
const MAX_TOLD = 30_000;

/**
 * Has the state know, before anything is tried, by what Alertmanagers may know alerts from then on: who goes on after us
 * ends that, where it fires no more.
 */
export function noteTold(state: AlerterState, due: readonly DueMessage[]): AlerterState {
  const targets = new ChangedMap(state.targets);
  for (const { target, queued } of due) {
    const stored = targets.now.get(target.name);
    if (target.kind !== 'alertmanager' || stored === undefined) continue;
    const { fired, repeated } = queued.message;
    const firing = [...fired, ...repeated, ...firingTo(target.name, state.alerts)].map(toldLabelsOf);
    const told = joined(stored.told, firing, state.alerts);
    if (told !== stored.told) targets.set(target.name, { ...stored, told });
  }
  return targets.now === state.targets ? state : { ...state, targets: targets.now };
}

/** What fires for a target as far as it was told, and isn't resolved; silences and mutes don't end it. */
export function firingFor(target: string, { alerts, targets }: AlerterState, view: AlertsView): TargetFiring {
  const firing = firingTo(target, alerts);
  const now = new Set(firing.map((alert) => keyOf(toldLabelsOf(alert))));
  const left = (targets.get(target)?.told ?? []).filter((labels) => !now.has(keyOf(labels)));
  const known = left.length === 0 ? new Map<string, StoredAlert>() : byId(alerts);
  return {
    firing: firing.map((alert) => view.shown(alert)),
    ended: left.flatMap((labels) => {
      const alert = known.get(labels.id);
      return alert === undefined ? [] : [asTold(view.shown(alert), labels)];
    }),
  };
}

function firingTo(target: string, alerts: AlerterState['alerts']): readonly StoredAlert[] {
  return [...alerts.values()].filter(
    (alert) => alert.state !== 'resolved' && markOf(alert, target)?.state === 'firing',
  );
}

/** What fires first; what there are no alerts of any more an Alertmanager forgets by itself. The very same where nothing is new. */
function joined(
  told: readonly ToldLabels[],
  firing: readonly ToldLabels[],
  alerts: AlerterState['alerts'],
): readonly ToldLabels[] {
  const before = new Set(told.map(keyOf));
  if (firing.every((labels) => before.has(keyOf(labels)))) return told;
  const known = byId(alerts);
  const all = [...firing, ...told.filter(({ id }) => known.has(id))];
  return [...new Map(all.map((labels) => [keyOf(labels), labels])).values()].slice(0, MAX_TOLD);
}

/** An alert as it was told. */
function asTold(alert: Alert, { code, severity }: ToldLabels): Alert {
  const { since, reasons } = alert;
  if (code === null) return { ...alert, severity, reasons: [] };
  const nothing = { code, measured: null, limit: null, since };
  return {
    ...alert,
    severity,
    reasons: [{ ...nothing, ...reasons.find((reason) => reason.code === code), severity }],
  };
}

function byId(alerts: AlerterState['alerts']): ReadonlyMap<string, StoredAlert> {
  return new Map(Array.from(alerts.values(), (alert) => [alert.id, alert]));
}

function keyOf({ id, code, severity }: ToldLabels): string {
  return `${id} ${code} ${severity}`;
}
