import { LRUCache } from 'lru-cache';
import { selectionOf, type StreamSelection } from './selection.ts';
import type { StatusEntry } from './status-file.ts';

/** Room for what is remembered, in characters of names and in selections; and what a stream takes beside these. */
const MAX_KEPT = 4_000_000;
const STREAM_SIZE = 64;

/** Which selections stand for which streams: decided once for each stream, since thousands of globs are work. */
export class Membership {
  readonly #entries: readonly Pick<StatusEntry, 'servers'>[];
  readonly #selections: ReadonlyMap<string, StreamSelection>;
  /** Keys of selections by server and stream. */
  readonly #kept = new LRUCache<string, readonly string[]>({
    maxSize: MAX_KEPT,
    sizeCalculation: (keys, subject) => STREAM_SIZE + subject.length + keys.length,
  });

  constructor(entries: readonly Pick<StatusEntry, 'match' | 'servers'>[], select = selectionOf) {
    this.#entries = entries;
    const selections = entries.map((entry) => select(entry));
    this.#selections = new Map(selections.map((selection) => [selection.key, selection]));
  }

  /** Keys of all selections. */
  get keys(): readonly string[] {
    return [...this.#selections.keys()];
  }

  /** Whether any of them may stand for a stream of a server. */
  concern(server: string): boolean {
    return this.#entries.some(({ servers }) => servers === null || servers.includes(server));
  }

  /** Keys of those that stand for a stream of a server. */
  of(server: string, stream: string): readonly string[] {
    const subject = `${server}/${stream}`;
    const kept = this.#kept.get(subject);
    if (kept !== undefined) return kept;
    const found: string[] = [];
    for (const [key, { selects }] of this.#selections) if (selects(server, stream)) found.push(key);
    this.#kept.set(subject, found);
    return found;
  }
}
