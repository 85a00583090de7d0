import type { Alert, AlertSubject, Reason } from '@mediamtx-monitor/types';
import type { Target, TargetKind, TargetMessage } from '../../src/model.ts';

/** When messages of tests were made. */
export const AT = '2026-03-01T14:03:57.000Z';
/** 45 s before. */
export const SINCE = '2026-03-01T14:03:12.000Z';

/** One thing that is wrong: off air, unless told otherwise. */
export function reason(change: Partial<Reason> = {}): Reason {
  return { code: 'off-air', severity: 'critical', measured: null, limit: null, since: SINCE, ...change };
}

/** A stream of a server. */
export function stream(name: string, server = 'main'): AlertSubject {
  return { kind: 'stream', server, stream: name };
}

let made = 0;

/** An alert that fires: `studio/cam1` of `main` is off air, unless told otherwise. */
export function alert(change: Partial<Alert> = {}): Alert {
  made += 1;
  const reasons = change.reasons ?? [reason()];
  return {
    id: `alert-${made}`,
    subject: stream('studio/cam1'),
    state: 'firing',
    severity: reasons.some(({ severity }) => severity === 'critical') ? 'critical' : 'warning',
    reasons,
    cause: null,
    simulated: false,
    since: SINCE,
    firedAt: '2026-03-01T14:03:42.000Z',
    endedAt: null,
    resolvedAt: null,
    returns: 0,
    mutedBy: null,
    silencedBy: null,
    acknowledged: null,
    notified: [],
    ...change,
  };
}

/** The same when it is over. */
export function resolved(one: Alert, resolvedAt = '2026-03-01T14:03:52.000Z'): Alert {
  return { ...one, state: 'resolved', resolvedAt };
}

interface NewsParts {
  readonly fired?: readonly Alert[];
  readonly repeated?: readonly Alert[];
  readonly resolved?: readonly Alert[];
}

/** A message with these news. */
export function news(
  { fired = [], repeated = [], resolved: over = [] }: NewsParts,
  id = 'msg-1',
): TargetMessage {
  return {
    id,
    target: 'ops',
    kind: 'alerts',
    goneTarget: null,
    at: AT,
    fired,
    firedCount: fired.length,
    repeated,
    repeatedCount: repeated.length,
    resolved: over,
    resolvedCount: over.length,
  };
}

/** A target of a kind; `address` as its file would have it. */
export function target(
  kind: TargetKind,
  address: Partial<Target['address']> = {},
  change: Partial<Target> = {},
): Target {
  return {
    name: 'ops',
    kind,
    severity: 'critical',
    match: null,
    servers: null,
    hours: null,
    language: 'en',
    timeZone: 'UTC',
    forMs: 30_000,
    groupWaitMs: 10_000,
    groupIntervalMs: 30_000,
    repeatMs: 14_400_000,
    digest: '',
    ...change,
    address: { url: null, urlFile: null, secretFile: null, from: null, to: [], chat: null, ...address },
  };
}
