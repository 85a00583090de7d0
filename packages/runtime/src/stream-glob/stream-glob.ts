import { parseGlob, SLASH } from './glob.ts';
import { type Way, Ways } from './ways.ts';

/**
 * A test for stream names: `*` stands for any characters within a segment, `**` as a whole segment for any number of
 * segments, none too, `?` for one character, `{a,b}` for either; a backslash takes what follows as it is. All else is
 * taken as it is, a leading dot included.
 *
 * All ways through the glob are followed at once, as bits of a few words, and where many lead to the same ones these are
 * looked at once. So for each character of a name it takes time for the glob's length at most; more only for many groups
 * in a row of which each may be left out, but never for its square.
 */
export function streamGlob(glob: string): (name: string) => boolean {
  const automaton = new Automaton(glob);
  return (name) => automaton.matches(name);
}

/** Ways as bits. */
type Bits = Int32Array;
const BITS = 32;
const WORD_SHIFT = 5;
/** Ways that are open next: by their places where these are few, else as bits. */
type WaySet =
  | { readonly places: readonly number[]; readonly bits: null }
  | { readonly places: null; readonly bits: Bits };
const NO_WAYS: WaySet = { places: [], bits: null };
/** Stands for any character that the glob doesn't hold. */
const OTHER = -1;

class Automaton {
  readonly #start: Bits;
  readonly #end: Bits;
  /** Of each way, which of the sets below are the ways that are open once it has taken a character. */
  readonly #afters: readonly number[];
  /** The same set stands once, however many ways lead to it. */
  readonly #sets: readonly WaySet[];
  /** For each set the step that has added it last. */
  readonly #addedAt: number[];
  #step = 0;
  /** Those that take a character. */
  readonly #takers: ReadonlyMap<number, Bits>;
  readonly #otherTakers: Bits;
  #open: Bits;
  #next: Bits;

  constructor(text: string) {
    const glob = parseGlob(text);
    const ways = new Ways(glob);
    const found = new Set(ways.atStart());
    // It grows while it is gone through.
    for (const way of found) for (const next of ways.after(way)) found.add(next);
    const order = [...found];
    const bitsOf = createBits(order);
    const takersOf = (character: number): Bits => bitsOf(order.filter((way) => ways.takes(way, character)));
    this.#start = bitsOf(ways.atStart());
    this.#end = bitsOf(order.filter((way) => ways.isEnd(way)));
    const places = new Map(order.map((way, place) => [way, place]));
    const sets = new Map<string, number>();
    this.#afters = order.map((way) => {
      const after = ways.after(way).map((each) => places.get(each) ?? 0);
      const key = after.sort((a, b) => a - b).join();
      const set = sets.get(key) ?? sets.size;
      sets.set(key, set);
      return set;
    });
    this.#sets = [...sets.keys()].map((key) => {
      const ofSet = key === '' ? [] : key.split(',').map(Number);
      const bits = bitsOf(order.filter((_way, place) => ofSet.includes(place)));
      return ofSet.length < bits.length ? { places: ofSet, bits: null } : { places: null, bits };
    });
    this.#addedAt = this.#sets.map(() => 0);
    this.#takers = new Map([SLASH, ...glob.tokens].map((token) => [token, takersOf(token)]));
    this.#otherTakers = takersOf(OTHER);
    this.#open = bitsOf([]);
    this.#next = bitsOf([]);
  }

  matches(name: string): boolean {
    this.#open.set(this.#start);
    let isOpen = this.#take(SLASH);
    for (let index = 0; index < name.length && isOpen;) {
      const character = name.codePointAt(index) ?? OTHER;
      isOpen = this.#take(character);
      index += character > 0xff_ff ? 2 : 1;
    }
    return isOpen && this.#open.some((bits, word) => (bits & (this.#end[word] ?? 0)) !== 0);
  }

  /** Goes on by a character; tells whether any way is open then. */
  #take(character: number): boolean {
    const [open, next] = [this.#open, this.#next];
    this.#step += 1;
    const takers = this.#takers.get(character) ?? this.#otherTakers;
    next.fill(0);
    let isOpen = false;
    for (let word = 0; word < open.length; word += 1) {
      let taking = (open[word] ?? 0) & (takers[word] ?? 0);
      while (taking !== 0) {
        const bit = BITS - 1 - Math.clz32(taking);
        taking ^= 1 << bit;
        this.#add(next, this.#afters[word * BITS + bit] ?? 0);
        isOpen = true;
      }
    }
    this.#open = next;
    this.#next = open;
    return isOpen;
  }

  #add(next: Bits, set: number): void {
    if (this.#addedAt[set] === this.#step) return;
    this.#addedAt[set] = this.#step;
    const { places, bits } = this.#sets[set] ?? NO_WAYS;
    if (bits !== null) {
      for (let word = 0; word < next.length; word += 1) next[word] = (next[word] ?? 0) | (bits[word] ?? 0);
      return;
    }
    for (const place of places) {
      const word = place >>> WORD_SHIFT;
      next[word] = (next[word] ?? 0) | (1 << (place % BITS));
    }
  }
}

/** Makes what turns some of these ways into bits. */
function createBits(order: readonly Way[]): (some: readonly Way[]) => Bits {
  const places = new Map(order.map((way, place) => [way, place]));
  return (some) => {
    const bits = new Int32Array(Math.ceil(order.length / BITS));
    for (const way of some) {
      const place = places.get(way) ?? 0;
      const word = Math.floor(place / BITS);
      bits[word] = (bits[word] ?? 0) | (1 << (place % BITS));
    }
    return bits;
  };
}
