const LENGTH_MASK = 0x7f;
const LONGEST_HEAD = 10;

/** Follows the frames that a server sends, without keeping their content. */
export class FrameCounter {
  readonly #onFrame: (payloadBytes: number) => void;
  #head = Buffer.alloc(0);
  #payloadBytes = 0;
  #missingBytes = 0;

  /** @param onFrame is called when a frame is complete */
  constructor(onFrame: (payloadBytes: number) => void) {
    this.#onFrame = onFrame;
  }

  add(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#missingBytes === 0) rest = this.#begin(rest);
      const taken = Math.min(rest.length, this.#missingBytes);
      this.#missingBytes -= taken;
      rest = rest.subarray(taken);
      if (taken > 0 && this.#missingBytes === 0) this.#onFrame(this.#payloadBytes);
    }
  }

  /** Reads a frame's head, which may come in pieces; returns what follows it. */
  #begin(chunk: Buffer): Buffer {
    const bytes = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    const frame = headOf(bytes);
    if (frame === undefined) {
      this.#head = Buffer.from(bytes.subarray(0, LONGEST_HEAD));
      return Buffer.alloc(0);
    }
    this.#head = Buffer.alloc(0);
    this.#payloadBytes = frame.payloadBytes;
    this.#missingBytes = frame.payloadBytes;
    return bytes.subarray(frame.headBytes);
  }
}

function headOf(bytes: Buffer): { headBytes: number; payloadBytes: number } | undefined {
  if (bytes.length < 2) return undefined;
  const length = bytes.readUInt8(1) & LENGTH_MASK;
  if (length < 126) return { headBytes: 2, payloadBytes: length };
  const headBytes = length === 126 ? 4 : LONGEST_HEAD;
  if (bytes.length < headBytes) return undefined;
  const payloadBytes = length === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  return { headBytes, payloadBytes };
}
