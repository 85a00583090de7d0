import { isText, type MemberCheck, membersOf, orNull, type StoredEntry } from '@mediamtx-monitor/runtime';
import { isServerId, isShallow, isTime, type SessionRecord } from '@mediamtx-monitor/types';

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
  entry: Pick<StoredEntry, 'json'>,
): { readonly session: SessionRecord } | { readonly reason: string } {
  const read = membersOf(entry, CHECKS);
  if ('reason' in read) return read;
  if (!isShallow(read.members)) return { reason: 'it is nested too deep' };
  return { session: read.members as unknown as SessionRecord };
}

/** Members of a session that are one value. */
export const SESSION_VALUES = [
  'server',
  'stream',
  'connection',
  'protocol',
  'role',
  'remoteAddr',
  'user',
  'userAgent',
  'start',
  'end',
  'unseenSince',
  'inboundBytes',
  'outboundBytes',
  'meanMbps',
  'peakMbps',
  'rttWorstMs',
  'rttP95Ms',
  'lossMeanPercent',
  'lossWorstPercent',
  'discards',
] as const satisfies readonly (keyof SessionRecord)[];
/**
 * Whatever else a collector writes down of a session that goes on is for its successor only: by the time that it is asked
 * for, how long it was in each health is minutes old, and no longer all of its duration.
 */
const SHOWN: ReadonlySet<string> = new Set<keyof SessionRecord>([...SESSION_VALUES, 'cause']);

/** Reads a session that is open from what stands in the baseline of its server; `undefined` for anything else. */
export function parseOpenSession(json: string): SessionRecord | undefined {
  const parsed = parseStoredSession({ json });
  if ('reason' in parsed || parsed.session.end !== null) return undefined;
  const members = Object.entries(parsed.session).filter(([name]) => SHOWN.has(name));
  return { ...Object.fromEntries(members), healthMs: null } as unknown as SessionRecord;
}
