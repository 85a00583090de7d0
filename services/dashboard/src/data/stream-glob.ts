import { MAX_GLOB_LENGTH } from '@mediamtx-monitor/types';

/** Any end of a name, in the same segment or with more of them. */
const ANY_END = '{*,*/**}';

/**
 * A glob that matches a stream of this name, and perhaps others: what is special in globs, or can't be sent, becomes a
 * wildcard for one character, and a name that is too long is cut.
 */
export function globOf(name: string): string {
  const glob = name.replace(/[\\*?{]|\p{Surrogate}/gu, '?');
  return glob.length <= MAX_GLOB_LENGTH ? glob : `${cut(glob, MAX_GLOB_LENGTH - ANY_END.length)}${ANY_END}`;
}

/** The beginning of a text, without half a character at its end. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/\p{Surrogate}$/u, '');
}
