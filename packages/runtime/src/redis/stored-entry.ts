import { EVENT_ID } from '@mediamtx-monitor/types';
import { isText, type MemberCheck, orNull, type StoredMembers } from '../checks/member-checks.ts';

/** An entry of a Redis stream. */
export interface StoredEntry {
  /** As `eventIdOf` has it. */
  readonly id: string;
  /** The id as Redis has it. */
  readonly storedId: string;
  /** Its field `json`; `null` where it has none, or its id is longer than that of an event. */
  readonly json: string | null;
  /** Text of all its fields, in characters. */
  readonly length: number;
}

/** Longest part of an id that an event may have. */
const MAX_PART = '9'.repeat(15);
/** Last of all ids that an event may have. */
export const LAST_ID = `${MAX_PART}-${MAX_PART}`;

/** An id as Redis has it, or, where that is longer than an event's, the last one before it that an event may have. */
export function eventIdOf(storedId: string): string {
  if (EVENT_ID.test(storedId)) return storedId;
  const ms = storedId.slice(0, storedId.indexOf('-'));
  return ms.length > MAX_PART.length ? LAST_ID : `${ms}-${MAX_PART}`;
}

/**
 * Reads entries as Redis answers them: id, and names and values by turns. All that Redis answered are there, those of no
 * use among them: whether there are more is told by how many there are.
 */
export function entriesIn(reply: unknown): readonly StoredEntry[] {
  if (!Array.isArray(reply)) return [];
  return reply.flatMap((entry: unknown): StoredEntry[] => {
    if (!Array.isArray(entry)) return [];
    const [storedId, fields] = entry as readonly unknown[];
    if (typeof storedId !== 'string' || !Array.isArray(fields)) return [];
    const id = eventIdOf(storedId);
    const at = fields.findIndex((field, index) => index % 2 === 0 && field === 'json');
    const json: unknown = at === -1 || id !== storedId ? null : fields[at + 1];
    const length = fields.reduce<number>(
      (sum, field) => sum + (typeof field === 'string' ? field.length : 0),
      0,
    );
    return [{ id, storedId, json: typeof json === 'string' ? json : null, length }];
  });
}

/** Longest JSON of an entry, in characters: what is longer isn't ours. */
const MAX_JSON_LENGTH = 65_536;

/**
 * The object that an entry holds, or why it can't be used.
 * @param maxLength of its JSON, in characters
 */
export function membersOf(
  { json }: Pick<StoredEntry, 'json'>,
  checks: Readonly<Record<string, MemberCheck>>,
  maxLength = MAX_JSON_LENGTH,
): { readonly members: StoredMembers } | { readonly reason: string } {
  if (json === null) return { reason: 'it has no field json, or its id is too long' };
  if (json.length > maxLength) return { reason: `it is longer than ${maxLength} characters` };
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { reason: 'it is no JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { reason: 'it is no object' };
  const members = value as StoredMembers;
  const reason = wrongMember(members, checks);
  return reason === undefined ? { members } : { reason };
}

/** Why members can't be used; `undefined` where each is as it should be. */
export function wrongMember(
  members: StoredMembers,
  checks: Readonly<Record<string, MemberCheck>>,
): string | undefined {
  const wrong = Object.keys(checks).find((name) => checks[name]?.(members[name]) !== true);
  return wrong === undefined ? undefined : `its ${wrong} isn't what it should be`;
}

/**
 * JSON of an entry with its id as the first member, as it is told.
 * @param absent names of members that it doesn't have, and that are told as `null`
 */
export function jsonWithId(
  { id, json }: Pick<StoredEntry, 'id' | 'json'>,
  absent: readonly string[] = [],
): string {
  const nulls = absent.map((name) => `"${name}":null,`).join('');
  return `{"id":"${id}",${nulls}${json?.trimStart().slice(1) ?? ''}`;
}

/** Why something happened. */
export const isCause: MemberCheck = (value) => {
  if (typeof value !== 'object' || value === null) return false;
  const { source, text } = value as StoredMembers;
  return isText(source) && orNull(isText)(text);
};
