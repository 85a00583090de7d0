import { subjectOf, type TopicHead } from '@mediamtx-monitor/types';
import { Compressed, type Waiter } from './compressed.ts';
import type { Compressions } from './compressions.ts';
import type { Content } from './content.ts';
import { deflatedTextFrame, fragments, textFrame } from './frame.ts';
import { join, PIECE_BYTES, piecesOf } from './pieces.ts';

export interface MessageOptions {
  readonly head: TopicHead;
  /** Parts of its JSON. */
  readonly parts: readonly Buffer[];
  /** How many clients get it. */
  readonly clients: () => number;
  /** Whether everyone gets it who doesn't ask for a part. */
  readonly isForAll: boolean;
}

/** A large message for fewer is not kept for them: those that take it slowly would have many such kept. */
const MANY_CLIENTS = 10;

/**
 * A complete message in the forms that subscribers take; each is made when first asked for, and then kept. But a large
 * one of many parts for few clients is joined piece by piece, anew for each of them.
 */
export class Message {
  readonly #clients: () => number;
  readonly #head: TopicHead;
  readonly #parts: readonly Buffer[];
  readonly #bytes: number;
  readonly #deflated: Compressed;
  #frame: Buffer | undefined;
  #event: Buffer | undefined;

  constructor({ head, parts, clients, isForAll }: MessageOptions) {
    this.#clients = clients;
    this.#head = head;
    this.#parts = parts;
    this.#bytes = parts.reduce((sum, { length }) => sum + length, 0);
    this.#deflated = new Compressed({
      // Without memory for compressing, the plain frame is legal in its place.
      make: () => deflatedTextFrame(this.json()).catch(() => textFrame(this.json())),
      isForAll,
      key: `${head.type} ${subjectOf(head)}`,
    });
  }

  /** Whether several clients get it, so that it's worth compressing. */
  get isShared(): boolean {
    return this.#clients() > 1;
  }

  /** Its JSON; joined anew each time where it has several parts. */
  json(): Buffer {
    return join(this.#parts);
  }

  /** As one WebSocket frame; `undefined` for one that isn't kept in one piece. */
  get frame(): Buffer | undefined {
    if (this.#frame === undefined && this.#isKept) this.#frame = textFrame(this.json());
    return this.#frame;
  }

  /** As WebSocket frames, to be written one after the other. */
  frames(): Iterable<Buffer> {
    return fragments(piecesOf(this.#parts));
  }

  /** As a compressed WebSocket frame, once `deflate` has made it. */
  get deflatedFrame(): Buffer | undefined {
    return this.#deflated.bytes;
  }

  /**
   * Has the compressed frame made in its turn, and the waiter told.
   * @returns whether there is room for that; else the message is to be sent as it is
   */
  deflate(compressions: Compressions, waiter: Waiter): boolean {
    return this.#deflated.ask(compressions, waiter);
  }

  /** As a block of Server-Sent Events; `undefined` for one that isn't kept in one piece. */
  get event(): Buffer | undefined {
    if (this.#event === undefined && this.#isKept) this.#event = Buffer.concat([...this.eventPieces()]);
    return this.#event;
  }

  /** The same in pieces, to be written one after the other. */
  *eventPieces(): Generator<Buffer> {
    const { type, epoch, seq } = this.#head;
    yield Buffer.from(`id: ${subjectOf(this.#head)}:${epoch}:${seq}\nevent: ${type}\ndata: `);
    for (const piece of piecesOf(this.#parts)) yield onOneLine(piece);
    yield Buffer.from('\n\n');
  }

  /** Bytes that its forms may come to hold. */
  get weight(): number {
    const forms = this.#isKept ? 2 * this.#bytes : 0;
    return forms + this.#bytes / DEFLATE_RATIO + BYTES_PER_PART * this.#parts.length;
  }

  get #isKept(): boolean {
    return this.#parts.length === 1 || this.#bytes <= PIECE_BYTES || this.#clients() >= MANY_CLIENTS;
  }
}

/** A message as it was published. */
export class WholeMessage extends Message {
  readonly content: Content;

  constructor(head: TopicHead, content: Content) {
    super({ head, parts: [content.json], clients: () => Infinity, isForAll: true });
    this.content = content;
  }
}

/** Records get smaller by more than that. */
const DEFLATE_RATIO = 4;
const BYTES_PER_PART = 8;
const LINE_FEED = '\n'.charCodeAt(0);
const CARRIAGE_RETURN = '\r'.charCodeAt(0);
const SPACE = ' '.charCodeAt(0);

/** Line breaks are only white space in JSON, but would end the data of an event. */
function onOneLine(json: Buffer): Buffer {
  if (!json.includes(LINE_FEED) && !json.includes(CARRIAGE_RETURN)) return json;
  return Buffer.from(json.map((byte) => (byte === LINE_FEED || byte === CARRIAGE_RETURN ? SPACE : byte)));
}
