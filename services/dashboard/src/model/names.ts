/** Parts of a stream's name, of which the middle may be left out where there is no room. */
export interface NameParts {
  /** What other streams have in common with it, up to its last slash. */
  readonly prefix: string;
  /** Its own name, … */
  readonly head: string;
  /** … and the end of that, which tells `…-left` from `…-right`; empty where it is short. */
  readonly tail: string;
}

/** Names as long as this have an end that stays. */
const LONG = 16;
const TAIL = 6;

/** Takes a name apart; together the parts are the name. */
export function nameParts(name: string): NameParts {
  // A slash at the end divides nothing.
  const slash = name.lastIndexOf('/', name.length - 2);
  const prefix = name.slice(0, slash + 1);
  // Characters, not halves of them.
  const own = Array.from(name.slice(slash + 1));
  const cut = own.length >= LONG ? own.length - TAIL : own.length;
  return { prefix, head: own.slice(0, cut).join(''), tail: own.slice(cut).join('') };
}

/** The first so many parts of a name, up to a slash each, of which its own is none; empty when it has no other. */
export function groupPrefix(name: string, depth: number): string {
  let end = -1;
  for (let part = 0; part < depth; part += 1) {
    const slash = name.indexOf('/', end + 1);
    if (slash === -1 || slash === name.length - 1) break;
    end = slash;
  }
  return name.slice(0, Math.max(0, end));
}
