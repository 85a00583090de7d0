import { EVENT_SEVERITIES, type EventSeverity, type SessionRecord } from '@mediamtx-monitor/types';
import { known, oneOf, parseTime, timeText } from './query-values.ts';

/**
 * What stories are about: outages that matter; starts, ends and restarts; health; servers; alerts, silences and messages
 * to people; who watched.
 */
export const STORY_KINDS = ['outages', 'restarts', 'health', 'servers', 'alerts', 'viewers'] as const;
export type StoryKind = (typeof STORY_KINDS)[number];

/** Windows of the availability report, whole months among them; `own`: from and to are given. */
export const REPORT_SPANS = ['24h', '7d', '30d', 'this-month', 'last-month', 'own'] as const;
export type ReportSpan = (typeof REPORT_SPANS)[number];

const ROLES = ['publish', 'read'] as const satisfies readonly SessionRecord['role'][];
const SESSION_STATES = ['open', 'closed'] as const;
export type SessionCourse = (typeof SESSION_STATES)[number];

/** What of the past is looked at. */
export interface PastView {
  /** Kinds of stories; empty: the usual ones. */
  readonly kinds: readonly StoryKind[];
  /** Empty: any. */
  readonly severity: readonly EventSeverity[];
  /** Sessions of those who publish, or who read; `null`: both. */
  readonly role: SessionRecord['role'] | null;
  /** `null`: both. */
  readonly sessions: SessionCourse | null;
  readonly window: ReportSpan | null;
  /** Unix ms; of sessions, and of a window of one's own. */
  readonly from: number | null;
  readonly to: number | null;
}

export const DEFAULT_PAST: PastView = {
  kinds: [],
  severity: [],
  role: null,
  sessions: null,
  window: null,
  from: null,
  to: null,
};

export function parsePast(params: URLSearchParams): PastView {
  const list = (name: string): readonly string[] => params.get(name)?.split(',') ?? [];
  return {
    kinds: known(STORY_KINDS, list('kinds')),
    severity: known<EventSeverity>(EVENT_SEVERITIES, list('severity')),
    role: oneOf(ROLES, params.get('role')) ?? null,
    sessions: oneOf(SESSION_STATES, params.get('sessions')) ?? null,
    window: oneOf(REPORT_SPANS, params.get('window')) ?? null,
    from: parseTime(params.get('from')),
    to: parseTime(params.get('to')),
  };
}

/** Names and values for a query; what is as usual is empty. */
export function pastParts(past: PastView): readonly (readonly [name: string, value: string])[] {
  return [
    ['kinds', past.kinds.join()],
    ['severity', past.severity.join()],
    ['role', past.role ?? ''],
    ['sessions', past.sessions ?? ''],
    ['window', past.window ?? ''],
    ['from', timeText(past.from)],
    ['to', timeText(past.to)],
  ];
}
