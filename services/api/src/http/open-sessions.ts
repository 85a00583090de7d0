import type { SessionRecord } from '@mediamtx-monitor/types';
import type { Asker, Feed } from '../feed/index.ts';
import { fromStore } from './kept.ts';
import { recordsOf } from './servers.ts';
import type { RecordFields } from '../tick/index.ts';

/** Counters that go on each tick, while a session is written down every few minutes. */
const COUNTERS = ['inboundBytes', 'outboundBytes'] as const satisfies readonly (keyof SessionRecord)[];

/**
 * Sessions that are open and wanted, those that began first first, with their counters as of the newest tick.
 * @param server only those of this server
 * @throws {RefusedError} `store-unavailable`
 */
export async function openSessions(
  feed: Feed,
  server: string | undefined,
  wants: (session: SessionRecord) => boolean,
  asker: Asker,
): Promise<readonly SessionRecord[]> {
  const heads = await feed.servers.currentHeads();
  await feed.servers.current('connections');
  const asked = server === undefined ? heads.map(({ subject }) => subject) : [server];
  const open = await fromStore(feed.kept.openSessions(asked, wants, asker));
  const live = new Map(asked.map((subject) => [subject, liveConnections(feed, subject)]));
  return open
    .map((session) => withCounters(session, live.get(session.server)?.get(session.connection)))
    .map((session) => ({ session, key: keyOf(session) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ session }) => session);
}

/** Its place among those that are open; the same as long as it is. */
export function keyOf({ start, server, connection }: SessionRecord): string {
  return `${new Date(start).toISOString()} ${server} ${connection}`;
}

function liveConnections(feed: Feed, server: string): ReadonlyMap<unknown, RecordFields> {
  const tick = feed.servers.newest('connections', server);
  return new Map(tick === undefined ? [] : recordsOf(tick).map((record) => [record['id'], record]));
}

function withCounters(session: SessionRecord, live: RecordFields | undefined): SessionRecord {
  const newer = COUNTERS.flatMap((name) => {
    const value = live?.[name];
    return typeof value === 'number' && value >= (session[name] ?? 0) ? [[name, value] as const] : [];
  });
  return { ...session, ...Object.fromEntries(newer) };
}
