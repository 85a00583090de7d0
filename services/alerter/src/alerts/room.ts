import type { IllSubject, StoredAlert } from '../model.ts';
import { isToldInFull } from './told.ts';

/** So many alerts of streams are kept. Those of servers and hosts, which are few and explain others, always are. */
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
 * it; and for what is critical what is only pending, or of which nothing is known and nothing was told. Never what
 * somebody was told of, or is to be.
 */
export function makeRoom(
  alerts: ReadonlyMap<string, StoredAlert>,
  fresh: ReadonlyMap<string, IllSubject>,
): Room {
  const all = { kept: fresh, displaced: [], droppedCount: 0 };
  if (alerts.size + fresh.size <= MAX_ALERTS) return all;
  const held = [...alerts].filter(([, { subject }]) => subject.kind === 'stream');
  const streams = [...fresh].filter(([, { subject }]) => subject.kind === 'stream');
  const lacking = held.length + streams.length - MAX_ALERTS;
  if (lacking <= 0) return all;
  const others = [...fresh].filter(([, { subject }]) => subject.kind !== 'stream');
  const over = held
    .filter(([, alert]) => alert.state === 'resolved' && isToldInFull(alert))
    .sort(([, one], [, other]) => one.changedAtMs - other.changedAtMs)
    .slice(0, lacking);
  const free = MAX_ALERTS - held.length + over.length;
  const critical = streams.filter(([, ill]) => isCritical(ill)).length;
  const idle = held.filter(([, alert]) => isIdle(alert)).slice(0, Math.max(0, critical - free));
  const worst = streams
    .sort(([, one], [, other]) => rankOf(one) - rankOf(other))
    .slice(0, free + idle.length);
  return {
    kept: [...others, ...worst],
    displaced: [...over, ...idle].map(([key]) => key),
    droppedCount: streams.length - worst.length + idle.length,
  };
}

/** Whether nobody misses it where something critical needs its room. */
function isIdle({ state, firedAt, severity }: StoredAlert): boolean {
  if (firedAt !== null) return false;
  return state === 'pending' ? severity === 'warning' : state === 'unknown';
}

/** The less, the worse. */
function rankOf(ill: IllSubject): number {
  return isCritical(ill) ? 0 : 1;
}

function isCritical({ reasons }: IllSubject): boolean {
  return reasons.some(({ severity }) => severity === 'critical');
}
