import { ANY, DOUBLE_STAR, END, type Glob, JUNCTION, SLASH, SOME_SEGMENTS, STAR } from './glob.ts';

/**
 * A way into a glob: a place in it and how that was reached, as one number. There are never more than four times as many
 * as the glob has characters.
 */
export type Way = number;

const MODES = 4;
const PLAIN = 0;
/** Past a slash of the glob whose counterpart in the name is still to come: a `**` may stand for it, too. */
const AT_SLASH = 1;
/** In the segments that a `**` stands for. */
const IN_SEGMENTS = 2;
/** Behind such a `**`: what follows must be a slash or the end, else it is no whole segment. */
const AFTER_SEGMENTS = 3;

/** Tells how a glob is gone through, character by character of a name that has a slash put before it. */
export class Ways {
  readonly #glob: Glob;

  constructor(glob: Glob) {
    this.#glob = glob;
  }

  /** Those that are open before the first character. */
  atStart(): readonly Way[] {
    return this.#from([0, AT_SLASH]);
  }

  /** Those that are open once a way has taken a character. */
  after(way: Way): readonly Way[] {
    if (this.isEnd(way)) return [];
    const [place, mode, token] = this.#at(way);
    if (mode === IN_SEGMENTS) return this.#from([place, IN_SEGMENTS]);
    if (mode === PLAIN) return this.#from([isStar(token) ? place : place + 1, PLAIN]);
    const standsForSegments = token === DOUBLE_STAR || token === SOME_SEGMENTS;
    return this.#from([place, PLAIN], ...(standsForSegments ? [[place, IN_SEGMENTS] as const] : []));
  }

  /** Whether a way can take a character. */
  takes(way: Way, character: number): boolean {
    const [, mode, token] = this.#at(way);
    if (mode === IN_SEGMENTS) return true;
    if (character === SLASH) return mode === AT_SLASH;
    return mode === PLAIN && (token === ANY || isStar(token) || token === character);
  }

  /** Whether the glob may end there. */
  isEnd(way: Way): boolean {
    const [, mode, token] = this.#at(way);
    return token === END && mode !== AT_SLASH;
  }

  #at(way: Way): readonly [place: number, mode: number, token: number] {
    const place = Math.floor(way / MODES);
    return [place, way % MODES, this.#glob.tokens[place] ?? END];
  }

  #from(...starts: readonly (readonly [place: number, mode: number])[]): readonly Way[] {
    const found = new Set<Way>();
    for (const [place, mode] of starts) this.#open(place, mode, found);
    return [...found].filter((way) => !this.#isPassed(way));
  }

  /** Finds a way, and those that are open from there without another character. */
  #open(place: number, mode: number, found: Set<Way>): void {
    const way = place * MODES + mode;
    if (found.has(way)) return;
    found.add(way);
    const token = this.#glob.tokens[place] ?? END;
    if (token === JUNCTION) {
      for (const exit of this.#glob.exits.get(place) ?? []) this.#open(exit, mode, found);
    } else if (mode === IN_SEGMENTS) this.#open(place + 1, AFTER_SEGMENTS, found);
    else if (mode === AT_SLASH) {
      if (token === DOUBLE_STAR) this.#open(place + 1, AFTER_SEGMENTS, found);
    } else if (token === SLASH) this.#open(place + 1, AT_SLASH, found);
    else if (mode === PLAIN && isStar(token)) this.#open(place + 1, PLAIN, found);
  }

  /** Whether nothing is taken there, and it's not the end. */
  #isPassed(way: Way): boolean {
    const [, mode, token] = this.#at(way);
    if (token === JUNCTION) return true;
    return (token === SLASH && mode !== AT_SLASH) || (mode === AFTER_SEGMENTS && token !== END);
  }
}

function isStar(token: number): boolean {
  return token === STAR || token === DOUBLE_STAR || token === SOME_SEGMENTS;
}
