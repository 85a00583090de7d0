import { randomBytes } from 'node:crypto';

export const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface FrameParts {
  readonly opcode: number;
  readonly payload?: Buffer | string;
  readonly isLast?: boolean;
  /** The three reserved bits, RSV1 being 4. */
  readonly reserved?: number;
  readonly isMasked?: boolean;
}

/** A frame as a client sends it, right or wrong. */
export function clientFrame(parts: FrameParts): Buffer {
  const { opcode, payload = '', isLast = true, reserved = 0, isMasked = true } = parts;
  const bytes = Buffer.from(payload);
  const first = (isLast ? 0x80 : 0) | (reserved << 4) | opcode;
  const maskBit = isMasked ? 0x80 : 0;
  const header =
    bytes.length < 126
      ? Buffer.from([first, maskBit | bytes.length])
      : Buffer.from([first, maskBit | 126, bytes.length >> 8, bytes.length & 0xff]);
  if (!isMasked) return Buffer.concat([header, bytes]);
  const mask = randomBytes(4);
  return Buffer.concat([header, mask, bytes.map((byte, i) => byte ^ (mask[i % 4] ?? 0))]);
}

export interface ServerFrame {
  readonly opcode: number;
  readonly isLast: boolean;
  readonly isDeflated: boolean;
  readonly payload: Buffer;
}

/** Takes a server's bytes apart; what is not a whole frame yet is left. */
export function splitFrames(bytes: Buffer): { frames: ServerFrame[]; rest: Buffer } {
  const frames: ServerFrame[] = [];
  let rest = bytes;
  for (;;) {
    const [first, second] = rest;
    if (first === undefined || second === undefined) return { frames, rest };
    const start = second < 126 ? 2 : second === 126 ? 4 : 10;
    if (rest.length < start) return { frames, rest };
    const length =
      second < 126 ? second : second === 126 ? rest.readUInt16BE(2) : Number(rest.readBigUInt64BE(2));
    if (rest.length < start + length) return { frames, rest };
    const payload = rest.subarray(start, start + length);
    const [isLast, isDeflated] = [(first & 0x80) !== 0, (first & 0x40) !== 0];
    frames.push({ opcode: first & 0x0f, isLast, isDeflated, payload });
    rest = rest.subarray(start + length);
  }
}
