/** What a glob holds in turn: code points that stand for themselves, and these. */
export const ANY = -1;
export const STAR = -2;
export const DOUBLE_STAR = -3;
/** The `**` at the end of a glob such as `*` + `/**`: for one segment at least, else it would be the same as `**`. */
export const SOME_SEGMENTS = -4;
/** A brace or comma of alternatives: nothing of a name belongs to it. */
export const JUNCTION = -5;
export const END = -6;
export const SLASH = '/'.charCodeAt(0);

export interface Glob {
  /** The last one is END. */
  readonly tokens: readonly number[];
  /** Where to go on from each junction: in any of the alternatives, or behind the last. */
  readonly exits: ReadonlyMap<number, readonly number[]>;
}

/** A token: an escaped character, a run of stars, or any other character. */
const TOKEN = /\\.|\*+|./gsu;

/** Reads a glob. A brace without its counterpart, or without a comma between them, stands for itself. */
export function parseGlob(text: string): Glob {
  const tokens: number[] = [];
  const exits = new Map<number, readonly number[]>();
  const open: { readonly at: number; readonly commas: number[] }[] = [];
  for (const [token] of text.matchAll(TOKEN)) {
    const at = tokens.length;
    tokens.push(read(token));
    if (token === '{') open.push({ at, commas: [] });
    else if (token === ',') open.at(-1)?.commas.push(at);
    else if (token === '}') {
      const { at: from, commas } = open.pop() ?? { at, commas: [] };
      if (commas.length === 0) continue;
      exits.set(
        from,
        [from, ...commas].map((before) => before + 1),
      );
      for (const end of [...commas, at]) exits.set(end, [at + 1]);
    }
  }
  for (const junction of exits.keys()) tokens[junction] = JUNCTION;
  if (endsWithStarAndSegments(tokens)) tokens[tokens.length - 1] = SOME_SEGMENTS;
  return { tokens: [...tokens, END], exits };
}

function read(token: string): number {
  if (token === '?') return ANY;
  if (token.startsWith('*')) return token === '*' ? STAR : DOUBLE_STAR;
  // A backslash that ends the glob has nothing to escape.
  const isEscape = token.startsWith('\\') && token.length > 1;
  return token.codePointAt(isEscape ? 1 : 0) ?? END;
}

/** Whether what ends the glob is a star within a segment and then segments only. */
function endsWithStarAndSegments(tokens: readonly number[]): boolean {
  let end = tokens.length;
  while (tokens[end - 1] === DOUBLE_STAR && tokens[end - 2] === SLASH) end -= 2;
  if (end === tokens.length) return false;
  const [before = SLASH, last] = [tokens[end - 2], tokens[end - 1]];
  return last === STAR || (last === DOUBLE_STAR && before !== SLASH);
}
