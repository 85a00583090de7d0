import { CLOSE_CODES, type ProblemCode, type SocketErrorCode } from '@mediamtx-monitor/types';
import type { SocketClose } from './ports.ts';

/**
 * `unreachable`: nothing answered, or the socket was refused; `lost`: the socket was closed; `silent`: nothing came
 * for too long; `restarting`: the API restarts; `unauthorized`: the token is missing, wrong or was removed;
 * `forbidden`: the API refuses this page's origin or its own host name; `sent-away`: it said not to come back;
 * `too-many-requests`: it asks for patience; `no-ticket`: it gave no ticket; `no-token`: the token function failed;
 * `blocked`: the platform allows no socket to this URL; `bad-data`: the API sent what isn't its protocol. The others
 * are those of the API's error messages.
 */
export type ConnectionFailureCode =
  | 'unreachable'
  | 'lost'
  | 'silent'
  | 'restarting'
  | 'unauthorized'
  | 'forbidden'
  | 'sent-away'
  | 'no-ticket'
  | 'no-token'
  | 'blocked'
  | 'bad-data'
  | SocketErrorCode;

/** Something went wrong. */
export interface ConnectionFailure {
  /** Stable: decide by it. */
  readonly code: ConnectionFailureCode;
  /** What happened and what to do, for people. Never holds a token or a ticket. */
  readonly reason: string;
  /** Code of the API's problem document, where it has sent one: it says more than `code`. */
  readonly problem?: ProblemCode;
}

/** What messages come over: `sse` (server-sent events) where no WebSocket gets through and HTTP does. */
export type Transport = 'websocket' | 'sse';

/**
 * `connecting` (asking for a ticket included), `open`; `waiting` until the next try; `refused`: it doesn't try again;
 * `closed`: by `close()`.
 */
export type MonitorState =
  | { readonly state: 'connecting' | 'closed' }
  | { readonly state: 'open'; readonly transport: Transport }
  | ({ readonly state: 'waiting'; readonly retryInMs: number } & ConnectionFailure)
  | ({ readonly state: 'refused' } & ConnectionFailure);

/** Why there is no connection, and what that means for the next. */
export interface AttemptFailure extends ConnectionFailure {
  /** Coming back as it is wouldn't help. */
  readonly isFinal?: boolean;
  /** How long the API asks to be left alone. */
  readonly retryAfterMs?: number;
}

const OWN_CODES: Readonly<Record<number, ConnectionFailureCode>> = {
  [CLOSE_CODES.serviceRestart]: 'restarting',
  [CLOSE_CODES.badMessage]: 'bad-message',
  [CLOSE_CODES.tokenRemoved]: 'unauthorized',
  [CLOSE_CODES.tooManyMessages]: 'too-many-messages',
  [CLOSE_CODES.tooManyFilters]: 'too-many-filters',
  [CLOSE_CODES.tooManyRequests]: 'too-many-requests',
};

/** What a close code advises: 4000–4099 don't come back; all others may. */
export function attemptFailureOf({ code, reason }: SocketClose, wasOpen: boolean): AttemptFailure {
  const isFinal = code >= 4000 && code < 4100;
  const fallback: ConnectionFailureCode = isFinal ? 'sent-away' : wasOpen ? 'lost' : 'unreachable';
  const text = wasOpen
    ? `The connection was closed (code ${code}).`
    : 'The API is not there, or refuses the connection.';
  return { code: OWN_CODES[code] ?? fallback, reason: reason === '' ? text : reason, isFinal };
}
