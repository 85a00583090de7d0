import type { IllSubject, StoredAlert } from '../model.ts';
import { isToldInFull } from './told.ts';

/** So many alerts are kept. */
export const MAX_ALERTS = 20_000;

interface Room {
  /** What gets an alert. */
  readonly kept: Iterable<readonly [string, IllSubject]>;
  /** Keys of the alerts that make room for it. */
  readonly displaced: readonly string[];
  readonly droppedCount: number;
}

/**
 * Which of what is newly in trouble gets an alert, where there are too many: the worst. What was resolved makes room for
 * it, and what is only pending for what is worse; never what somebody was told of, or is to be.
 */
export function makeRoom(
  alerts: ReadonlyMap<string, StoredAlert>,
  fresh: ReadonlyMap<string, IllSubject>,
): Room {
  const lacking = alerts.size + fresh.size - MAX_ALERTS;
  if (lacking <= 0) return { kept: fresh, displaced: [], droppedCount: 0 };
  const sorted = [...fresh].sort(([, one], [, other]) => rankOf(one) - rankOf(other));
  const over = [...alerts]
    .filter(([, alert]) => alert.state === 'resolved' && isToldInFull(alert))
    .sort(([, one], [, other]) => one.changedAtMs - other.changedAtMs)
    .slice(0, lacking);
  const free = MAX_ALERTS - alerts.size + over.length;
  const critical = sorted.filter(([, ill]) => isCritical(ill)).length;
  const pending = [...alerts]
    .filter(([, { state, firedAt, severity }]) => {
      return state === 'pending' && firedAt === null && severity === 'warning';
    })
    .slice(0, Math.max(0, critical - free));
  const kept = sorted.slice(0, free + pending.length);
  return {
    kept,
    displaced: [...over, ...pending].map(([key]) => key),
    droppedCount: fresh.size - kept.length + pending.length,
  };
}

const KINDS = ['server', 'host', 'stream'] as const;

/** The less, the worse. */
function rankOf(ill: IllSubject): number {
  return (isCritical(ill) ? 0 : KINDS.length) + KINDS.indexOf(ill.subject.kind);
}

function isCritical({ reasons }: IllSubject): boolean {
  return reasons.some(({ severity }) => severity === 'critical');
}
