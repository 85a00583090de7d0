import { isServerId, isShallow, type SessionRecord } from '@mediamtx-monitor/types';
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
