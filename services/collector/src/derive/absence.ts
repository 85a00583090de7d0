import type { Moment } from '@mediamtx-monitor/runtime';
import type { Reason, StreamReasonCode } from '@mediamtx-monitor/types';
import type { Due } from './expectations.ts';
import type { Away } from './memory.ts';
import { isoTime } from '../samples.ts';
import type { Thresholds } from './settings.ts';

/** What is known of a stream that isn't live. */
export interface StreamAbsence {
  readonly away: Away;
  /** Whether it was ever seen live. */
  readonly wasLive: boolean;
  /** Why it is expected; empty = it isn't. */
  readonly due: readonly Due[];
  /** Whether it is pulled all the time, as far as that is known. */
  readonly isPulledAlways: boolean;
  /** Whether that is still being asked. */
  readonly isAsked: boolean;
  /** Whether it comes only while someone wants it. */
  readonly isOnDemand: boolean;
  /** Whether it has hours of its own, and it is outside of them. */
  readonly isOutside: boolean;
  /** What MediaMTX says of its source. */
  readonly pullError: string | null;
  /** How long a stream that went is off air, before it is at rest. */
  readonly offAirMs: number;
}

/** How long a stream that is pulled all the time may be away. */
const PULL_FOR_MS = 30_000;
/** What `off-air` is measured in: it is worse of a stream that was stalled when it went, or that is pulled all the time. */
const WENT = 1;
const WENT_BADLY = 2;

/** What each reason measures, the first that applies being the one that is published; 0 = it doesn't apply. */
const REASONS: readonly {
  readonly code: 'not-live' | 'source-down' | 'off-air';
  readonly measure: (absence: StreamAbsence, nowMs: number) => number;
  readonly detail: (absence: StreamAbsence) => string | null;
}[] = [
  {
    code: 'not-live',
    measure: ({ away, due }, nowMs) => {
      if (due.length === 0) return 0;
      // One that was published before a restart of the collector needn't wait once more.
      if (away.reasonCode === 'not-live') return 1;
      return due.some(({ openedAt, forMs }) => nowMs - Math.max(openedAt.monotonicMs, away.fromMs) > forMs)
        ? 1
        : 0;
    },
    detail: ({ pullError }) => pullError,
  },
  {
    code: 'source-down',
    measure: ({ away, isPulledAlways, isAsked, isOutside }, nowMs) => {
      if (!isPulledAlways || isOutside) return 0;
      if (away.reasonCode === 'source-down') return 1;
      return !isAsked && nowMs - away.fromMs > PULL_FOR_MS ? 1 : 0;
    },
    detail: ({ pullError }) => pullError,
  },
  {
    code: 'off-air',
    measure: ({ away, due, isPulledAlways, isOnDemand, isOutside, offAirMs }, nowMs) => {
      if (!away.isMissed || isOnDemand || isOutside) return 0;
      // One that went though it was expected stays so until it has been away for too long, which is `not-live`.
      const wasDue = due.some(({ openedAt }) => openedAt.monotonicMs <= away.fromMs);
      if (!wasDue && !isPulledAlways && nowMs - away.fromMs >= offAirMs) return 0;
      return isPulledAlways || away.wasStalled ? WENT_BADLY : WENT;
    },
    detail: ({ pullError }) => pullError,
  },
];

/** Codes of the reasons of streams that aren't live; a stream has one of them at most. */
export const ABSENCE_CODES: ReadonlySet<string> = new Set<StreamReasonCode>(REASONS.map(({ code }) => code));

/**
 * Since when a reason stands: since the stream isn't live. One that never was is missed only since it is expected; once
 * that was told it stays, also where a collector that starts doesn't know any more when the expectation began.
 */
function sinceOf(code: string, { away, wasLive, due }: StreamAbsence): string {
  if (code !== 'not-live' || wasLive || away.reasonCode === code) return away.since;
  const [first, ...others] = due.map(({ openedAt }) => openedAt);
  if (first === undefined) return away.since;
  const opened = others.reduce((a, b) => (b.monotonicMs < a.monotonicMs ? b : a), first);
  return opened.monotonicMs > away.fromMs ? isoTime(opened.wallMs) : away.since;
}

/** Why it is wrong that a stream isn't live; `null` = it is at rest. */
export function absenceReason(absence: StreamAbsence, thresholds: Thresholds, now: Moment): Reason | null {
  for (const { code, measure, detail } of REASONS) {
    const measured = measure(absence, now.monotonicMs);
    const { warning, critical } = thresholds[code];
    const severity =
      critical !== null && measured > critical
        ? 'critical'
        : warning !== null && measured > warning
          ? 'warning'
          : null;
    if (severity === null) continue;
    const reason = { code, severity, measured: null, limit: null, since: sinceOf(code, absence) } as const;
    const said = detail(absence);
    return said === null ? reason : { ...reason, detail: said };
  }
  return null;
}
