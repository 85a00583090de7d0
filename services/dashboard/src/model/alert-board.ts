import type { Alert, AlertsMessage, Severity } from '@mediamtx-monitor/types';

/** What the bell in the header says. */
export interface BellState {
  /** `unknown`: nobody can say now; `none`: no alerter is at work. */
  readonly alerter: 'unknown' | 'none' | 'at-work';
  /** How many alerts fire of which people are told: neither muted nor silenced. */
  readonly firing: number;
  /** How many of them began after the panel was looked at last, and how bad the worst of those is. */
  readonly unread: number;
  readonly worstUnread: Severity | null;
  /** How bad the worst of all that fire is. */
  readonly worst: Severity | null;
  /** Names of targets to which nothing can be delivered. */
  readonly failing: readonly string[];
  /** When the newest began to fire (RFC 3339, UTC); `null` = none does. */
  readonly newest: string | null;
}

/** Some of the alerts, the first to be looked at first, and how many there are of them. */
export interface AlertGroup {
  readonly alerts: readonly Alert[];
  readonly count: number;
}

/** What the panel shows of alerts. */
export interface AlertBoard {
  readonly firing: AlertGroup;
  /** What recovers, or is unknown. */
  readonly unsure: AlertGroup;
  /** What was resolved in the last hour, the newest first. */
  readonly resolved: AlertGroup;
  /** How many are in trouble, but not for long enough. */
  readonly pending: number;
  /** Maintenance windows for which nobody is told of something now, and of how many alerts. */
  readonly maintenance: readonly { readonly name: string; readonly count: number }[];
  /** What whoever runs alerters has to mend; one of a newer alerter may not be known. */
  readonly warnings: readonly string[];
}

/** As many are shown: more nobody reads, and the counts tell of the others. */
const MAX_FIRING = 200;
const MAX_OTHERS = 50;

/** Before anything has come. */
export const SILENT_BELL: BellState = {
  alerter: 'unknown',
  firing: 0,
  unread: 0,
  worstUnread: null,
  worst: null,
  failing: [],
  newest: null,
};

/** Whether people aren't told of it by itself. */
export function isQuiet({ mutedBy, silencedBy }: Pick<Alert, 'mutedBy' | 'silencedBy'>): boolean {
  return mutedBy !== null || silencedBy !== null;
}

/**
 * @param told what the alerter tells; `null` while none is at work
 * @param isCurrent whether all that there is has come
 * @param seen when the newest began that people have looked at; `null` = they have looked at none
 */
export function bellState(told: AlertsMessage | null, isCurrent: boolean, seen: string | null): BellState {
  if (told === null) return { ...SILENT_BELL, alerter: isCurrent ? 'none' : 'unknown' };
  const firing = told.alerts.filter((alert) => alert.state === 'firing' && !isQuiet(alert));
  const unread = firing.filter(({ firedAt }) => firedAt !== null && (seen === null || firedAt > seen));
  return {
    alerter: 'at-work',
    firing: firing.length,
    unread: unread.length,
    worstUnread: worstSeverity(unread),
    worst: worstSeverity(firing),
    failing: told.targets.filter(({ state }) => state !== 'ok').map(({ name }) => name),
    newest: firing.reduce<string | null>((newest, { firedAt }) => later(newest, firedAt), null),
  };
}

function worstSeverity(alerts: readonly Alert[]): Severity | null {
  if (alerts.length === 0) return null;
  return alerts.some(({ severity }) => severity === 'critical') ? 'critical' : 'warning';
}

/** Times of the same form are in the order of their letters. */
function later(one: string | null, other: string | null): string | null {
  return other !== null && (one === null || other > one) ? other : one;
}

/** What the panel shows: the worst first, and what people are told of before what they aren't. */
export function alertBoard({ alerts, counts, silences, warnings = [] }: AlertsMessage): AlertBoard {
  const inState = (...states: readonly Alert['state'][]): Alert[] =>
    alerts.filter(({ state }) => states.includes(state));
  const firing = inState('firing').sort(byUrgency);
  const unsure = inState('recovering', 'unknown').sort(byUrgency);
  const resolved = inState('resolved').sort((one, other) =>
    descending(one.resolvedAt ?? '', other.resolvedAt ?? ''),
  );
  return {
    firing: { alerts: firing.slice(0, MAX_FIRING), count: counts.firing },
    unsure: { alerts: unsure.slice(0, MAX_OTHERS), count: counts.recovering + counts.unknown },
    resolved: { alerts: resolved.slice(0, MAX_OTHERS), count: counts.resolved },
    pending: counts.pending,
    maintenance: maintenanceIn(alerts, new Set(silences.map(({ id }) => id))),
    warnings,
  };
}

/** A name that is no silence's id is that of a maintenance window. */
function maintenanceIn(alerts: readonly Alert[], silenceIds: ReadonlySet<string>): AlertBoard['maintenance'] {
  const windows = new Map<string, number>();
  for (const { silencedBy } of alerts) {
    if (silencedBy === null || silenceIds.has(silencedBy)) continue;
    windows.set(silencedBy, (windows.get(silencedBy) ?? 0) + 1);
  }
  return [...windows].map(([name, count]) => ({ name, count }));
}

function byUrgency(one: Alert, other: Alert): number {
  return rank(one) - rank(other) || descending(one.since, other.since);
}

function rank(alert: Alert): number {
  const quiet = alert.silencedBy !== null ? 4 : isQuiet(alert) ? 2 : 0;
  return quiet + (alert.severity === 'critical' ? 0 : 1);
}

function descending(one: string, other: string): number {
  return one === other ? 0 : one < other ? 1 : -1;
}
