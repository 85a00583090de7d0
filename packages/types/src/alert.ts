import type { Reason, Severity } from './health.ts';
import type { ServerLabels } from './label.ts';
import type { MESSAGE_VERSION } from './message.ts';
import type { Age } from './staleness.ts';
import type { TickNumber } from './tick-number.ts';

/** Most alerts that one message has. */
export const MAX_ALERTS_SHOWN = 2_000;
/** Most silences at the same time, and for how long one may hold at most, in ms. */
export const MAX_SILENCES = 200;
export const MAX_SILENCE_MS = 30 * 86_400_000;
/** Time between two tests of a target, in ms. */
export const TEST_INTERVAL_MS = 60_000;
/** Longest comment of a person, in characters. */
export const MAX_COMMENT_LENGTH = 500;

/** What an alert belongs to: what is in trouble, whatever is wrong with it. */
export type AlertSubject =
  | { readonly kind: 'stream'; readonly server: string; readonly stream: string }
  | { readonly kind: 'server'; readonly server: string }
  | { readonly kind: 'host'; readonly host: string };

/**
 * `pending`: it is in trouble, but not for long enough; `firing`; `recovering`: it is well again, but not for long enough;
 * `unknown`: nothing is known of it at the moment; `resolved`: it is well again.
 */
export const ALERT_STATES = ['pending', 'firing', 'recovering', 'unknown', 'resolved'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/**
 * Why a stream isn't live any more, as far as its server's events tell: MediaMTX was restarted; its entry in MediaMTX's
 * configuration is another, or gone; no data came any more before it went.
 */
export const ALERT_CAUSES = ['server-restarted', 'path-changed', 'stalled'] as const;
export type AlertCause = (typeof ALERT_CAUSES)[number];

/** Somebody has taken an alert on: it isn't repeated until it ends. */
export interface Acknowledgement {
  /** Name of the token it was sent with. */
  readonly by: string;
  /** When (RFC 3339, UTC). */
  readonly at: string;
  readonly comment: string | null;
}

/** What a target was told last of an alert, or is being told. */
export interface NotifiedTarget {
  readonly target: string;
  readonly state: 'firing' | 'resolved';
  /** When the message was made (RFC 3339, UTC). */
  readonly at: string;
}

/** Something that someone is told of, from the beginning of a trouble to its end. */
export interface Alert {
  readonly id: string;
  readonly subject: AlertSubject;
  readonly state: AlertState;
  /** Of its worst reason. */
  readonly severity: Severity;
  /** What is wrong, the worst first; of what is over or unknown what was. */
  readonly reasons: readonly Reason[];
  /** Why a stream went; left out or `null` where nobody knows, and of everything else. */
  readonly cause?: AlertCause | null;
  /** Whether a simulator tells of it; left out = no. */
  readonly simulated?: boolean;
  /** Since when something is wrong (RFC 3339, UTC). */
  readonly since: string;
  /** When it began to fire (RFC 3339, UTC); `null` = not yet. */
  readonly firedAt: string | null;
  /**
   * When nothing was seen to be wrong any more (RFC 3339, UTC): `resolvedAt` comes later by the time that it had to stay
   * well; left out or `null` = something is wrong.
   */
  readonly endedAt?: string | null;
  /** When it was resolved (RFC 3339, UTC); `null` = it isn't. */
  readonly resolvedAt: string | null;
  /** How often the trouble came back after it seemed to be over. */
  readonly returns: number;
  /** What is in trouble that explains this one, so that nobody is told of it by itself. */
  readonly mutedBy: AlertSubject | null;
  /** Id of a silence or name of a maintenance window, for which nobody is told of it. */
  readonly silencedBy: string | null;
  readonly acknowledged: Acknowledgement | null;
  /** Targets that were told of it, or whose message about it is on its way: their `TargetStatus` says whether it arrives. */
  readonly notified: readonly NotifiedTarget[];
}

/** For what nobody is told, until it ends: what all given members select. */
export interface AlertSilence {
  readonly id: string;
  readonly server: string | null;
  /** Only alerts about this host; left out or `null` = whatever they are about. */
  readonly host?: string | null;
  /** Labels that the server has to have, all of them; left out or `null` = whatever it has. */
  readonly labels?: ServerLabels | null;
  /** Glob for names of streams. */
  readonly stream: string | null;
  /** Code of a reason: alerts that have no other. */
  readonly reason: string | null;
  /** Name of the token it was sent with. */
  readonly author: string;
  readonly comment: string;
  /** When it was made, and its end (RFC 3339, UTC). */
  readonly createdAt: string;
  readonly until: string;
}

/** How a target does that is told of alerts. */
export interface TargetStatus {
  readonly name: string;
  readonly kind: string;
  /** `disabled`: it answered that it doesn't exist any more (410). */
  readonly state: 'ok' | 'failing' | 'disabled';
  /** Why it fails, without secrets; `null` where it doesn't. */
  readonly error: string | null;
  /** When a message was delivered last (RFC 3339, UTC); `null` = never. */
  readonly deliveredAt: string | null;
  /** How long what waits has waited, in ms; `null` where nothing does. */
  readonly queueAgeMs: number | null;
  /** How long ago somebody had a test sent to it last, in ms; `null` = never. */
  readonly testAgeMs: number | null;
}

/** What whoever runs alerters has to mend. `files-differ`: MONITOR_CONFIG of another one says something else of alerts. */
export const ALERTS_WARNINGS = ['files-differ'] as const;
export type AlertsWarning = (typeof ALERTS_WARNINGS)[number];

/** All members of an alerts message but the array. */
export interface AlertsHead extends TickNumber {
  readonly type: 'alerts';
  readonly v: typeof MESSAGE_VERSION;
  /** When this message was made (RFC 3339, UTC). */
  readonly publishedAt: string;
  /** Time between two messages in ms, at most. */
  readonly intervalMs: number;
  /** How many alerts there are of each state; `silenced`: of those that fire, how many nobody is told of. */
  readonly counts: Readonly<Record<AlertState | 'silenced', number>>;
  readonly targets: readonly TargetStatus[];
  readonly silences: readonly AlertSilence[];
  /** Left out where there is nothing to mend. */
  readonly warnings?: readonly AlertsWarning[];
}

/**
 * What the alerter publishes: those that fire first, then the others, the newest first; at most MAX_ALERTS_SHOWN, fewer
 * where they are long.
 */
export interface AlertsMessage extends AlertsHead {
  readonly alerts: readonly Alert[];
}

/** What `GET /api/alerts` answers: those that match, and who is told. `stale`: no alerter is at work. */
export interface AlertsAnswer extends Age, Pick<AlertsHead, 'targets' | 'silences'> {
  readonly items: readonly Alert[];
  readonly total: number;
  /** When the alerter told it (RFC 3339, UTC); `null` where none has for a day. */
  readonly publishedAt: string | null;
  /** Of all, whatever was asked for; `null` where none has told any for a day. */
  readonly counts: AlertsHead['counts'] | null;
  readonly warnings: readonly AlertsWarning[];
}
