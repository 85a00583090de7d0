/** Counts what the clients of one protocol were sent since the start. */
export class Traffic {
  #messages = 0;
  #bytes = 0;
  #skipped = 0;

  /** Messages written. */
  get messages(): number {
    return this.#messages;
  }

  /** Bytes of the messages written, with their framing, compressed where they were. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Ticks that gave way to a newer one before a slow client could take them. */
  get skipped(): number {
    return this.#skipped;
  }

  /** A message was written; 0 bytes of one that comes in pieces. */
  sent(bytes: number): void {
    this.#messages += 1;
    this.#bytes += bytes;
  }

  /** A piece of a message was written. */
  sentMore(bytes: number): void {
    this.#bytes += bytes;
  }

  readonly skip = (): void => {
    this.#skipped += 1;
  };
}
