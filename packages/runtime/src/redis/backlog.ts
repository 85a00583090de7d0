/** An entry of a Redis stream, whose one field `json` is this text. */
export interface StreamAppend {
  /** Key of the stream. */
  readonly key: string;
  readonly json: string;
}

/** What is stored together or not at all. */
export interface OutboxEntry {
  /** What is appended to Redis streams; none = it only changes the baseline. */
  readonly appends: readonly StreamAppend[];
  /** Fields of the baseline that it sets; `null` removes one. */
  readonly baseline: Readonly<Record<string, string | null>>;
}

/** What was dropped of one Redis stream: how many entries, and the texts of the first and the last of them. */
export interface DroppedEntries {
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

/** Makes what takes the place of dropped entries, which come by the keys of their streams; `null` = nothing does. */
export type ReplaceDropped = (dropped: ReadonlyMap<string, DroppedEntries>) => StreamAppend | null;

/** How much may wait: entries, and bytes of their texts. */
export interface BacklogBounds {
  readonly entries: number;
  readonly bytes: number;
}

/** What is sent at once. */
export interface BatchContent {
  readonly appends: readonly StreamAppend[];
  readonly baseline: ReadonlyMap<string, string | null>;
}

export const BACKLOG_BOUNDS: BacklogBounds = { entries: 100_000, bytes: 64 * 1024 * 1024 };
/** A batch has at most so many entries, and of more than one no more bytes than that. */
const BATCH_BOUNDS: BacklogBounds = { entries: 1_000, bytes: 1024 * 1024 };
/** What is appended with a longer entry isn't kept. */
const MAX_ENTRY_BYTES = BATCH_BOUNDS.bytes;
/** So much of a bound is left after dropping, that not each further entry has the whole list moved. */
const LEFT = 0.99;

type Changes = Map<string, string | null>;
interface SizedEntry extends OutboxEntry {
  readonly bytes: number;
}

/**
 * What waits until Redis has taken it, in order. When it is too much, the oldest entries go and one that says so takes
 * their place; what they changed in the baseline is kept, one a field. Changes of the baseline alone come after all
 * entries, the newest of each field: they can't pile up.
 */
export class Backlog {
  readonly #bounds: BacklogBounds;
  readonly #replace: ReplaceDropped;
  /** Fields that the baseline has once all that was taken from here is stored. */
  #stored = new Set<string>();
  #dropped = new Map<string, DroppedEntries>();
  /** What the dropped entries changed. */
  #droppedChanges: Changes = new Map();
  #entries: SizedEntry[] = [];
  #entryBytes = 0;
  #changes: Changes = new Map();
  #droppedCount = 0;

  constructor(replace: ReplaceDropped, bounds = BACKLOG_BOUNDS) {
    this.#replace = replace;
    this.#bounds = bounds;
  }

  /** Entries that wait; dropped ones count as one. */
  get size(): number {
    return this.#entries.length + (this.#hasDropped ? 1 : 0);
  }

  /** Bytes of the texts of entries that wait. */
  get bytes(): number {
    return this.#entryBytes;
  }

  /** What was to be appended and was dropped, ever. */
  get droppedCount(): number {
    return this.#droppedCount;
  }

  add(entries: readonly OutboxEntry[]): void {
    for (const entry of entries) {
      if (entry.appends.length === 0) {
        for (const [field, value] of Object.entries(entry.baseline)) this.#changes.set(field, value);
        continue;
      }
      for (const field of Object.keys(entry.baseline)) this.#changes.delete(field);
      const sized = this.#bounded(entry);
      this.#entries.push(sized);
      this.#entryBytes += sized.bytes;
    }
    this.#shrink();
  }

  /** Takes out what is sent next; `null` when nothing waits. */
  take(): BatchContent | null {
    const appends: StreamAppend[] = [];
    const baseline: Changes = new Map();
    if (this.#hasDropped) {
      const replaced = this.#replace(this.#dropped);
      if (replaced !== null) appends.push(replaced);
      for (const [field, value] of this.#droppedChanges) baseline.set(field, value);
      this.#dropped = new Map();
      this.#droppedChanges = new Map();
    }
    let bytes = this.#takeEntries(appends, baseline);
    if (this.#entries.length === 0) {
      for (const [field, value] of this.#changes) {
        bytes += bytesOf(field, value);
        if (bytes > BATCH_BOUNDS.bytes && baseline.size > 0) break;
        baseline.set(field, value);
        this.#changes.delete(field);
      }
    }
    for (const [field, value] of baseline) {
      if (value === null) this.#stored.delete(field);
      else this.#stored.add(field);
    }
    return appends.length === 0 && baseline.size === 0 ? null : { appends, baseline };
  }

  /** Lets go of all that waits: what follows is made with a baseline that has these fields. */
  reset(fields: Iterable<string>): void {
    this.#stored = new Set(fields);
    this.#dropped = new Map();
    this.#droppedChanges = new Map();
    this.#entries = [];
    this.#entryBytes = 0;
    this.#changes = new Map();
  }

  get #hasDropped(): boolean {
    return this.#dropped.size > 0 || this.#droppedChanges.size > 0;
  }

  /** Moves the oldest entries into a batch; resolves with their bytes. */
  #takeEntries(appends: StreamAppend[], baseline: Changes): number {
    let count = 0;
    let bytes = 0;
    for (const entry of this.#entries) {
      if (count > 0 && (count === BATCH_BOUNDS.entries || bytes + entry.bytes > BATCH_BOUNDS.bytes)) break;
      appends.push(...entry.appends);
      for (const [field, value] of Object.entries(entry.baseline)) baseline.set(field, value);
      bytes += entry.bytes;
      count += 1;
    }
    this.#entries.splice(0, count);
    this.#entryBytes -= bytes;
    return bytes;
  }

  /** The entry; what an overlong one appends is dropped at once, in its place. */
  #bounded({ appends, baseline }: OutboxEntry): SizedEntry {
    const changeBytes = Object.entries(baseline).reduce((sum, change) => sum + bytesOf(...change), 0);
    const bytes = appends.reduce((sum, { json }) => sum + Buffer.byteLength(json), changeBytes);
    if (bytes <= MAX_ENTRY_BYTES) return { appends, baseline, bytes };
    const dropped = new Map<string, DroppedEntries>();
    this.#drop(appends, dropped);
    const replaced = this.#replace(dropped);
    return { appends: replaced === null ? [] : [replaced], baseline, bytes: changeBytes };
  }

  #shrink(): void {
    const { entries, bytes } = this.#bounds;
    if (this.#entries.length <= entries && this.#entryBytes <= bytes) return;
    let count = 0;
    for (const entry of this.#entries) {
      if (this.#entries.length - count <= entries * LEFT && this.#entryBytes <= bytes * LEFT) break;
      this.#entryBytes -= entry.bytes;
      this.#drop(entry.appends, this.#dropped);
      for (const [field, value] of Object.entries(entry.baseline)) {
        // A field that came and went meanwhile leaves nothing behind.
        if (value === null && !this.#stored.has(field)) this.#droppedChanges.delete(field);
        else this.#droppedChanges.set(field, value);
      }
      count += 1;
    }
    this.#entries.splice(0, count);
  }

  #drop(appends: readonly StreamAppend[], dropped: Map<string, DroppedEntries>): void {
    for (const { key, json } of appends) {
      const before = dropped.get(key) ?? { count: 0, first: json };
      dropped.set(key, { count: before.count + 1, first: before.first, last: json });
    }
    this.#droppedCount += appends.length;
  }
}

function bytesOf(field: string, value: string | null): number {
  return Buffer.byteLength(field) + (value === null ? 0 : Buffer.byteLength(value));
}
