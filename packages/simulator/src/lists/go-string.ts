const ESCAPED = /[<>&\u2028\u2029]/g;

/** A string as Go's JSON encoder writes it: what HTML could take for markup is escaped. */
export function goString(text: string): string {
  return JSON.stringify(text).replace(
    ESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
