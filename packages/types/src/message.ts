import type { Attention } from './attention.ts';
import type { ConnectionRecord } from './connection.ts';
import type { Health, Reason } from './health.ts';
import type { ServerLabels } from './label.ts';
import type { SourceError } from './source-error.ts';
import type { ListedState, StreamRecord } from './stream.ts';
import type { TickNumber } from './tick-number.ts';
import type { ServerTopic } from './topic.ts';

/** Version of the message format; a breaking change raises it. */
export const MESSAGE_VERSION = 1;

/**
 * How the last poll of a server went:
 * `up` it answered; `down` it refused the connection or can't be found; `timeout` no answer in time;
 * `unauthorized` it refused the credentials; `error` another HTTP status; `invalid` an answer that isn't
 * what MediaMTX sends.
 */
export const SOURCE_STATUSES = ['up', 'down', 'timeout', 'unauthorized', 'error', 'invalid'] as const;
export type SourceStatus = (typeof SOURCE_STATUSES)[number];

/** The MediaMTX server behind a message. */
export interface Source {
  readonly status: SourceStatus;
  /**
   * What went wrong and what to do about it, in words; `null` when nothing did. Lines for mediamtx.yml follow on
   * lines of their own. Never holds a credential.
   */
  readonly error: string | null;
  /** MediaMTX's own version, as it says it (`/v3/info`, 1.15.2); `null` when it doesn't. */
  readonly version: string | null;
}

/** Sums over all streams of one server; `null` while its path list can't be read. */
export interface Totals {
  readonly streams: number | null;
  /** Records of streams that MediaMTX doesn't list; they aren't part of `streams` and `states`. */
  readonly missing?: number | null;
  readonly readers: number | null;
  /** Decimal Mbit/s of all streams whose rate is known. */
  readonly inboundMbps: number | null;
  readonly outboundMbps: number | null;
  /** Number of streams in each state, those that MediaMTX lists. */
  readonly states: Readonly<Record<ListedState, number>> | null;
  /** Number of streams of each health, missing ones too. */
  readonly healths: Readonly<Record<Health, number>> | null;
}

/** All members of a message about a server but the array: who, when, how complete. */
export interface MessageHead extends TickNumber {
  readonly type: ServerTopic;
  readonly v: typeof MESSAGE_VERSION;
  /** Server id. */
  readonly server: string;
  /** When the last good path list arrived (RFC 3339, UTC); `null` if none ever did. */
  readonly collectedAt: string | null;
  /** When this message was made (RFC 3339, UTC). */
  readonly publishedAt: string;
  /** Time between two polls in ms. */
  readonly intervalMs: number;
  /** `true` when the numbers come from the simulator, not from a MediaMTX. */
  readonly simulated: boolean;
  readonly source: Source;
  /**
   * Left out without an error, and by collectors before 0.2. Beside `source`, since readers before 0.2 refuse a head whose
   * `source` has a member that they don't know.
   */
  readonly sourceError?: SourceError;
  /** Names of the lists that could not be read this time; fields that need them are `null`. */
  readonly missing: readonly string[];
  readonly totals: Totals;
  /** What is wrong with the server itself, the worst first; left out by collectors before 0.2. */
  readonly reasons?: readonly Reason[];
}

/** The head of a streams message. */
export interface StreamsHead extends MessageHead {
  readonly type: 'streams';
  /** `null` while the path list can't be read: nobody knows how streams are. Left out by collectors up to 0.2. */
  readonly attention?: Attention | null;
  /** What people put on the server to choose it by; left out for none. */
  readonly labels?: ServerLabels;
  /** What people call the server; left out where its collector wasn't told. */
  readonly name?: string;
}

/** The head of a connections message. */
export interface ConnectionsHead extends MessageHead {
  readonly type: 'connections';
}

/** A head that is published by itself, so that whoever follows all servers needs no arrays: type `servers`, no array. */
export interface ServersMessage extends Omit<StreamsHead, 'type'> {
  readonly type: 'servers';
}

/** The connections of one server, published with each snapshot; the array comes last. */
export interface ConnectionsMessage extends ConnectionsHead {
  readonly connections: readonly ConnectionRecord[];
}

/** A complete snapshot of one server: what is published each tick. The array comes last. */
export interface StreamsMessage extends StreamsHead {
  readonly streams: readonly StreamRecord[];
}

/**
 * A server as `GET /api/servers` shows it: the head of its newest message and how old that is. Its `reasons` have
 * `no-data`, too, which its collector can't tell; an API before 0.2 leaves them out.
 */
export interface ServerStatus extends Omit<StreamsHead, 'type' | 'v'> {
  readonly stale: boolean;
  readonly ageMs: number | null;
  /** Nothing new has come of it for a day: it isn't part of answers about all servers any more. */
  readonly gone: boolean;
}
