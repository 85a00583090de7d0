import { isServerId, isShallow, NO_EVENT_ID, type SessionRecord } from '@mediamtx-monitor/types';
import { isText, isTime, type MemberCheck, membersOf, orNull, type StoredEntry } from './stored-entry.ts';

/** What of a session is relied on. */
const CHECKS = {
  server: (value) => typeof value === 'string' && isServerId(value),
  stream: isText,
  connection: isText,
  protocol: isText,
  role: isText,
  start: isTime,
  end: orNull(isTime),
} satisfies Readonly<Record<string, MemberCheck>>;

/** Reads a session, or says why it is none. */
export function parseStoredSession(
  entry: StoredEntry,
): { readonly session: SessionRecord } | { readonly reason: string } {
  const read = membersOf(entry, CHECKS);
  if ('reason' in read) return read;
  if (!isShallow(read.members)) return { reason: 'it is nested too deep' };
  return { session: read.members as unknown as SessionRecord };
}

/** What a collector writes down beside the record of a session that goes on; it's for its successor only. */
const OF_COLLECTOR: ReadonlySet<string> = new Set(['rtts', 'lossSum', 'lossTicks']);

/** Reads a session that is open from what stands in the baseline of its server; `undefined` for anything else. */
export function parseOpenSession(json: string): SessionRecord | undefined {
  const parsed = parseStoredSession({ id: NO_EVENT_ID, json });
  if ('reason' in parsed || parsed.session.end !== null) return undefined;
  const members = Object.entries(parsed.session).filter(([name]) => !OF_COLLECTOR.has(name));
  return Object.fromEntries(members) as unknown as SessionRecord;
}
