/**
 * Bounds of what is read from Redis: what is larger isn't ours, and would only fill the memory of those who read it.
 */

/** Longest message of a server, and longest value of one of its keys, in bytes. */
export const MAX_MESSAGE_BYTES = 67_108_864;

/** Longest message of a host, in bytes. */
export const MAX_HOST_BYTES = 1_048_576;

/** Longest head of a message, in bytes. */
export const MAX_HEAD_BYTES = 1_048_576;

/** Most streams that a head names for which something is wrong, and most bytes of JSON they take. */
export const MAX_ATTENTION = 500;
export const MAX_ATTENTION_BYTES = 262_144;

/** Most servers, and most hosts, that are looked after. */
export const MAX_SUBJECTS = 1_000;

/** Deepest nesting of a head and of a record. */
const MAX_NESTING = 20;

/** Whether a parsed value is nested no deeper than anything of ours; what is deeper may be too deep to be written again. */
export function isShallow(value: unknown, levels = MAX_NESTING): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((each) => isShallow(each, levels - 1));
}

/** Up to this many bytes anything may be parsed; above, `isSparse` has to hold. */
const MAX_DENSE_BYTES = 4_194_304;
/** Least number of bytes per value: records have some 20, and what is made to fill memory 2 or 3. */
const MIN_BYTES_PER_VALUE = 6;
const [OPEN_BRACE, OPEN_BRACKET, COMMA] = [0x7b, 0x5b, 0x2c];

/** Whether JSON holds about as many values for its length as records do, so that it can be parsed without harm. */
export function isSparse(json: Uint8Array): boolean {
  if (json.length <= MAX_DENSE_BYTES) return true;
  let marks = 0;
  for (let index = 0; index < json.length; index += 1) {
    const byte = json[index];
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET || byte === COMMA) marks += 1;
  }
  return marks * MIN_BYTES_PER_VALUE <= json.length;
}
