import { promisify } from 'node:util';
import { constants, deflateRaw } from 'node:zlib';
import { Compressed, type Compressions, type Waiter } from './compressions.ts';
import { Content } from './content.ts';
import { join, PIECE_BYTES, piecesOf } from './parts.ts';

export interface MessageOptions {
  /** Its topic, or what else it is. */
  readonly type: string;
  /** By what a client of Server-Sent Events names it when it comes back; unless given, by nothing. */
  readonly id?: string;
  /** Parts of its JSON. */
  readonly parts: readonly Buffer[];
  /** How many clients get it; one unless given. */
  readonly clients?: () => number;
  /** Names those of which everyone gets the newest only; unless given, only some get it. */
  readonly replaces?: string;
}

/** A large message for fewer is not kept for them: those that take it slowly would have many such kept. */
const MANY_CLIENTS = 10;
/** Records get smaller by more than that. */
const DEFLATE_RATIO = 4;
const BYTES_PER_PART = 8;

/**
 * A complete message in the forms that subscribers take; each is made when first asked for, and then kept. But a large
 * one of many parts for few clients is joined piece by piece, anew for each of them.
 */
export class Message {
  /** By what a client of Server-Sent Events names it when it comes back. */
  readonly id: string | undefined;
  readonly #type: string;
  readonly #clients: () => number;
  readonly #replaces: string | undefined;
  readonly #bytes: number;
  #parts: readonly Buffer[];
  #deflated: Compressed | undefined;
  #frame: Buffer | undefined;
  #event: Buffer | undefined;
  #content: Content | undefined;

  constructor({ type, id, parts, clients = () => 1, replaces }: MessageOptions) {
    this.#type = type;
    this.id = id;
    this.#parts = parts;
    this.#bytes = bytesIn(parts);
    this.#clients = clients;
    this.#replaces = replaces;
  }

  /** Whether several clients get it, so that it's worth compressing. */
  get isShared(): boolean {
    return this.#clients() > 1;
  }

  /** Its JSON; joined anew each time where it has several parts, unless everyone gets it. */
  json(): Buffer {
    const json = join(this.#parts);
    if (this.#isForAll) this.#parts = [json];
    return json;
  }

  /** Its JSON, to be served over HTTP. */
  get content(): Content {
    this.#content ??= new Content(this.json(), `message ${this.id ?? ''}`, this.#isForAll);
    return this.#content;
  }

  /** As one WebSocket frame; `undefined` for one that isn't kept in one piece. */
  get frame(): Buffer | undefined {
    if (this.#frame === undefined && this.#isKept) this.#frame = frame(FIN | TEXT, this.#parts);
    return this.#frame;
  }

  /**
   * As WebSocket frames (RFC 6455, 5.4) to be written one after the other, an empty one at the end, each made when it is
   * asked for. What isn't text, as pings, may come in between.
   */
  *frames(): Generator<Buffer> {
    let opcode = TEXT;
    for (const piece of piecesOf(this.#parts)) {
      yield frame(opcode, [piece]);
      opcode = CONTINUATION;
    }
    yield frame(FIN | opcode, []);
  }

  /** As a compressed WebSocket frame, once `deflate` has made it. */
  get deflatedFrame(): Buffer | undefined {
    return this.#deflated?.bytes;
  }

  /**
   * Has the compressed frame made in its turn, and the waiter called then.
   * @returns whether there is room for that; else the message is to be sent as it is
   */
  deflate(compressions: Compressions, waiter: Waiter): boolean {
    this.#deflated ??= new Compressed({
      // Without memory for compressing, the plain frame is legal in its place.
      make: () => deflatedFrame(this.json()).catch(() => frame(FIN | TEXT, this.#parts)),
      isForAll: this.#isForAll,
      key: this.#replaces,
    });
    return this.#deflated.ask(compressions, waiter);
  }

  /** As a block of Server-Sent Events; `undefined` for one that isn't kept in one piece. */
  get event(): Buffer | undefined {
    if (this.#event === undefined && this.#isKept)
      this.#event = Buffer.concat([...this.#eventOf(this.#parts)]);
    return this.#event;
  }

  /** The same in pieces, to be written one after the other. */
  eventPieces(): Generator<Buffer> {
    return this.#eventOf(piecesOf(this.#parts));
  }

  *#eventOf(json: Iterable<Buffer>): Generator<Buffer> {
    const id = this.id === undefined ? '' : `id: ${this.id}\n`;
    yield Buffer.from(`${id}event: ${this.#type}\ndata: `);
    for (const piece of json) yield onOneLine(piece);
    yield Buffer.from('\n\n');
  }

  /** Bytes that its forms may come to hold. */
  get weight(): number {
    const forms = this.#isKept ? 2 * this.#bytes : 0;
    return forms + this.#bytes / DEFLATE_RATIO + BYTES_PER_PART * this.#parts.length;
  }

  get #isForAll(): boolean {
    return this.#replaces !== undefined;
  }

  get #isKept(): boolean {
    return this.#parts.length === 1 || this.#bytes <= PIECE_BYTES || this.#clients() >= MANY_CLIENTS;
  }
}

function bytesIn(parts: readonly Buffer[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

const LINE_FEED = '\n'.charCodeAt(0);
const CARRIAGE_RETURN = '\r'.charCodeAt(0);
const SPACE = ' '.charCodeAt(0);

/** Line breaks are only white space in JSON, but would end the data of an event. */
function onOneLine(json: Buffer): Buffer {
  if (!json.includes(LINE_FEED) && !json.includes(CARRIAGE_RETURN)) return json;
  return Buffer.from(json.map((byte) => (byte === LINE_FEED || byte === CARRIAGE_RETURN ? SPACE : byte)));
}

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

/**
 * A whole text message in one frame, compressed for permessage-deflate (RFC 7692) without context takeover, so that
 * it's legal for every client that negotiated a window of at least DEFLATE_WINDOW_BITS.
 */
async function deflatedFrame(payload: Buffer): Promise<Buffer> {
  const flushed = await compress(payload, {
    windowBits: DEFLATE_WINDOW_BITS,
    finishFlush: constants.Z_SYNC_FLUSH,
  });
  return frame(FIN | RSV1 | TEXT, [flushed.subarray(0, flushed.length - FLUSH_TAIL_BYTES)]);
}

/** An unmasked WebSocket frame (RFC 6455, 5.2). */
function frame(firstByte: number, payload: readonly Buffer[]): Buffer {
  return Buffer.concat([header(firstByte, bytesIn(payload)), ...payload]);
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
