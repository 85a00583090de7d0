import type { Alert, AlertSilence, AlertSubject } from '@mediamtx-monitor/types';
import type { AlertsView, Maintenance, StoredAlert } from '../model.ts';
import { Silencer } from './silencer.ts';

const HIDING_REASONS: ReadonlySet<string> = new Set(['server-unreachable', 'no-data']);
const HIDING_STATES: ReadonlySet<string> = new Set(['pending', 'firing', 'recovering']);

/** Sees what else is known of alerts. It remembers what silences select as long as these are the same. */
export class AlertsViewer {
  readonly #maintenance: readonly Maintenance[];
  #silences: ReadonlyMap<string, AlertSilence> | null = null;
  #silencer: Silencer;

  constructor(maintenance: readonly Maintenance[]) {
    this.#maintenance = maintenance;
    this.#silencer = new Silencer([], maintenance);
  }

  /** @param wallMs Unix time in ms, by Redis's clock */
  view(
    alerts: ReadonlyMap<string, StoredAlert>,
    silences: ReadonlyMap<string, AlertSilence>,
    wallMs: number,
  ): AlertsView {
    if (silences !== this.#silences) {
      this.#silencer = new Silencer([...silences.values()], this.#maintenance);
      this.#silences = silences;
    }
    const silencedBy = this.#silencer.at(wallMs);
    const mutes = mutesOf(alerts);
    const mutedBy = ({ subject, state }: StoredAlert): AlertSubject | null => {
      if (subject.kind !== 'stream' || state === 'resolved') return null;
      return mutes.get(subject.server) ?? null;
    };
    return {
      mutedBy,
      silencedBy,
      shown: (alert) => shownAlert(alert, mutedBy(alert), silencedBy(alert)),
    };
  }
}

/** Servers of which no stream can be seen, by their ids: what is wrong with these explains their streams' trouble. */
function mutesOf(alerts: ReadonlyMap<string, StoredAlert>): ReadonlyMap<string, AlertSubject> {
  const mutes = new Map<string, AlertSubject>();
  for (const { subject, state, reasons } of alerts.values()) {
    if (subject.kind !== 'server' || !HIDING_STATES.has(state)) continue;
    if (reasons.some(({ code }) => HIDING_REASONS.has(code))) mutes.set(subject.server, subject);
  }
  return mutes;
}

function shownAlert(alert: StoredAlert, mutedBy: AlertSubject | null, silencedBy: string | null): Alert {
  const { id, subject, state, severity, reasons, since, firedAt, resolvedAt, returns, acknowledged } = alert;
  const notified = Object.entries(alert.notified).flatMap(([target, { state: told, at }]) =>
    told === 'due' ? [] : [{ target, state: told, at }],
  );
  return {
    ...{ id, subject, state, severity, reasons, since, firedAt, resolvedAt, returns },
    ...{ mutedBy, silencedBy, acknowledged, notified },
  };
}
