import { createHash } from 'node:crypto';
import {
  HISTORY_TIERS,
  type HistorySubject,
  type HistoryTier,
  type RecentHistoryOf,
  type RedisNames,
} from '@mediamtx-monitor/types';

/** Longest name that stands in keys as it is, in bytes: each stream has some fifty keys. */
const MAX_NAME_BYTES = 96;
/** What stands in keys for a longer one begins with this. */
const DIGEST = '#';

/** A stream's name as it stands in its keys: as it is, or a digest of one that is long, or could be taken for one. */
function nameInKey(name: string): string {
  if (!name.startsWith(DIGEST) && Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  return `${DIGEST}${createHash('sha256').update(name).digest('base64url')}`;
}

/** What stands in keys of a subject. */
function subjectInKey(subject: HistorySubject): HistorySubject {
  return subject.kind === 'stream' ? { ...subject, stream: nameInKey(subject.stream) } : subject;
}

/** The key with the slots of a subject that hold this Unix time. */
export function historyKey(
  names: RedisNames,
  subject: HistorySubject,
  tier: HistoryTier,
  atMs: number,
): string {
  return names.history(subjectInKey(subject), tier, atMs);
}

/** The keys with all slots of a subject from one Unix time up to another, in order, and when each begins. */
export function historyKeys(
  names: RedisNames,
  subject: HistorySubject,
  tier: HistoryTier,
  fromMs: number,
  toMs: number,
): { readonly key: string; readonly startMs: number }[] {
  const inKey = subjectInKey(subject);
  const keyMs = HISTORY_TIERS[tier].keySeconds * 1_000;
  const first = Math.floor(fromMs / keyMs);
  const count = Math.max(0, Math.ceil(toMs / keyMs) - first);
  return Array.from({ length: count }, (_, place) => {
    const startMs = (first + place) * keyMs;
    return { key: names.history(inKey, tier, startMs), startMs };
  });
}

/** The subject of that name in a group of them. */
export function subjectOf(of: RecentHistoryOf, name: string): HistorySubject {
  return of.kind === 'streams' ? { kind: 'stream', server: of.server, stream: name } : of;
}
