import { HISTORY, type HistoryKind } from '@mediamtx-monitor/types';
import type { HistorySink } from './aggregate.ts';

const FORMAT_VERSION = 1;
const HEAD_BYTES = 8;
const BLOCK_HEAD_BYTES = 16;
const VALUE_BYTES = 4;

/** What was seen of some subjects in one tick. */
export interface HistoryTick {
  /** Unix time in ms, by Redis's clock. */
  readonly atMs: number;
  /** For how many seconds it stands. */
  readonly seconds: number;
  /** In ascending order of their code units; `['']` where there is only one, without a name. */
  readonly names: readonly string[];
  /** State and health of each, 0 = unknown. */
  readonly statuses: Uint8Array;
  /** All fields of the first, then all of the second, …; NaN = unknown. */
  readonly values: Float32Array;
}

/** Number of fields of a kind of subject. */
export const fieldsOf = (kind: HistoryKind): number => Object.keys(HISTORY[kind].fields).length;

/**
 * Puts ticks of about the same subjects into one string, tick by tick: a head, the names unless they are those of the
 * tick before, statuses, values. Little-endian, numbers aligned, so that a reader needs nothing but views. Several such
 * strings in a row are read as one.
 */
export function encodeTicks(kind: HistoryKind, ticks: readonly HistoryTick[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const head = new DataView(new ArrayBuffer(HEAD_BYTES));
  head.setUint8(0, FORMAT_VERSION);
  head.setUint8(1, fieldsOf(kind));
  head.setUint16(2, ticks.length, true);
  parts.push(new Uint8Array(head.buffer));
  let before: readonly string[] | undefined;
  for (const { atMs, seconds, names, statuses, values } of ticks) {
    const table = isSameList(names, before) ? null : aligned(nameTable(names));
    before = names;
    const block = new DataView(new ArrayBuffer(BLOCK_HEAD_BYTES));
    block.setFloat64(0, atMs, true);
    block.setFloat32(8, seconds, true);
    block.setUint32(12, table === null ? 0 : table.length, true);
    parts.push(new Uint8Array(block.buffer));
    if (table !== null) parts.push(table);
    parts.push(aligned(statuses), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return joined(parts);
}

/** The ticks of each part of their subjects, in the order of parts; those in which there is none of a part are left out. */
export function splitTicks(
  ticks: readonly HistoryTick[],
  fields: number,
  parts: number,
  partOf: (name: string) => number,
): readonly (readonly HistoryTick[])[] {
  const split = Array.from({ length: parts }, (): HistoryTick[] => []);
  for (const tick of ticks) {
    const places = split.map((): number[] => []);
    tick.names.forEach((name, place) => places[partOf(name)]?.push(place));
    split.forEach((taken, part) => {
      const some = places[part] ?? [];
      if (some.length > 0) taken.push(tickWith(tick, fields, some));
    });
  }
  return split;
}

/** A tick with some of its subjects only, by their places. */
function tickWith(tick: HistoryTick, fields: number, places: readonly number[]): HistoryTick {
  const values = new Float32Array(places.length * fields);
  places.forEach((place, to) => {
    values.set(tick.values.subarray(place * fields, (place + 1) * fields), to * fields);
  });
  return {
    ...tick,
    names: places.map((place) => tick.names[place] ?? ''),
    statuses: Uint8Array.from(places, (place) => tick.statuses[place] ?? 0),
    values,
  };
}

function isSameList(names: readonly string[], before: readonly string[] | undefined): boolean {
  return (
    names === before || (names.length === before?.length && names.every((name, at) => name === before[at]))
  );
}

/** Number of names, where each ends, and then all of them. */
function nameTable(names: readonly string[]): Uint8Array {
  const encoder = new TextEncoder();
  const texts = names.map((name) => encoder.encode(name));
  const ends = new DataView(new ArrayBuffer(4 * (names.length + 1)));
  ends.setUint32(0, names.length, true);
  let end = 0;
  texts.forEach((text, place) => {
    end += text.length;
    ends.setUint32(4 * (place + 1), end, true);
  });
  return joined([new Uint8Array(ends.buffer), ...texts]);
}

/** The same with zeros behind it, so that what follows can be read as numbers of 4 bytes. */
function aligned(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(alignedLength(bytes.length));
  padded.set(bytes);
  return padded;
}

function alignedLength(bytes: number): number {
  return Math.ceil(bytes / VALUE_BYTES) * VALUE_BYTES;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Names as they stand in a table. */
class NameTable {
  readonly count: number;
  readonly #ends: DataView;
  readonly #texts: Uint8Array;
  #all: readonly string[] | undefined;

  /** @throws {RangeError} when it is shorter than its number of names says */
  constructor(table: Uint8Array) {
    this.#ends = viewOf(table);
    this.count = this.#ends.getUint32(0, true);
    const endsBytes = 4 * (this.count + 1);
    if (endsBytes > table.length) throw new RangeError('it has fewer names than it says');
    this.#texts = table.subarray(endsBytes);
  }

  /** In order; made when they are first asked for. */
  get all(): readonly string[] {
    this.#all ??= Array.from({ length: this.count }, (_, place) => this.#nameAt(place));
    return this.#all;
  }

  /** Place of a name; -1 where it isn't there. */
  placeOf(name: string): number {
    let [low, high] = [0, this.count - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.#nameAt(middle);
      if (found === name) return middle;
      if (found < name) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  #nameAt(place: number): string {
    const start = place === 0 ? 0 : this.#ends.getUint32(4 * place, true);
    return new TextDecoder().decode(this.#texts.subarray(start, this.#ends.getUint32(4 * (place + 1), true)));
  }
}

/** A tick in a string of them. */
interface RecentTick {
  readonly atMs: number;
  readonly seconds: number;
  readonly names: NameTable;
  readonly statuses: Uint8Array;
  readonly values: Float32Array;
}

/** Ticks that were read. */
export class RecentTicks {
  readonly bytes: number;
  readonly #fields: number;
  readonly #ticks: readonly RecentTick[];

  /** @throws {RangeError} when this is no such string */
  constructor(kind: HistoryKind, bytes: Uint8Array) {
    this.bytes = bytes.length;
    this.#fields = fieldsOf(kind);
    this.#ticks = readTicks(bytes, this.#fields);
  }

  /** All of them. */
  *all(): Generator<HistoryTick> {
    for (const { atMs, seconds, names, statuses, values } of this.#ticks) {
      yield { atMs, seconds, names: names.all, statuses, values };
    }
  }

  /** Calls back for each tick in which something is known of a subject. */
  each(name: string, visit: (tick: TickOfSubject) => void): void {
    for (const { atMs, seconds, names, statuses, values } of this.#ticks) {
      const place = names.placeOf(name);
      const status = statuses[place] ?? 0;
      if (status === 0) continue;
      const first = place * this.#fields;
      visit({ atMs, seconds, status, values: values.subarray(first, first + this.#fields) });
    }
  }
}

/** Ticks that were read; `null` for what isn't ours. */
export function parseRecentTicks(kind: HistoryKind, bytes: Uint8Array): RecentTicks | null {
  try {
    return new RecentTicks(kind, bytes);
  } catch {
    return null;
  }
}

/** What was seen of one subject in a tick. */
export interface TickOfSubject {
  readonly atMs: number;
  readonly seconds: number;
  readonly status: number;
  /** By field; NaN = unknown. */
  readonly values: Float32Array;
}

/** Adds a tick to what is known. */
export function addTick(sink: HistorySink, { status, seconds, values }: TickOfSubject): void {
  sink.addStatus(status, seconds);
  for (let field = 0; field < values.length; field += 1) {
    const value = values[field] ?? NaN;
    if (!Number.isNaN(value)) sink.addValue(field, seconds, value);
  }
}

function readTicks(raw: Uint8Array, fields: number): RecentTick[] {
  // Copied, so that numbers begin where views can read them. (slice() of a Buffer copies nothing.)
  const bytes = new Uint8Array(raw);
  const ticks: RecentTick[] = [];
  let at = 0;
  const take = (length: number): Uint8Array => {
    const taken = bytes.subarray(at, at + length);
    if (taken.length < length) throw new RangeError('it ends too early');
    at += length;
    return taken;
  };
  do {
    const head = viewOf(take(HEAD_BYTES));
    if (head.getUint8(0) !== FORMAT_VERSION || head.getUint8(1) !== fields)
      throw new RangeError('another format');
    let names: NameTable | undefined;
    for (let left = head.getUint16(2, true); left > 0; left -= 1) {
      const tick = readTick(take, fields, names);
      ({ names } = tick);
      ticks.push(tick);
    }
  } while (at < bytes.length);
  return ticks;
}

/** @param before names of the tick before, which a tick may go on with */
function readTick(
  take: (length: number) => Uint8Array,
  fields: number,
  before: NameTable | undefined,
): RecentTick {
  const head = viewOf(take(BLOCK_HEAD_BYTES));
  const tableBytes = head.getUint32(12, true);
  const names = tableBytes > 0 ? new NameTable(take(tableBytes)) : before;
  if (names === undefined) throw new RangeError('it has no names');
  const { count } = names;
  const statuses = take(alignedLength(count)).subarray(0, count);
  const block = take(count * fields * VALUE_BYTES);
  const values = new Float32Array(block.buffer, block.byteOffset, count * fields);
  return { atMs: head.getFloat64(0, true), seconds: head.getFloat32(8, true), names, statuses, values };
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
