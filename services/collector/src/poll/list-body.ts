import type { Limits } from './budget.ts';
import { InvalidAnswerError } from './failures.ts';

/** Told what a body holds, while it comes in and before that is parsed. May throw, which ends the reading. */
export type Spend = (kind: keyof Limits, amount: number) => void;

/** A body taken apart. */
export interface ListBody {
  /** The JSON text without what stands in `items`. */
  readonly head: string;
  /** What stands in `items`; `null` when there is no such list. */
  readonly items: readonly unknown[] | null;
}

/** Takes a body apart while it comes in. */
export interface BodyReader {
  /** @throws {InvalidAnswerError} as soon as the body can't be what MediaMTX sends; and whatever `spend` throws */
  readonly take: (chunk: Buffer) => void;
  /** After the last chunk. */
  readonly end: () => ListBody;
}

/** MediaMTX's head has three members, its records go down four levels. */
const MAX_HEAD_BYTES = 4_096;
const MAX_DEPTH = 32;
/** The longest record is a path with all its readers: room for 200,000. */
const MAX_ITEM_BYTES = 16 * 1024 * 1024;
const ITEMS_BEGIN = /"items"\s*:\s*\[$/;
const ITEMS_BEGIN_BYTES = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
/** What the bytes outside of texts mean. */
const PLAIN = 0;
const TEXT = 1;
const NEXT = 2;
const OPEN = 3;
const CLOSE = 4;
const MEANING = new Uint8Array(256);
MEANING[QUOTE] = TEXT;
MEANING[0x2c] = NEXT;
MEANING[OPEN_LIST] = OPEN;
MEANING[0x7b] = OPEN;
MEANING[0x5d] = CLOSE;
MEANING[0x7d] = CLOSE;

/**
 * Reads `{"itemCount":…,"pageCount":…,"items":[…]}`. Items are parsed as they come in, some dozens of kilobytes at a
 * time: a list of any size never holds up the process, nor stands in memory as text. Before anything is parsed, it is
 * counted how many values it has and how deep they go, since a few bytes of JSON can become many of memory.
 * @param hasItems whether there are items in it at all
 */
export function createBodyReader(hasItems: boolean, spend: Spend): BodyReader {
  const items: unknown[] = [];
  let state: 'before items' | 'items' | 'after items' = 'before items';
  let head = '';
  /** The beginning of an item whose end is still to come, and of the text before it. */
  let carried: Buffer[] = [];
  let carriedBytes = 0;
  let inText = false;
  let isEscaped = false;
  let depth = 0;

  function addToHead(part: Buffer): void {
    head += part.toString('latin1');
    if (head.length > MAX_HEAD_BYTES) {
      throw new InvalidAnswerError(`over ${MAX_HEAD_BYTES} bytes beside its items`);
    }
  }

  function carry(part: Buffer): void {
    if (part.length === 0) return;
    carried.push(part);
    carriedBytes += part.length;
    if (carriedBytes > MAX_ITEM_BYTES) {
      throw new InvalidAnswerError(`it has a record of over ${MAX_ITEM_BYTES} bytes`);
    }
  }

  /** Parses whole items, with commas in between. */
  function parseItems(isLast: boolean): void {
    const text = Buffer.concat(carried, carriedBytes).toString('utf8');
    carried = [];
    carriedBytes = 0;
    const isEmpty = text.trim() === '';
    // Nothing may stand between brackets, but not beside a comma.
    if (isEmpty && isLast && items.length === 0) return;
    const batch = isEmpty ? null : parsed(`[${text}]`);
    if (!Array.isArray(batch)) throw new InvalidAnswerError('not JSON');
    spend('records', batch.length);
    for (const item of batch as unknown[]) items.push(item);
  }

  return {
    take: (chunk) => {
      spend('bytes', chunk.length);
      const { length } = chunk;
      let at = isEscaped ? 1 : 0;
      /** Where what isn't kept yet begins. */
      let from = 0;
      /** Where the last whole item of this chunk ends, with its comma. */
      let whole = 0;
      let values = 0;
      while (at < length) {
        if (inText) {
          let byte = chunk[at];
          while (byte !== QUOTE && byte !== BACKSLASH && ++at < length) byte = chunk[at];
          if (at >= length) break;
          if (byte === QUOTE) inText = false;
          at += byte === QUOTE ? 1 : 2;
          continue;
        }
        const byte = chunk[at] ?? 0;
        const meaning = MEANING[byte];
        at += 1;
        if (meaning === PLAIN) continue;
        if (meaning === TEXT) {
          inText = true;
        } else if (meaning === NEXT) {
          values += 1;
          if (depth === 2 && state === 'items') whole = at;
        } else if (meaning === OPEN) {
          values += 1;
          depth += 1;
          if (depth > MAX_DEPTH) throw new InvalidAnswerError(`it is over ${MAX_DEPTH} levels deep`);
          if (depth === 2 && byte === OPEN_LIST && state === 'before items') {
            addToHead(chunk.subarray(from, at));
            from = at;
            if (hasItems && ITEMS_BEGIN.test(head.slice(-ITEMS_BEGIN_BYTES))) state = 'items';
          }
        } else {
          depth -= 1;
          if (depth === 1 && state === 'items') {
            spend('values', values);
            values = 0;
            carry(chunk.subarray(from, at - 1));
            parseItems(true);
            from = at - 1;
            state = 'after items';
          }
        }
      }
      isEscaped = at > length;
      spend('values', values);
      if (state !== 'items') {
        addToHead(chunk.subarray(from));
        return;
      }
      if (whole > from) {
        carry(chunk.subarray(from, whole - 1));
        parseItems(false);
        from = whole;
      }
      carry(chunk.subarray(from));
    },
    end: () => ({
      head: Buffer.from(head, 'latin1').toString('utf8'),
      items: state === 'before items' ? null : items,
    }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidAnswerError('not JSON');
  }
}
