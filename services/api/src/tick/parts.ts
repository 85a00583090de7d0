import { messageOpening, type SnapshotTopic } from '@mediamtx-monitor/types';

/** Length in bytes up to which parts are joined to one piece. A part that is longer is a piece of its own. */
export const PIECE_BYTES = 65_536;

export const COMMA = ',';
const OPEN = Buffer.from('[');
const CLOSE = Buffer.from(']');
const END = Buffer.from('}');
const SPACE = ' '.charCodeAt(0);

/** Parts of a message's JSON, so that a large array is never turned into a string or copied. */
export function messageParts(topic: SnapshotTopic, headJson: Buffer, array: readonly Buffer[]): Buffer[] {
  return [Buffer.from(messageOpening(topic, headJson.toString())), ...array, END];
}

/**
 * Parts of a JSON array.
 * @param elements JSON of its elements in parts, with a comma before each element
 */
export function arrayParts(elements: readonly Buffer[]): Buffer[] {
  const [first, ...others] = elements;
  return first === undefined ? [OPEN, CLOSE] : [OPEN, first.subarray(COMMA.length), ...others, CLOSE];
}

/** Joins JSON arrays to one, as bytes. A single one is passed on as it is. */
export function joinArrays(arrays: readonly Buffer[]): Buffer {
  if (arrays.length === 1) return join(arrays);
  const filled = arrays.map(inside).filter((records) => records.some((byte) => byte > SPACE));
  return join(arrayParts(filled.flatMap((records) => [Buffer.from(COMMA), records])));
}

function inside(array: Buffer): Buffer {
  return array.subarray(array.indexOf(OPEN) + 1, array.lastIndexOf(CLOSE));
}

/** One buffer of some; a single one as it is. */
export function join(parts: readonly Buffer[]): Buffer {
  const [first] = parts;
  return first !== undefined && parts.length === 1 ? first : Buffer.concat(parts);
}

/** Joins parts to pieces, each when it is asked for: whoever takes them slowly holds one at a time. */
export function* piecesOf(parts: Iterable<Buffer>): Generator<Buffer> {
  let joined: Buffer[] = [];
  let bytes = 0;
  for (const part of parts) {
    if (bytes > 0 && bytes + part.length > PIECE_BYTES) {
      yield join(joined);
      joined = [];
      bytes = 0;
    }
    joined.push(part);
    bytes += part.length;
  }
  yield join(joined);
}
