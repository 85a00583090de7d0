/** Length in bytes up to which parts are joined to one piece. A part that is longer is a piece of its own. */
export const PIECE_BYTES = 65_536;

/** Joins parts to pieces, each when it is asked for: whoever takes them slowly holds one at a time. */
export function* piecesOf(parts: Iterable<Buffer>): Generator<Buffer> {
  let joined: Buffer[] = [];
  let bytes = 0;
  for (const part of parts) {
    if (bytes > 0 && bytes + part.length > PIECE_BYTES) {
      yield join(joined);
      joined = [];
      bytes = 0;
    }
    joined.push(part);
    bytes += part.length;
  }
  yield join(joined);
}

/** One buffer of some; a single one as it is. */
export function join(parts: readonly Buffer[]): Buffer {
  const [first] = parts;
  return first !== undefined && parts.length === 1 ? first : Buffer.concat(parts);
}

/** What of a message is still to be written. */
export class Unsent {
  #pieces: Iterator<Buffer> | undefined;
  #next: Buffer | undefined;

  get isEmpty(): boolean {
    return this.#next === undefined;
  }

  begin(pieces: Iterable<Buffer>): void {
    this.#pieces = pieces[Symbol.iterator]();
    this.#advance();
  }

  /** The next piece, which is then taken. */
  take(): Buffer | undefined {
    const piece = this.#next;
    this.#advance();
    return piece;
  }

  #advance(): void {
    const result = this.#pieces?.next();
    this.#next = result?.done === false ? result.value : undefined;
  }
}
