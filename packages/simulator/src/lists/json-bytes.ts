const ZERO = '0'.charCodeAt(0);
/** Largest power of ten whose digits are counted in 32-bit integers. */
const BILLION = 1_000_000_000;
const BILLION_DIGITS = 9;
/** Longest text of a number. */
const MAX_NUMBER_LENGTH = 32;

const encoder = new TextEncoder();

/** JSON text as UTF-8, ready to be written many times. */
export function encode(text: string): Uint8Array {
  return encoder.encode(text);
}

/**
 * A growing JSON text in UTF-8. Big lists are written straight to bytes, since putting together
 * megabytes of strings costs the garbage collector twice as much as all the rest.
 */
export class JsonBytes {
  #bytes: Buffer;
  #length = 0;

  /** Room for `capacity` bytes to begin with. */
  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafeSlow(capacity);
  }

  bytes(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  number(value: number): void {
    if (Number.isSafeInteger(value) && value >= 0) {
      this.#integer(value);
    } else {
      this.#makeRoom(MAX_NUMBER_LENGTH);
      this.#length += this.#bytes.write(String(value), this.#length, 'latin1');
    }
  }

  /** What was written so far. */
  written(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #integer(value: number): void {
    if (value < BILLION) {
      this.#digits(value, digitsOf(value));
      return;
    }
    const billions = Math.floor(value / BILLION);
    this.#integer(billions);
    this.#digits(value - billions * BILLION, BILLION_DIGITS);
  }

  #digits(value: number, width: number): void {
    this.#makeRoom(width);
    let rest = value;
    for (let at = this.#length + width - 1; at >= this.#length; at -= 1) {
      const tens = Math.trunc(rest / 10);
      this.#bytes[at] = ZERO + rest - tens * 10;
      rest = tens;
    }
    this.#length += width;
  }

  #makeRoom(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const bigger = Buffer.allocUnsafeSlow((this.#length + more) * 2);
    bigger.set(this.written());
    this.#bytes = bigger;
  }
}

function digitsOf(value: number): number {
  let digits = 1;
  for (let limit = 10; value >= limit; limit *= 10) digits += 1;
  return digits;
}
