import type { YAMLError } from 'yaml';

export const ALIAS_TEXT = 'what begins with * needs quotes, as in "*"';

/** What the YAML library says, and what it means for who wrote the file. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^Alias /, ALIAS_TEXT],
  [/^Anchor /, 'what begins with & needs quotes'],
  [/^Plain value cannot start /, 'what begins with @, ` or % needs quotes'],
  [
    /^(Verbatim tags|Could not resolve tag|A node can have at most one tag)/,
    'what begins with ! needs quotes',
  ],
  [/^Block scalar header /, 'what begins with | or > needs quotes'],
  [/^Invalid escape sequence /, 'a backslash in double quotes has to be two; single quotes need only one'],
  [
    /^(All (mapping|sequence) items|Sequence item without) /,
    'it is indented otherwise than the lines above; what belongs together begins in the same column',
  ],
  [
    /^(Nested mappings|Implicit keys) /,
    'a colon is missing, the line below is indented too far, or a text with a colon has no quotes',
  ],
  [/^Implicit map keys /, 'a colon and a value are missing behind this name'],
  [/^Tabs /, 'it is indented with a tab; use blanks'],
  [/^Flow /, 'a bracket that was opened above, { or [, isn’t closed'],
  [/^Missing closing /, 'a quote that was opened above isn’t closed'],
  [/^Source contains multiple /, 'a second document begins here, by ---; only one may stand in the file'],
  [/^Map keys must be unique/, 'a member of this name stands above already'],
];

/**
 * A mistake in YAML in words for people. Those of the library may repeat what stands there, which may be a secret: where
 * there are none of ours, its code says what is wrong.
 */
export function syntaxText({ code, message }: Pick<YAMLError, 'code' | 'message'>): string {
  return TEXTS.find(([pattern]) => pattern.test(message))?.[1] ?? `it can't be read as YAML (${code})`;
}
