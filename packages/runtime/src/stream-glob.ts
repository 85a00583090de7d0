import picomatch from 'picomatch';

/** Whose globs they are. */
export interface GlobTrust {
  /** `{a,b}` stands for either; only for the operator's own globs, since many of them take very long to match. */
  readonly alternatives: boolean;
}

/**
 * A test for stream names: `*` stands for any characters within a segment, `**` across segments, `?` for one.
 * All else is taken as it is, a leading dot included; a backslash takes a `*` or `?` as it is.
 */
export function streamGlob(
  glob: string,
  { alternatives }: GlobTrust = { alternatives: false },
): (name: string) => boolean {
  const matches = picomatch(glob, {
    dot: true,
    nobrace: !alternatives,
    nobracket: true,
    noextglob: true,
    nonegate: true,
  });
  // A second argument, as `map` gives, would have picomatch return something else.
  return (name) => matches(name);
}
