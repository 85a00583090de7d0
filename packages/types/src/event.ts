import type { Protocol, Role } from './connection.ts';
import type { Health, ReasonCode, Severity } from './health.ts';
import type { MESSAGE_VERSION, SourceStatus } from './message.ts';
import type { StreamState } from './stream.ts';

/** How much an event matters to those who look for trouble: what needs nobody is `info`. */
export const EVENT_SEVERITIES = ['info', 'warning', 'critical'] as const;
export type EventSeverity = 'info' | Severity;

/**
 * Where a cause is known from: MediaMTX's own `lastError`, or what was seen beside the event: the path follows another
 * entry of MediaMTX's configuration or is gone from it, MediaMTX doesn't list the path any more, MediaMTX itself was
 * restarted, the stream that was read isn't live any more; else `unknown`.
 */
export const CAUSE_SOURCES = [
  'last-error',
  'path-changed',
  'missing-from-list',
  'server-restarted',
  'stream-ended',
  'unknown',
] as const;
export type CauseSource = (typeof CAUSE_SOURCES)[number];

/** Why something happened, as far as that is known. */
export interface EventCause {
  readonly source: CauseSource;
  /** MediaMTX's own text, without secrets; `null` where it says none. */
  readonly text: string | null;
}

/** What all events say. */
interface EventBase {
  /** Time of the tick that saw it (RFC 3339, UTC). */
  readonly at: string;
  /** Server id; empty for what belongs to no server, so that it is a text in any event. */
  readonly server: string;
  readonly severity: EventSeverity;
  /** When it began, where that is known to be earlier than `at` (RFC 3339, UTC). */
  readonly since: string | null;
  /**
   * When it had last been looked, where nobody looked between then and `at`: it happened somewhere in between (RFC 3339,
   * UTC). `null` when it was seen in the tick after, and where nobody is known to have ever looked.
   */
  readonly unseenSince: string | null;
  readonly cause: EventCause | null;
}

/** What events about a stream say. */
interface StreamEventBase extends EventBase {
  readonly stream: string;
  /** Kind of its source, that which it has or had (MediaMTX `source.type`). */
  readonly sourceType: string | null;
  /** Whether it was expected to be live; `null` = not known. */
  readonly expected: boolean | null;
}

/** A reason in an event. */
export interface EventReason {
  readonly code: ReasonCode;
  readonly severity: Severity;
}

/** What events about a connection say. */
interface ConnectionEventBase extends EventBase {
  readonly stream: string;
  readonly connection: string;
  readonly protocol: Protocol;
  readonly role: Exclude<Role, 'idle'>;
  /** Address of the other side, as far as SESSION_ADDRESSES lets it be kept. */
  readonly remoteAddr: string | null;
  readonly user: string | null;
}

/** What events about an alert say; `since`: since when something is wrong. */
interface AlertEventBase extends EventBase {
  /** Id of the alert. */
  readonly alert: string;
  /** Left out unless it is about a stream. */
  readonly stream?: string;
  /** Left out unless it is about a host; `server` is empty then. */
  readonly host?: string;
}

/** What events about a silence say; `server`: that of the silence. */
interface SilenceEventBase extends EventBase {
  /** Left out unless it is of a host. */
  readonly host?: string;
  /** Id of the silence. */
  readonly silence: string;
}

/** Members of each type of event beside `type`. */
interface EventMembers {
  /** A stream is live that wasn't. */
  readonly 'stream.online': StreamEventBase;
  /** A stream isn't live any more. `liveSince`: since when it was. */
  readonly 'stream.offline': StreamEventBase & {
    readonly state: StreamState;
    readonly liveSince: string | null;
  };
  /** A live stream brings no bytes. */
  readonly 'stream.stalled': StreamEventBase;
  /** A stalled stream brings bytes again. */
  readonly 'stream.recovered': StreamEventBase & { readonly stalledMs: number | null };
  /** Health of a stream changed, with its reasons now. */
  readonly 'stream.health': StreamEventBase & {
    readonly from: Exclude<Health, 'unknown'>;
    readonly to: Exclude<Health, 'unknown'>;
    readonly reasons: readonly EventReason[];
  };
  /**
   * A stream is live again soon after it went (`reconnectWindow`), or is another run of its source. `gapMs`: how long it
   * was away; `null` when it went and came between two ticks.
   */
  readonly 'stream.restarted': StreamEventBase & { readonly gapMs: number | null };
  readonly 'connection.opened': ConnectionEventBase;
  /** A connection closed; its whole story is in the list of sessions. */
  readonly 'connection.closed': ConnectionEventBase & {
    readonly durationMs: number | null;
    readonly inboundBytes: number | null;
    readonly outboundBytes: number | null;
  };
  /** MediaMTX can't be read. */
  readonly 'server.unreachable': EventBase & { readonly status: SourceStatus };
  /** MediaMTX can be read again. */
  readonly 'server.reachable': EventBase & { readonly unreachableMs: number | null };
  /** MediaMTX is another process than before. */
  readonly 'server.restarted': EventBase & { readonly version: string | null };
  /** No collector looked from `unseenSince` to `at`; where that is `null`, none is known to have ever looked. */
  readonly 'server.unobserved': EventBase;
  /** So many events, the first and last at these times, were lost since they could not be stored for too long. */
  readonly 'events.trimmed': EventBase & { readonly count: number; readonly until: string };
  /** An alert fires. `returns`: how often the trouble came back after it seemed to be over. */
  readonly 'alert.firing': AlertEventBase & {
    readonly reasons: readonly EventReason[];
    readonly returns: number;
  };
  /** An alert is over, with the reasons that it had. */
  readonly 'alert.resolved': AlertEventBase & {
    readonly reasons: readonly EventReason[];
    readonly returns: number;
  };
  /** Somebody has taken an alert on. `by`: name of the token. */
  readonly 'alert.acknowledged': AlertEventBase & { readonly by: string; readonly comment: string | null };
  /** Nobody is told of some alerts any more. `match`: glob for names of streams. */
  readonly 'silence.added': SilenceEventBase & {
    readonly by: string;
    readonly match: string | null;
    readonly reason: string | null;
    readonly until: string;
    readonly comment: string;
  };
  /** A silence is over; `by`: who ended it, `null` where its time was over. */
  readonly 'silence.ended': SilenceEventBase & { readonly by: string | null };
  /** A message could not be delivered to a target, and isn't tried any more. `message`: its id. */
  readonly 'notification.failed': EventBase & {
    readonly target: string;
    readonly message: string;
    readonly error: string;
  };
}

/** Everything that may happen. */
export const EVENT_TYPES = [
  'stream.online',
  'stream.offline',
  'stream.stalled',
  'stream.recovered',
  'stream.health',
  'stream.restarted',
  'connection.opened',
  'connection.closed',
  'server.unreachable',
  'server.reachable',
  'server.restarted',
  'server.unobserved',
  'events.trimmed',
  'alert.firing',
  'alert.resolved',
  'alert.acknowledged',
  'silence.added',
  'silence.ended',
  'notification.failed',
] as const satisfies readonly (keyof EventMembers)[];
export type EventType = (typeof EVENT_TYPES)[number];

/** Something that happened, as its collector writes it down; of alerts, silences and notifications the alerter. */
export type StoredEvent = { [Type in EventType]: { readonly type: Type } & EventMembers[Type] }[EventType];

/** Something that happened, as it is told: `id` is that of its entry in Redis, by which later ones are asked for. */
export type MonitorEvent = { readonly id: string } & StoredEvent;

/** What happened, as it is sent to those who follow it; one event each. */
export interface EventsMessage {
  readonly type: 'events';
  readonly v: typeof MESSAGE_VERSION;
  readonly events: readonly MonitorEvent[];
}
