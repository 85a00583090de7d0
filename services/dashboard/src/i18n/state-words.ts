/** A state in words; one that isn't known, of a newer collector or anybody's, as it is spelt. */
export function stateWords(state: string, words: Readonly<Record<string, string>>): string {
  // A record's own members only: `__proto__` is a member of all.
  return Object.hasOwn(words, state) ? (words[state] ?? state) : state;
}
