/**
 * Bounds of what is read from Redis: what is larger isn't ours, and would only fill the memory of those who read it.
 */

/** Longest message of a server, and longest value of one of its keys, in bytes. */
export const MAX_MESSAGE_BYTES = 134_217_728;

/** Longest message of a host, in bytes. */
export const MAX_HOST_BYTES = 1_048_576;

/** Longest head of a message, in bytes. */
export const MAX_HEAD_BYTES = 1_048_576;

/** Most servers, and most hosts, that are looked after. */
export const MAX_SUBJECTS = 1_000;

/** Deepest nesting of a head and of a record. */
const MAX_NESTING = 20;

/** Whether a parsed value is nested no deeper than anything of ours; what is deeper may be too deep to be written again. */
export function isShallow(value: unknown, levels = MAX_NESTING): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((each) => isShallow(each, levels - 1));
}
