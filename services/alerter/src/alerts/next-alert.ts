import type { ServerLabels } from '@mediamtx-monitor/types';
import { isoTime } from '../iso-time.ts';
import type { AlertMoment, AlertObservation, IllSubject, ResolvedPart, StoredAlert } from '../model.ts';
import { isToldInFull } from './told.ts';
import { firstWrong, reasonsNow, stillWrong } from './reasons.ts';

/** What the state machine doesn't know by itself. */
export interface AlertRules {
  /** When an alert has been wrong for long enough that somebody is to be told, by the alerter's own clock. */
  readonly firesAtMs: (alert: StoredAlert) => number;
  /** An id that no other alert has. */
  readonly newId: () => string;
}

/** So long nothing may be wrong any more before an alert is resolved; longer where the trouble comes and goes. */
const RECOVERING_MS = 20_000;
const COMES_AND_GOES_MS = 300_000;
/** From so many returns on it does. */
const MANY_RETURNS = 2;
/** Trouble that comes back so soon after an alert was resolved is the same alert. */
const SAME_ALERT_MS = 300_000;
/** So long one is shown that was resolved. */
const RECENT_MS = 3_600_000;
/** After this time an alert of which nothing is known is let go. */
const FORGOTTEN_MS = 7 * 86_400_000;

/** The alert of something that wasn't in trouble. @param labels of its server; `null`: it has none, or nobody knows */
export function beginAlert(
  ill: IllSubject,
  labels: ServerLabels | null,
  moment: AlertMoment,
  rules: AlertRules,
): StoredAlert {
  const alert: StoredAlert = {
    id: rules.newId(),
    subject: ill.subject,
    ...(labels !== null && Object.keys(labels).length > 0 && { labels }),
    state: 'pending',
    before: null,
    ...firstWrong(ill, moment),
    firedAt: null,
    endedAt: null,
    resolvedAt: null,
    changedAtMs: moment.atMs,
    returns: 0,
    acknowledged: null,
    notified: {},
  };
  return fired(alert, ill, moment, rules);
}

/**
 * What becomes of an alert; the very same where it stays as it is. `gone`: there is none any more; `forgotten`: nothing
 * was known of it for too long. Unknown time counts neither as trouble nor as well.
 */
export function nextAlert(
  alert: StoredAlert,
  { isSeen }: AlertObservation,
  ill: IllSubject | undefined,
  moment: AlertMoment,
  rules: AlertRules,
): StoredAlert | 'gone' | 'forgotten' {
  if (ill !== undefined) return inTrouble(alert, ill, moment, rules);
  if (alert.state === 'resolved') return isOver(alert, moment) ? 'gone' : alert;
  if (isSeen(alert.subject)) return well(alert, moment);
  if (alert.state !== 'unknown') return changed(alert, 'unknown', moment, { before: alert.state });
  return moment.atMs - alert.changedAtMs >= FORGOTTEN_MS ? 'forgotten' : alert;
}

function inTrouble(alert: StoredAlert, ill: IllSubject, moment: AlertMoment, rules: AlertRules) {
  switch (alert.state) {
    case 'pending':
      return fired(stillWrong(alert, ill, moment), ill, moment, rules);
    case 'firing':
      return stillWrong(alert, ill, moment);
    case 'recovering':
      return returned(stillWrong(alert, ill, moment), moment);
    case 'unknown':
      return known(alert, ill, moment, rules);
    case 'resolved':
      return again(alert, ill, moment, rules);
  }
}

function well(alert: StoredAlert, moment: AlertMoment): StoredAlert | 'gone' {
  const state = alert.state === 'unknown' ? alert.before : alert.state;
  if (state === 'pending') return alert.firedAt === null ? 'gone' : resolved(alert, moment);
  if (alert.state !== 'recovering') {
    // What was well already when nobody could see it any more ended before that.
    return changed(alert, 'recovering', moment, { endedAt: alert.endedAt ?? isoTime(moment.wallMs) });
  }
  const neededMs = alert.returns < MANY_RETURNS ? RECOVERING_MS : COMES_AND_GOES_MS;
  return moment.atMs - alert.changedAtMs < neededMs ? alert : resolved(alert, moment);
}

/** It fires once it has been wrong for long enough. */
function fired(alert: StoredAlert, ill: IllSubject, moment: AlertMoment, rules: AlertRules): StoredAlert {
  if (moment.atMs < rules.firesAtMs(alert)) return alert;
  return changed(alert, 'firing', moment, {
    ...reasonsNow(ill, moment),
    firedAt: isoTime(moment.wallMs),
    lastResolved: null,
  });
}

/** The trouble is back before it was resolved. */
function returned(alert: StoredAlert, moment: AlertMoment): StoredAlert {
  return changed(alert, 'firing', moment, { endedAt: null, returns: alert.returns + 1 });
}

/** Something is known of it again, and the trouble is still there. */
function known(alert: StoredAlert, ill: IllSubject, moment: AlertMoment, rules: AlertRules): StoredAlert {
  const unknownMs = moment.atMs - alert.changedAtMs;
  const { wrongAtMs, criticalAtMs } = alert;
  const counted = {
    ...alert,
    wrongAtMs: wrongAtMs + unknownMs,
    criticalAtMs: criticalAtMs === null ? null : criticalAtMs + unknownMs,
  };
  const wrong = stillWrong(counted, ill, moment);
  if (alert.before === 'recovering') return returned(wrong, moment);
  if (alert.before === 'firing') return changed(wrong, 'firing', moment);
  return fired(changed(wrong, 'pending', moment), ill, moment, rules);
}

/** The trouble is back after it was resolved: soon, or before everyone knows of that, it is the same alert. */
function again(alert: StoredAlert, ill: IllSubject, moment: AlertMoment, rules: AlertRules) {
  if (moment.atMs - alert.changedAtMs > SAME_ALERT_MS && isToldInFull(alert)) return 'gone';
  const wrong = firstWrong(ill, moment);
  const pending = changed(alert, 'pending', moment, {
    ...wrong,
    since: alert.since,
    // It was well then, whatever is said now.
    wrongAtMs: Math.max(wrong.wrongAtMs, alert.changedAtMs),
    criticalAtMs: wrong.criticalAtMs === null ? null : Math.max(wrong.criticalAtMs, alert.changedAtMs),
    endedAt: null,
    resolvedAt: null,
    lastResolved: resolvedPart(alert),
    returns: alert.returns + 1,
    acknowledged: null,
  });
  return fired(pending, ill, moment, rules);
}

function resolved(alert: StoredAlert, moment: AlertMoment): StoredAlert {
  const resolvedAt = isoTime(moment.wallMs);
  // What came back too shortly to fire was told to nobody: it is no part of what was.
  const said = alert.lastResolved ?? { endedAt: alert.endedAt ?? resolvedAt, resolvedAt };
  return changed(alert, 'resolved', moment, { ...said, lastResolved: null });
}

function resolvedPart(alert: StoredAlert): ResolvedPart {
  const { severity, reasons, cause = null, simulated = false, since, endedAt = null, resolvedAt } = alert;
  return { severity, reasons, cause, simulated, since, endedAt, resolvedAt };
}

function isOver(alert: StoredAlert, { atMs }: AlertMoment): boolean {
  return atMs - alert.changedAtMs >= RECENT_MS && isToldInFull(alert);
}

function changed(
  alert: StoredAlert,
  state: StoredAlert['state'],
  { atMs }: AlertMoment,
  members: Partial<StoredAlert> = {},
): StoredAlert {
  return { ...alert, before: null, ...members, state, changedAtMs: atMs };
}
