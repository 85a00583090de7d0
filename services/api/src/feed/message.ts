import { subjectOf, type TopicHead } from '@mediamtx-monitor/types';
import type { Content } from './content.ts';
import { deflatedTextFrame, textFrame } from './frame.ts';

/** A complete message in the forms that subscribers take; each is made when first asked for, and then kept. */
export class Message {
  readonly content: Content;
  readonly #head: TopicHead;
  readonly #awaiting = new Set<() => void>();
  #frame: Buffer | undefined;
  #deflatedFrame: Buffer | undefined;
  #event: Buffer | undefined;

  constructor(head: TopicHead, content: Content) {
    this.#head = head;
    this.content = content;
  }

  /** A WebSocket frame. */
  get frame(): Buffer {
    this.#frame ??= textFrame(this.content.json);
    return this.#frame;
  }

  /** A compressed WebSocket frame, once `deflate` has made it. */
  get deflatedFrame(): Buffer | undefined {
    return this.#deflatedFrame;
  }

  /**
   * Makes the compressed frame, once for all who ask before it is made.
   * @param onMade called once then, however often it was given
   */
  deflate(onMade: () => void): void {
    const isFirst = this.#awaiting.size === 0;
    this.#awaiting.add(onMade);
    if (isFirst) void this.#deflate();
  }

  async #deflate(): Promise<void> {
    // Without memory for compressing, the plain frame is legal in its place.
    this.#deflatedFrame = await deflatedTextFrame(this.content.json).catch(() => this.frame);
    for (const onMade of this.#awaiting) onMade();
    this.#awaiting.clear();
  }

  /** A block of Server-Sent Events. Line breaks are only white space in JSON, but would end the data here. */
  get event(): Buffer {
    const { type, epoch, seq } = this.#head;
    this.#event ??= Buffer.concat([
      Buffer.from(`id: ${subjectOf(this.#head)}:${epoch}:${seq}\nevent: ${type}\ndata: `),
      onOneLine(this.content.json),
      Buffer.from('\n\n'),
    ]);
    return this.#event;
  }
}

const LINE_FEED = '\n'.charCodeAt(0);
const CARRIAGE_RETURN = '\r'.charCodeAt(0);
const SPACE = ' '.charCodeAt(0);

function onOneLine(json: Buffer): Buffer {
  if (!json.includes(LINE_FEED) && !json.includes(CARRIAGE_RETURN)) return json;
  return Buffer.from(json.map((byte) => (byte === LINE_FEED || byte === CARRIAGE_RETURN ? SPACE : byte)));
}
