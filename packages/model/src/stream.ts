import type {
  ConnectionRecord,
  ConnectionsMessage,
  Health,
  Reason,
  StreamRecord,
} from '@mediamtx-monitor/types';
import { isIll, URGENCIES, worstFirst } from './health.ts';

/** A stream, and what of its record is believed. */
export interface AssessedStream {
  readonly stream: StreamRecord;
  /** The stream's health; `unknown` when its server's data is too old to be believed. */
  readonly health: Health;
  /** Why it isn't well, the worst first; none when its server's data is too old to be believed. */
  readonly reasons: readonly Reason[];
  /** Its server's data is too old to be believed. */
  readonly stale: boolean;
}

/** What is believed of a stream. @param stale whether its server's data is stale */
export function assessStream(stream: StreamRecord, stale: boolean): AssessedStream {
  return stale
    ? { stream, health: 'unknown', reasons: [], stale }
    : { stream, health: stream.health, reasons: worstFirst(stream.reasons), stale };
}

/** Whether nothing is wrong with a stream and it isn't live either: never to be called well. */
export function isResting(health: Health, state: StreamRecord['state']): boolean {
  return health === 'ok' && state !== 'live' && state !== 'unknown';
}

/** Whether viewers and bytes of a stream are counted: not of one that MediaMTX doesn't list, or whose list can't be read. */
export function isCounted({ state }: Pick<StreamRecord, 'state'>): boolean {
  return state !== 'missing' && state !== 'unknown';
}

/** How many watch a stream; `null` where nobody counts them. */
export function readersOf(stream: Pick<StreamRecord, 'state' | 'readers'>): number | null {
  return isCounted(stream) ? stream.readers : null;
}

/** Who brings a stream and who takes it. */
export interface StreamConnections {
  /** `undefined` when the server itself fetches the stream, or nothing is published. */
  readonly publisher: ConnectionRecord | undefined;
  /** The worst first, then those that have been there longest. */
  readonly viewers: readonly ConnectionRecord[];
  /** Some lists of connections couldn't be read: those that were on them are old, or not here. */
  readonly isPartial: boolean;
  /** When all of this was so (RFC 3339, UTC). */
  readonly asOf: string;
}

/** Lists that hold no connections. */
const OTHER_LISTS: readonly string[] = ['info', 'paths'];

/** Those of a server's connections that belong to one of its streams. */
export function connectionsOf(
  { connections, missing, publishedAt }: Pick<ConnectionsMessage, 'connections' | 'missing' | 'publishedAt'>,
  stream: string,
): StreamConnections {
  const own = connections.filter((connection) => connection.stream === stream);
  return {
    publisher: own.find(({ role }) => role === 'publish'),
    viewers: own
      .filter(({ role }) => role === 'read')
      .sort(
        (a, b) =>
          URGENCIES[a.health] - URGENCIES[b.health] ||
          compare(a.since ?? '', b.since ?? '') ||
          compare(a.id, b.id),
      ),
    isPartial: missing.some((list) => !OTHER_LISTS.includes(list)),
    asOf: publishedAt,
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Viewers that someone should look at. */
export function illViewers({ viewers }: StreamConnections): readonly ConnectionRecord[] {
  return viewers.filter(({ health }) => isIll(health));
}
