import type { Alert, AlertSilence, AlertSubject } from '@mediamtx-monitor/types';
import type { AlertsView, Maintenance, StoredAlert } from '../model.ts';
import { Silencer } from './silencer.ts';

const HIDING_REASONS: ReadonlySet<string> = new Set(['server-unreachable', 'no-data']);
const HIDING_STATES: ReadonlySet<string> = new Set(['pending', 'firing', 'recovering']);

/** Sees what else is known of alerts, and remembers what silences select. */
export class AlertsViewer {
  readonly #silencer: Silencer;
  readonly #shown = new WeakMap<StoredAlert, Alert>();

  constructor(maintenance: readonly Maintenance[]) {
    this.#silencer = new Silencer(maintenance);
  }

  /** @param wallMs Unix time in ms, by Redis's clock */
  view(
    alerts: ReadonlyMap<string, StoredAlert>,
    silences: ReadonlyMap<string, AlertSilence>,
    wallMs: number,
  ): AlertsView {
    const silencedBy = this.#silencer.at(silences, wallMs);
    const mutes = mutesOf(alerts);
    const mutedBy = ({ subject, state }: StoredAlert): AlertSubject | null => {
      if (subject.kind !== 'stream' || state === 'resolved') return null;
      return mutes.get(subject.server) ?? null;
    };
    const shown = (alert: StoredAlert) => this.#show(alert, mutedBy(alert), silencedBy(alert));
    return { mutedBy, silencedBy, shown };
  }

  /** Most alerts are shown many times as they are. */
  #show(alert: StoredAlert, mutedBy: AlertSubject | null, silencedBy: string | null): Alert {
    const known = this.#shown.get(alert);
    if (known?.mutedBy === mutedBy && known.silencedBy === silencedBy) return known;
    const shown = shownAlert(alert, mutedBy, silencedBy);
    this.#shown.set(alert, shown);
    return shown;
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
  const {
    id,
    subject,
    state,
    severity,
    reasons,
    cause = null,
    simulated = false,
    since,
    firedAt,
    endedAt = null,
    resolvedAt,
    returns,
    acknowledged,
  } = alert;
  const notified = Object.entries(alert.notified).flatMap(([target, { state: told, at }]) =>
    told === 'due' ? [] : [{ target, state: told, at }],
  );
  return {
    ...{
      id,
      subject,
      state,
      severity,
      reasons,
      cause,
      simulated,
      since,
      firedAt,
      endedAt,
      resolvedAt,
      returns,
    },
    ...{ mutedBy, silencedBy, acknowledged, notified },
  };
}
