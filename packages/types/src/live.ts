import type { SocketErrorCode } from './codes.ts';
import type { FleetTopic, Topic } from './topic.ts';

/** Subprotocol of the WebSocket: a client that brings a token offers it beside `bearer.<token>`. */
export const WEBSOCKET_PROTOCOL = 'mediamtx-monitor.v1';

/** Longest glob for stream names, in characters. */
export const MAX_GLOB_LENGTH = 200;

/** Most runs of `*` in a glob for stream names. */
export const MAX_GLOB_WILDCARDS = 16;

/** A text with no more runs of `*` than that. */
export const FEW_WILDCARDS = new RegExp(`^[^*]*(\\*+[^*]+){0,${MAX_GLOB_WILDCARDS - 1}}(\\*+[^*]*)?$`);

interface Staleness {
  readonly type: 'status';
  /** `true` when the data is older than 3 × its `intervalMs`. */
  readonly stale: boolean;
  /** Age of the data in ms; `null` when no path list was ever read. */
  readonly ageMs: number | null;
  /**
   * There only when nothing new has come of it for a day, or it was forgotten: it isn't among those that are shown any
   * more, until a message about it comes.
   */
  readonly gone?: true;
}

/**
 * Sent by the API on connect, whenever the staleness of a server or host changes, and when it is gone; the same of topics
 * that are about all of them together.
 */
export type StatusMessage = Staleness &
  ({ readonly server: string } | { readonly host: string } | { readonly topic: FleetTopic });

/** Sent in the place of events that a client wanted and that aren't kept any more. */
export interface EventsTrimmedMessage {
  readonly type: 'events.trimmed';
  readonly topic: string;
  /** Id of the event up to which the client has them. */
  readonly after: string;
  /**
   * Id behind which it goes on. One before `after` says that what is kept went back in time (a backup was restored, all
   * was removed): what came in between may be lost. `after` itself says that it went back while the client was
   * away: what came next may be lost.
   */
  readonly until: string;
}

/**
 * Where a client is in topics of events, as it may come back with it: `topic:id`, of several with commas in between.
 * Over WebSocket it is told on connect, and when it has moved by events that the client doesn't want.
 */
export interface CursorMessage {
  readonly type: 'cursor';
  readonly cursor: string;
}

/** Most servers that a subscription may name. */
export const MAX_SUBSCRIBED_SERVERS = 100;

/** Longest cursor, in characters. */
export const MAX_CURSOR_LENGTH = 200;

/** Sent over WebSocket before a client is sent away for what it did. */
export interface ErrorMessage {
  readonly type: 'error';
  readonly code: SocketErrorCode;
  /** What happened and what to do. */
  readonly detail: string;
}

/** What a WebSocket client may send: it takes the place of what was subscribed to before. */
export interface SubscribeMessage {
  readonly action: 'subscribe';
  /** `["streams"]` unless given. */
  readonly topics?: readonly Topic[];
  /** Only this server, or these; all unless given. Hosts and alerts are told in any case. */
  readonly server?: string | readonly string[];
  /** Only servers that have all these labels, each as `name:value`; all unless given. Hosts and alerts are told in any case. */
  readonly label?: readonly string[];
  /** Only streams whose name matches this glob, and their connections; all unless given. */
  readonly stream?: string;
  /** Where to go on in topics of events; with what happens from now on unless given. */
  readonly cursor?: string;
}

/** Answer of `POST /api/tickets`: stands for the token once it was asked with, for a short while. */
export interface Ticket {
  readonly ticket: string;
  /** Until when it opens something (RFC 3339, UTC). */
  readonly expiresAt: string;
}
