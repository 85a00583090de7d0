import picomatch from 'picomatch';

/**
 * A test for stream names: `*` stands for any characters within a segment, `**` across segments, `?` for one.
 * All else is taken as it is, a leading dot included; a backslash takes a `*` or `?` as it is.
 */
export function streamGlob(glob: string): (name: string) => boolean {
  return picomatch(glob, { dot: true, nobrace: true, nobracket: true, noextglob: true, nonegate: true });
}
