import { rounded } from '@mediamtx-monitor/model';
import { collectedAtOf, MBPS_PER_BYTE, type SessionRecord } from '@mediamtx-monitor/types';
import type { Feed, Reader } from '../feed/index.ts';
import type { RecordFields } from '../tick/index.ts';
import type { RouteContext } from './route.ts';
import { Selection, type SelectionEnd } from './selection.ts';
import type { IsChosen } from './server-choice.ts';
import { fromStore } from './store.ts';

/** Counters that go on each tick, while a session is written down every few minutes. */
const COUNTERS = ['inboundBytes', 'outboundBytes'] as const satisfies readonly (keyof SessionRecord)[];

/** Connections by their ids, and when they were read, Unix ms; `null` where that isn't known. */
interface LiveConnections {
  readonly records: ReadonlyMap<unknown, RecordFields>;
  readonly atMs: number | null;
}

const NO_CONNECTIONS: LiveConnections = { records: new Map(), atMs: null };

/** Which of the sessions that are open are asked for. */
export interface OpenQuestion {
  /** A server that need not be known. */
  readonly server: string | undefined;
  readonly isChosen: IsChosen;
  readonly wants: (session: SessionRecord) => boolean;
  /** Places between which they are, both left out; `null` for no such end. */
  readonly after: string | null;
  readonly before: string | null;
  /** At most so many, from that end. */
  readonly limit: number;
  readonly from: SelectionEnd;
}

/** Sessions that are open, those that began first first. */
export interface OpenPage {
  readonly items: readonly SessionRecord[];
  /** Whether there are others beyond the limit. */
  readonly more: boolean;
}

/**
 * Sessions that are open and wanted, with their counters, and the mean of these, as of the newest tick.
 * @throws {RefusedError} one of `STORE_PROBLEMS`
 */
export async function openSessions(
  { feed, monotonicMs }: Pick<RouteContext, 'feed' | 'monotonicMs'>,
  { server, isChosen, wants, after, before, limit, from }: OpenQuestion,
  reader: Reader,
): Promise<OpenPage> {
  const heads = await feed.servers.currentHeads();
  const known = server === undefined ? heads.map(({ subject }) => subject) : [server];
  const asked = known.filter(isChosen);
  await feed.servers.current('connections', { isChosen: (id) => asked.includes(id) });
  const selection = new Selection<SessionRecord>(limit, from);
  const take = (session: SessionRecord): void => {
    const key = keyOf(session);
    const isBetween = (after === null || key > after) && (before === null || key < before);
    if (isBetween && wants(session)) selection.add(key, session);
  };
  await fromStore(feed.kept.openSessions(asked, take, reader));
  const startMs = monotonicMs();
  const items = withCounters(feed, selection.take());
  reader.spent(monotonicMs() - startMs);
  return { items, more: selection.isCut };
}

/** Its place among those that are open; the same as long as it is. */
export function keyOf({ start, server, connection }: SessionRecord): string {
  return `${new Date(start).toISOString()} ${server} ${connection}`;
}

function withCounters(feed: Feed, sessions: readonly SessionRecord[]): readonly SessionRecord[] {
  const live = new Map(
    [...new Set(sessions.map(({ server }) => server))].map((server) => [
      server,
      liveConnections(feed, server, new Set(sessions.map(({ connection }) => connection))),
    ]),
  );
  return sessions.map((session) => {
    const { records, atMs } = live.get(session.server) ?? NO_CONNECTIONS;
    const record = records.get(session.connection);
    const newer = COUNTERS.flatMap((name) => {
      const value = record?.[name];
      return typeof value === 'number' && value >= (session[name] ?? 0) ? [[name, value] as const] : [];
    });
    const renewed: SessionRecord = { ...session, ...Object.fromEntries(newer) };
    return newer.length === 0 || atMs === null
      ? renewed
      : { ...renewed, meanMbps: meanMbpsOf(renewed, atMs) };
  });
}

/** Of all its bytes over the time from its beginning until they were read. */
function meanMbpsOf({ role, start, ...bytes }: SessionRecord, atMs: number): number | null {
  const count = role === 'publish' ? bytes.inboundBytes : bytes.outboundBytes;
  const durationMs = atMs - Date.parse(start);
  return count === null || durationMs <= 0 ? null : rounded((count * MBPS_PER_BYTE * 1_000) / durationMs, 3);
}

/** Of all that are live, those that are asked for: there may be a hundred thousand others. */
function liveConnections(feed: Feed, server: string, ids: ReadonlySet<unknown>): LiveConnections {
  const tick = feed.servers.newest('connections', server);
  if (tick === undefined) return NO_CONNECTIONS;
  const collectedAt = tick.head === null ? null : collectedAtOf(tick.head);
  return {
    atMs: collectedAt === null ? null : Date.parse(collectedAt),
    records: new Map(
      tick.records.flatMap((record) => (ids.has(record['id']) ? [[record['id'], record] as const] : [])),
    ),
  };
}
