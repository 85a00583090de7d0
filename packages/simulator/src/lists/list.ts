import type { World } from '../world/model.ts';
import { encode, type JsonBytes } from './json-bytes.ts';

/** One of the API's lists, in the shape of one MediaMTX version. */
export interface List {
  /** How many items there are. */
  readonly count: (world: World) => number;
  /** Writes the items from `start` up to `end`, as they are at a monotonic time in ms, with commas between. */
  readonly write: (world: World, nowMs: number, start: number, end: number, out: JsonBytes) => void;
}

/** How a list is made. */
export interface ListParts<Row extends object> {
  /** What in the world it lists, in order. */
  readonly rows: (world: World) => readonly Row[];
  /** The first part of an item's JSON: all that stays as long as the row does. Made once and kept. */
  readonly fixed: (row: Row) => string;
  /** Writes the rest of it: the numbers that move, without the closing brace. */
  readonly moving: (row: Row, nowMs: number, out: JsonBytes) => void;
}

const COMMA = encode(',');
const CLOSE = encode('}');

/** Makes a list. Only the items asked for are written. */
export function defineList<Row extends object>({ rows, fixed, moving }: ListParts<Row>): List {
  const kept = new WeakMap<Row, Uint8Array>();
  const fixedOnce = (row: Row): Uint8Array => {
    const known = kept.get(row);
    if (known !== undefined) return known;
    const bytes = encode(fixed(row));
    kept.set(row, bytes);
    return bytes;
  };
  return {
    count: (world) => rows(world).length,
    write: (world, nowMs, start, end, out) => {
      for (const [index, row] of rows(world).slice(start, end).entries()) {
        if (index > 0) out.bytes(COMMA);
        out.bytes(fixedOnce(row));
        moving(row, nowMs, out);
        out.bytes(CLOSE);
      }
    },
  };
}
