import type { MemberNames } from '../versions/version.ts';
import type { World } from '../world/model.ts';
import { encode, type JsonBytes } from './json-bytes.ts';
import type { NumberForm } from './numbers.ts';

/** One of the API's lists, in the shape of one MediaMTX version. */
export interface SimulatedList {
  /** How many items there are. */
  readonly count: (world: World) => number;
  /** Writes the items from `start` up to `end`, as they are at a monotonic time in ms, with commas between. */
  readonly write: (world: World, nowMs: number, start: number, end: number, out: JsonBytes) => void;
}

/** JSON of the members that aren't numbers, by name. */
export type RowTexts<Row> = Readonly<Record<string, (row: Row, nowMs: number) => string>>;

/** What a list holds, whatever the version. */
export interface ListParts<Row extends object> {
  /** What in the world it lists, in order. */
  readonly rows: (world: World) => readonly Row[];
  /** They stay as long as the row does and `stamp` stays. Made once and kept. */
  readonly texts: RowTexts<Row>;
  readonly numbers: NumberForm<Row>;
  /** When it changes, texts are made anew; by default never. */
  readonly stamp?: (row: Row, nowMs: number) => number;
}

/** What of an item is kept: all before its numbers, and all after them. */
interface KeptTexts {
  readonly stamp: number;
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

const COMMA = encode(',');
const CLOSE = encode('}');

/**
 * Makes a list whose items have the given members in the given order, all numbers in one block. Only the
 * items asked for are written.
 */
export function defineList<Row extends object>(members: MemberNames, parts: ListParts<Row>): SimulatedList {
  const { rows, texts, numbers, stamp = () => 0 } = parts;
  const isNumber = (name: string): boolean => !Object.hasOwn(texts, name);
  const first = members.findIndex(isNumber);
  const end = members.findLastIndex(isNumber) + 1;
  const writeHead = textWriter(members.slice(0, first), texts);
  const writeTail = textWriter(members.slice(end), texts);
  const writeNumbers = numbers(members.slice(first, end));
  const keep = (row: Row, nowMs: number): KeptTexts => {
    const tail = writeTail(row, nowMs);
    return {
      stamp: stamp(row, nowMs),
      head: encode(`{${writeHead(row, nowMs)},`),
      tail: tail === '' ? CLOSE : encode(`,${tail}}`),
    };
  };
  const kept = new WeakMap<Row, KeptTexts>();
  const textsOf = (row: Row, nowMs: number): KeptTexts => {
    const known = kept.get(row);
    if (known?.stamp === stamp(row, nowMs)) return known;
    const made = keep(row, nowMs);
    kept.set(row, made);
    return made;
  };
  return {
    count: (world) => rows(world).length,
    write: (world, nowMs, from, until, out) => {
      for (const [index, row] of rows(world).slice(from, until).entries()) {
        if (index > 0) out.bytes(COMMA);
        const { head, tail } = textsOf(row, nowMs);
        out.bytes(head);
        writeNumbers(row, nowMs, out);
        out.bytes(tail);
      }
    },
  };
}

function textWriter<Row>(members: MemberNames, texts: RowTexts<Row>): (row: Row, nowMs: number) => string {
  const parts = members.flatMap((name) => {
    const text = texts[name];
    return text === undefined ? [] : [{ name, text }];
  });
  return (row, nowMs) => parts.map(({ name, text }) => `"${name}":${text(row, nowMs)}`).join(',');
}
