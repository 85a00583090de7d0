/** What the YAML library says, and what it means for who wrote the file. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^Alias /, 'what begins with * needs quotes, as in "*"'],
  [/^Anchor /, 'what begins with & needs quotes'],
  [/^Plain value cannot start /, 'what begins with @, ` or % needs quotes'],
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
  [/^Map keys must be unique/, 'a member of this name stands above already'],
];

/**
 * A mistake in YAML in words for people; those of the library where there are none.
 * @param message of the library, without the place
 */
export function syntaxText(message: string): string {
  return TEXTS.find(([pattern]) => pattern.test(message))?.[1] ?? message;
}
