import type { BudgetLimits } from './budget.ts';
import { InvalidAnswerError } from './invalid-answer.ts';

/** Told what a body holds, while it comes in and before that is parsed. May throw, which ends the reading. */
export type Spend = (kind: keyof BudgetLimits, amount: number) => void;

/** A body taken apart. */
export interface ListBody {
  /** The JSON text without what stands in `items`. */
  readonly head: string;
  /** What is kept of what stands in `items`; `null` when there is no such list. */
  readonly items: readonly unknown[] | null;
}

/** MediaMTX's head has three members, its records go down four levels. */
const MAX_HEAD_BYTES = 4_096;
/** A configured path is some 3 kB without what people write into it. */
export const MAX_OBJECT_BYTES = 64 * 1024;
const MAX_DEPTH = 32;
/** The longest record is a path with all its readers: room for 200,000. */
const MAX_ITEM_BYTES = 16 * 1024 * 1024;
/** A piece counts as so many bytes at least, since each costs something: bodies may come byte by byte. */
const MIN_PIECE_BYTES = 2_048;
/** Pieces of an item that are kept apart. */
const MAX_PIECES = 256;
const ITEMS_BEGIN = /"items"\s*:\s*\[$/;
const ITEMS_BEGIN_BYTES = 64;
const LIST_BEGINS = Buffer.from('[');
const LIST_ENDS = Buffer.from(']');

/** What a byte outside of texts is: 1 begins a text, 2 comes before the next value, 3 begins a list or object, 4 ends it. */
const MEANINGS = new Uint8Array(256);
for (const [meaning, characters] of ['', '"', ',', '[{', ']}'].entries()) {
  for (const byte of Buffer.from(characters)) MEANINGS[byte] = meaning;
}

/**
 * Takes `{"itemCount":…,"pageCount":…,"items":[…]}` apart while it comes in. Items are parsed as they come, some dozens of
 * kilobytes at a time: a list of any size never holds up the process, nor stands in memory as text. Before anything is
 * parsed, it is counted how many values it has and how deep they go, since a few bytes of JSON can become many of memory.
 */
export class ListBodyReader {
  readonly #hasItems: boolean;
  readonly #spend: Spend;
  readonly #read: (item: unknown) => unknown;
  readonly #maxHeadBytes: number;
  readonly #items: unknown[] = [];
  #place: 'before' | 'items' | 'behind' = 'before';
  #head = '';
  /** The beginning of an item whose end is still to come, and of the text before it. */
  #carried: Buffer[] = [];
  #carriedBytes = 0;
  #inText = false;
  #isEscaped = false;
  #depth = 0;

  /**
   * @param hasItems whether there are items in it at all
   * @param read makes of each item what is kept of it; all of it unless given
   * @param maxHeadBytes how much may stand beside the items
   */
  constructor(
    hasItems: boolean,
    spend: Spend,
    read: (item: unknown) => unknown = asItIs,
    maxHeadBytes: number = MAX_HEAD_BYTES,
  ) {
    this.#hasItems = hasItems;
    this.#spend = spend;
    this.#read = read;
    this.#maxHeadBytes = maxHeadBytes;
  }

  /**
   * Takes the next chunk; to be passed on as it is.
   * @throws {InvalidAnswerError} as soon as the body can't be what MediaMTX sends; and whatever `spend` throws
   */
  readonly take = (chunk: Buffer): void => {
    this.#spend('bytes', Math.max(chunk.length, MIN_PIECE_BYTES));
    const { length } = chunk;
    // This loop goes over every byte. What is declared out of it would take it twice as long, constants too.
    const meanings = MEANINGS;
    let [isText, level] = [this.#inText, this.#depth];
    let values = 0;
    let at = this.#isEscaped ? 1 : 0;
    /** Where what isn't kept yet begins. */
    let from = 0;
    /** Where the last whole item of this chunk ends, with its comma. */
    let whole = 0;
    while (at < length) {
      let byte = chunk[at] ?? 0;
      if (isText) {
        const quote = 0x22;
        const backslash = 0x5c;
        while (byte !== quote && byte !== backslash && ++at < length) byte = chunk[at] ?? 0;
        if (at >= length) break;
        isText = byte === backslash;
        at += isText ? 2 : 1;
        continue;
      }
      const meaning = meanings[byte];
      at += 1;
      if (meaning === 0) continue;
      if (meaning === 1) {
        isText = true;
      } else if (meaning === 2) {
        values += 1;
        if (level === 2 && this.#place === 'items') whole = at;
      } else if (meaning === 3) {
        values += 1;
        level += 1;
        if (level > MAX_DEPTH) throw new InvalidAnswerError('too-deep', { limit: MAX_DEPTH });
        if (level === 2 && this.#place === 'before' && this.#isItems(chunk, from, at)) {
          from = at;
          this.#place = 'items';
        }
      } else {
        level -= 1;
        if (level === 1 && this.#place === 'items') {
          this.#spend('values', values);
          values = 0;
          this.#carry(chunk.subarray(from, at - 1));
          this.#parseItems(true);
          from = at - 1;
          this.#place = 'behind';
        }
      }
    }
    this.#isEscaped = at > length;
    [this.#inText, this.#depth] = [isText, level];
    this.#spend('values', values);
    if (this.#place !== 'items') {
      this.#addToHead(chunk.subarray(from));
      return;
    }
    if (whole > from) {
      this.#carry(chunk.subarray(from, whole - 1));
      this.#parseItems(false);
      from = whole;
    }
    this.#carry(chunk.subarray(from));
  };

  /** After the last chunk. */
  end(): ListBody {
    return {
      head: Buffer.from(this.#head, 'latin1').toString('utf8'),
      items: this.#place === 'before' ? null : this.#items,
    };
  }

  #addToHead(part: Buffer): void {
    this.#head += part.toString('latin1');
    if (this.#head.length > this.#maxHeadBytes) {
      throw new InvalidAnswerError('head-too-long', { limit: this.#maxHeadBytes });
    }
  }

  /** Whether it is the items that begin before `at`; then all up to there is in the head. */
  #isItems(chunk: Buffer, from: number, at: number): boolean {
    const before = chunk.toString('latin1', Math.max(from, at - ITEMS_BEGIN_BYTES), at);
    const end = this.#head.slice(-ITEMS_BEGIN_BYTES) + before;
    if (!this.#hasItems || !ITEMS_BEGIN.test(end)) return false;
    this.#addToHead(chunk.subarray(from, at));
    return true;
  }

  #carry(part: Buffer): void {
    if (part.length === 0) return;
    if (this.#carried.length === MAX_PIECES)
      this.#carried = [Buffer.concat(this.#carried, this.#carriedBytes)];
    this.#carried.push(part);
    this.#carriedBytes += part.length;
    if (this.#carriedBytes > MAX_ITEM_BYTES) {
      throw new InvalidAnswerError('record-too-long', { limit: MAX_ITEM_BYTES });
    }
  }

  /** Parses whole items, with commas in between. */
  #parseItems(isLast: boolean): void {
    const batch = parsed(Buffer.concat([LIST_BEGINS, ...this.#carried, LIST_ENDS]).toString('utf8'));
    this.#carried = [];
    this.#carriedBytes = 0;
    if (!Array.isArray(batch)) throw new InvalidAnswerError('not-json');
    // Nothing may stand between brackets, but not beside a comma.
    if (batch.length === 0 && !(isLast && this.#items.length === 0)) throw new InvalidAnswerError('not-json');
    this.#spend('records', batch.length);
    for (const item of batch as unknown[]) this.#items.push(this.#read(item));
  }
}

/** Keeps an item as it came. */
export const asItIs = (item: unknown): unknown => item;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidAnswerError('not-json');
  }
}
