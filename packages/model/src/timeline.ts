/** A piece of a timeline: from its beginning to that of the next one. */
export interface TimelinePiece<Value> {
  readonly fromMs: number;
  readonly value: Value;
}

/** What something was in each moment of a window: what is said later takes the place of what was said before. */
export class Timeline<Value> {
  readonly #fromMs: number;
  readonly #toMs: number;
  /** In order; the first begins with the window. */
  readonly #pieces: [TimelinePiece<Value>, ...TimelinePiece<Value>[]];

  constructor(fromMs: number, toMs: number, value: Value) {
    this.#fromMs = fromMs;
    this.#toMs = toMs;
    this.#pieces = [{ fromMs, value }];
  }

  get pieces(): readonly TimelinePiece<Value>[] {
    return this.#pieces;
  }

  /** From a moment on it was this, up to another one or the end. What lies before the window counts from its beginning. */
  fill(value: Value, fromMs: number, toMs = Infinity): void {
    const start = Math.max(fromMs, this.#fromMs);
    const end = Math.min(toMs, this.#toMs);
    // An end before the window says nothing about it.
    if (!(start < end)) return;
    const after = this.pieceAt(end).value;
    const first = this.#indexAt(start);
    const from = this.#pieces[first]?.fromMs === start ? first : first + 1;
    const isCut = end < this.#toMs && this.pieceAt(end).fromMs !== end;
    let to = from;
    while ((this.#pieces[to]?.fromMs ?? Infinity) < end) to += 1;
    this.#pieces.splice(
      from,
      to - from,
      { fromMs: start, value },
      ...(isCut ? [{ fromMs: end, value: after }] : []),
    );
  }

  /** The piece that a moment is in; that of the window's beginning for one before it. */
  pieceAt(ms: number): TimelinePiece<Value> {
    return this.#pieces[this.#indexAt(ms)] ?? this.#pieces[0];
  }

  /** From the end, where most is said. */
  #indexAt(ms: number): number {
    let index = this.#pieces.length - 1;
    while (index > 0 && (this.#pieces[index]?.fromMs ?? 0) > ms) index -= 1;
    return index;
  }
}

/** How long something was so between any two moments of a window, found without a look at what lies between them. */
export class TimeTrue {
  readonly #pieces: readonly TimelinePiece<boolean>[];
  /** How long it was so up to the beginning of each piece, in ms. */
  readonly #beforeMs: readonly number[];

  /** @param timeline is not to be filled from now on */
  constructor({ pieces }: Timeline<boolean>) {
    let sumMs = 0;
    this.#pieces = pieces;
    this.#beforeMs = pieces.map((piece, index) => {
      const before = pieces[index - 1];
      if (before?.value === true) sumMs += piece.fromMs - before.fromMs;
      return sumMs;
    });
  }

  /** In ms. */
  between(fromMs: number, toMs: number): number {
    return this.#upTo(toMs) - this.#upTo(fromMs);
  }

  #upTo(ms: number): number {
    let [low, high] = [0, this.#pieces.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#pieces[middle]?.fromMs ?? Infinity) <= ms) low = middle;
      else high = middle - 1;
    }
    const piece = this.#pieces[low];
    return (this.#beforeMs[low] ?? 0) + (piece?.value === true ? ms - piece.fromMs : 0);
  }
}

/** Reads a timeline at moments that go on. */
export class Walk<Value> {
  readonly #timeline: Timeline<Value>;
  #index = 0;

  constructor(timeline: Timeline<Value>) {
    this.#timeline = timeline;
  }

  at(ms: number): Value | undefined {
    const { pieces } = this.#timeline;
    while ((pieces[this.#index + 1]?.fromMs ?? Infinity) <= ms) this.#index += 1;
    return pieces[this.#index]?.value;
  }
}
