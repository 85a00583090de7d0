import { isText, jsonWithId, type MemberCheck, membersOf, type StoredEntry } from '@mediamtx-monitor/runtime';
import { isShallow, isTime, type NotificationEntry } from '@mediamtx-monitor/types';

/** A dead one holds its message, which may tell of many alerts. */
const MAX_LENGTH = 4_194_304;

/** What of a notification is relied on. */
const CHECKS = {
  messageId: isText,
  target: isText,
  outcome: isText,
  at: isTime,
  // It would stand there twice.
  id: (value) => value === undefined,
} satisfies Readonly<Record<string, MemberCheck>>;

/** What became of a message, as it is kept. */
export interface KeptNotification {
  readonly notification: NotificationEntry;
  /** Its JSON, members that aren't known here among them. */
  readonly json: string;
}

/** Reads what became of a message, or says why it can't be used. */
export function parseStoredNotification(
  entry: Pick<StoredEntry, 'id' | 'json'>,
): KeptNotification | { readonly reason: string } {
  const read = membersOf(entry, CHECKS, MAX_LENGTH);
  if ('reason' in read) return read;
  if (!isShallow(read.members)) return { reason: 'it is nested too deep' };
  // All of it that is read here was checked.
  const notification = { id: entry.id, ...read.members } as unknown as NotificationEntry;
  return { notification, json: jsonWithId(entry) };
}
