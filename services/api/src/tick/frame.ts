import { promisify } from 'node:util';
import { constants, deflateRaw } from 'node:zlib';

const FIN = 0x80;
const TEXT = 0x1;
const CONTINUATION = 0x0;
/** Says that the payload is compressed (RFC 7692, 6). */
const RSV1 = 0x40;
const MAX_SHORT = 125;
const MAX_16_BIT = 0xff_ff;

/** Window of the compression in bits: small, since many clients keep one of that size for inflating. */
export const DEFLATE_WINDOW_BITS = 12;
/** What a flush ends with, and RFC 7692 (7.2.1) cuts: 00 00 ff ff. */
const FLUSH_TAIL_BYTES = 4;

const compress = promisify(deflateRaw);

/** A whole text message in one unmasked WebSocket frame (RFC 6455, 5.2). */
export function textFrame(payload: Buffer): Buffer {
  return frame(FIN | TEXT, payload);
}

/**
 * A text message in as many frames as it has pieces (RFC 6455, 5.4), and an empty last one, each made when it is asked
 * for. What isn't text, as pings, may come in between.
 */
export function* fragments(pieces: Iterable<Buffer>): Generator<Buffer> {
  let opcode = TEXT;
  for (const piece of pieces) {
    yield frame(opcode, piece);
    opcode = CONTINUATION;
  }
  yield frame(FIN | opcode, Buffer.alloc(0));
}

/**
 * A whole text message in one frame, compressed for permessage-deflate (RFC 7692) without context takeover, so that
 * it's legal for every client that negotiated a window of at least DEFLATE_WINDOW_BITS.
 */
export async function deflatedTextFrame(payload: Buffer): Promise<Buffer> {
  const flushed = await compress(payload, {
    windowBits: DEFLATE_WINDOW_BITS,
    finishFlush: constants.Z_SYNC_FLUSH,
  });
  return frame(FIN | RSV1 | TEXT, flushed.subarray(0, flushed.length - FLUSH_TAIL_BYTES));
}

function frame(firstByte: number, payload: Buffer): Buffer {
  return Buffer.concat([header(firstByte, payload.length), payload]);
}

function header(firstByte: number, length: number): Buffer {
  if (length <= MAX_SHORT) return Buffer.from([firstByte, length]);
  if (length <= MAX_16_BIT) {
    const bytes = Buffer.from([firstByte, 126, 0, 0]);
    bytes.writeUInt16BE(length, 2);
    return bytes;
  }
  const bytes = Buffer.from([firstByte, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
  bytes.writeBigUInt64BE(BigInt(length), 2);
  return bytes;
}
