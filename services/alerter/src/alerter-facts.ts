import type { AlertsHead, TargetStatus } from '@mediamtx-monitor/types';
import { summarise } from './alerts/index.ts';
import type { TickDecision } from './decide.ts';
import type { AlertMoment, TryResult } from './model.ts';
import type { AlerterRole } from './alerter-log.ts';

/** A tick of the active alerter that is saved. */
export interface SavedTick {
  readonly decision: TickDecision;
  readonly moment: AlertMoment;
  /** How tries went that it took in. */
  readonly results: readonly TryResult[];
  /** Monotonic time that it took, in ms. */
  readonly durationMs: number;
}

/** What the health port says of an alerter. */
export interface AlerterFacts {
  readonly role: AlerterRole;
  /** How many alerts there are of each state; `null` while it isn't active. */
  readonly alerts: AlertsHead['counts'] | null;
  /** How many alerts there was no room for in the last tick; `null` while it isn't active. */
  readonly dropped: number | null;
  /** `error`: why it fails, without secrets. */
  readonly targets: readonly Pick<TargetStatus, 'name' | 'state' | 'error' | 'queueAgeMs'>[];
  readonly lastTickMs: number | null;
  /** Time since alerts were saved last, in ms; `null` = never. */
  readonly lastSavedAgoMs: number | null;
  /** Why alerts can't be kept, for people; `null` where they can. */
  readonly failure: string | null;
  /** Whether MONITOR_CONFIG says something else of alerts where another alerter runs. */
  readonly filesDiffer: boolean;
  /** `ok`, `not given`, or why the last one failed; `standby`: another gives it; `null` where nobody waits for one. */
  readonly heartbeat: string | null;
}

type LastTickFacts = Pick<AlerterFacts, 'role' | 'alerts' | 'dropped' | 'targets' | 'lastTickMs'>;

/** What the last tick says of an alerter. */
export function alerterFacts(
  role: AlerterRole,
  last: SavedTick | null,
  statuses: readonly TargetStatus[],
): LastTickFacts {
  return {
    role,
    alerts: last === null ? null : summarise(last.decision.state.alerts, last.decision.view, 0).counts,
    dropped: last?.decision.droppedCount ?? null,
    targets: statuses.map(({ name, state, error, queueAgeMs }) => ({ name, state, error, queueAgeMs })),
    lastTickMs: last === null ? null : Math.round(last.durationMs),
  };
}

/** How it goes, in one line for people. */
export function statusLine({ role, alerts, targets, failure, filesDiffer }: AlerterFacts): string {
  if (failure !== null) return `alerts can't be kept: ${failure}`;
  const differing = filesDiffer ? '; MONITOR_CONFIG is another where the other alerter runs' : '';
  if (role !== 'active' || alerts === null) return `standing by${differing}`;
  const failing = targets.filter(({ state }) => state !== 'ok').map(({ name }) => name);
  const ill = failing.length === 0 ? '' : `; not told: ${failing.join(', ')}`;
  return `${alerts.firing} ${alerts.firing === 1 ? 'alert fires' : 'alerts fire'}${ill}${differing}`;
}
