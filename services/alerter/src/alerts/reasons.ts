import type { Reason } from '@mediamtx-monitor/types';
import { isAbsence } from '../absence.ts';
import type { AlertMoment, HeldReason, IllSubject, StoredAlert } from '../model.ts';

/** What an alert says of what is wrong, and since when. */
export type WrongPart = Pick<
  StoredAlert,
  'severity' | 'reasons' | 'cause' | 'simulated' | 'reasonsAtMs' | 'since' | 'wrongAtMs' | 'criticalAtMs'
>;

/** What is measured changes with each tick; written down it is again after this time, in ms. */
const MEASURES_KEPT_MS = 60_000;

/** Of what is seen for the first time. */
export function firstWrong(
  { reasons, cause = null, simulated = false }: IllSubject,
  { atMs }: AlertMoment,
): WrongPart {
  const critical = reasons.filter(isCritical);
  return {
    severity: severityOf(reasons),
    reasons: reasons.map(withoutHeld),
    cause,
    simulated,
    reasonsAtMs: atMs,
    since: reasons.reduce(earlierSince, ''),
    wrongAtMs: atMs - longestHeldMs(reasons),
    criticalAtMs: critical.length === 0 ? null : atMs - longestHeldMs(critical),
  };
}

/**
 * What was wrong, and is so now. How long a reason has held counts when it is seen first: later it can only differ
 * because a clock was set.
 */
export function stillWrong<Alert extends WrongPart>(
  alert: Alert,
  { reasons, cause: seen = null, simulated = false }: IllSubject,
  { atMs }: AlertMoment,
): Alert {
  const isDue = atMs - alert.reasonsAtMs >= MEASURES_KEPT_MS;
  const cause = seen ?? (isSameAbsence(alert.reasons, reasons) ? (alert.cause ?? null) : null);
  const isSame = cause === (alert.cause ?? null) && simulated === (alert.simulated ?? false);
  if (isSame && isSaid(alert.reasons, reasons, isDue)) return alert;
  const fresh = reasons.filter(({ code }) => !alert.reasons.some((known) => known.code === code));
  const wrongAtMs = Math.min(alert.wrongAtMs, atMs - longestHeldMs(fresh));
  return {
    ...alert,
    severity: severityOf(reasons),
    reasons: reasons.map(withoutHeld),
    cause,
    simulated,
    reasonsAtMs: atMs,
    since: fresh.reduce(earlierSince, alert.since),
    wrongAtMs,
    criticalAtMs: criticalAtMs(alert, reasons, wrongAtMs, atMs),
  };
}

/** The reasons as they are at this moment. */
export function reasonsNow({ reasons }: IllSubject, { atMs }: AlertMoment) {
  return { reasons: reasons.map(withoutHeld), reasonsAtMs: atMs };
}

function criticalAtMs(
  alert: WrongPart,
  reasons: readonly HeldReason[],
  wrongAtMs: number,
  atMs: number,
): number | null {
  const critical = reasons.filter(isCritical);
  if (critical.length === 0) return null;
  const fresh = critical.filter(
    ({ code }) => !alert.reasons.some((known) => known.code === code && isCritical(known)),
  );
  return Math.max(wrongAtMs, Math.min(alert.criticalAtMs ?? atMs, atMs - longestHeldMs(fresh)));
}

/** Whether a stream is missed for as long as it was before, so that it didn't come back in between. */
function isSameAbsence(written: readonly Reason[], seen: readonly HeldReason[]): boolean {
  return seen.some(
    (one) => isAbsence(one) && written.some((known) => isAbsence(known) && known.since === one.since),
  );
}

/** Whether these reasons are written down already, as far as it matters. */
function isSaid(written: readonly Reason[], seen: readonly HeldReason[], areMeasuresDue: boolean): boolean {
  if (written.length !== seen.length) return false;
  for (const [index, one] of seen.entries()) {
    const other = written[index];
    if (other?.code !== one.code || other.severity !== one.severity) return false;
    if ((other.detail ?? null) !== (one.detail ?? null)) return false;
    if (areMeasuresDue && (other.measured !== one.measured || other.limit !== one.limit)) return false;
  }
  return true;
}

function longestHeldMs(reasons: readonly HeldReason[]): number {
  return reasons.reduce((longest, { heldMs }) => Math.max(longest, heldMs), 0);
}

function earlierSince(earliest: string, { since }: Reason): string {
  return Date.parse(earliest) <= Date.parse(since) ? earliest : since;
}

function severityOf(reasons: readonly Reason[]) {
  return reasons.some(isCritical) ? 'critical' : 'warning';
}

function isCritical({ severity }: Reason): boolean {
  return severity === 'critical';
}

function withoutHeld({ code, severity, measured, limit, since, detail }: HeldReason): Reason {
  return { code, severity, measured, limit, since, ...(detail === undefined ? {} : { detail }) };
}
