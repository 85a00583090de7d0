import type { StoredAlert } from '../model.ts';

const KINDS = ['server', 'host', 'stream'] as const;
/** More than any time of the alerter's own clock, in ms. */
const RANK_MS = 1e14;

/** The worst of some alerts, the worst first: critical ones, then what concerns more, then what is wrong for longer. */
export function worstAlerts(alerts: readonly StoredAlert[], limit: number): readonly StoredAlert[] {
  if (alerts.length <= limit) return alerts.toSorted(byBadness);
  // Of many, only those are sorted that are told.
  const last = Float64Array.from(alerts, badnessOf).sort()[limit - 1] ?? -Infinity;
  const [worse, equal]: [StoredAlert[], StoredAlert[]] = [[], []];
  for (const alert of alerts) {
    const badness = badnessOf(alert);
    if (badness < last) worse.push(alert);
    else if (badness === last) equal.push(alert);
  }
  return [...worse.sort(byBadness), ...equal.slice(0, limit - worse.length)];
}

/** The less, the worse. */
function badnessOf({ severity, subject, wrongAtMs }: StoredAlert): number {
  const rank = (severity === 'critical' ? 0 : KINDS.length) + KINDS.indexOf(subject.kind);
  return rank * RANK_MS + wrongAtMs;
}

function byBadness(one: StoredAlert, other: StoredAlert): number {
  return badnessOf(one) - badnessOf(other);
}
