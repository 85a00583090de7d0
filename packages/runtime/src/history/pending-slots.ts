import type { HistoryAggregate } from './aggregate.ts';
import type { SlotCodec } from './slots.ts';

/** Slots one after the other that wait to be written. */
export interface SlotRun {
  /** Number of the first: its Unix time in its own length. */
  readonly slot: number;
  readonly bytes: Uint8Array;
}

/** Closed slots of one subject in one tier, until they are stored; of more than there is room for, the newest. */
export class PendingSlots {
  readonly #codec: SlotCodec;
  readonly #bytes: Uint8Array;
  readonly #capacity: number;
  /** Number of the slot that stands first in the bytes. */
  #first = 0;
  /** Those that someone may have written before us: what stands in Redis is to be joined with them. */
  readonly #partial = new Set<number>();
  #count = 0;

  constructor(codec: SlotCodec, capacity: number) {
    this.#codec = codec;
    this.#capacity = capacity;
    this.#bytes = new Uint8Array(capacity * codec.slotBytes);
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  get partial(): readonly number[] {
    return [...this.#partial];
  }

  /** Numbers of all slots that wait. */
  get slots(): readonly number[] {
    return Array.from({ length: this.#capacity }, (_, place) => this.#first + place).filter((slot) =>
      this.#isKnown(slot),
    );
  }

  /** Whether more is known of a slot than of the one that is stored. */
  knowsMore(slot: number, stored: Uint8Array): boolean {
    return this.#codec.knownOf(this.#bytes, this.#offsetOf(slot)) > this.#codec.knownOf(stored, 0);
  }

  put(slot: number, aggregate: HistoryAggregate, isPartial: boolean): void {
    if (aggregate.seconds === 0) return;
    this.#makeRoomFor(slot);
    if (!this.#isKnown(slot)) this.#count += 1;
    this.#codec.encode(aggregate, this.#bytes, this.#offsetOf(slot));
    if (isPartial) this.#partial.add(slot);
  }

  /** Joins a slot with what is stored of it already. */
  join(slot: number, stored: Uint8Array): void {
    this.#partial.delete(slot);
    if (!this.#isKnown(slot)) return;
    const { fields } = this.#codec;
    const all = fields.map((_, place) => place);
    const aggregate = this.#codec.blank();
    this.#codec.addTo(aggregate, stored, 0, all);
    this.#codec.addTo(aggregate, this.#bytes, this.#offsetOf(slot), all);
    this.#codec.encode(aggregate, this.#bytes, this.#offsetOf(slot));
  }

  /** What is there of the slots from `from` up to `to`, without gaps, and none across a multiple of `perKey`. */
  runs(perKey: number): SlotRun[] {
    const runs: SlotRun[] = [];
    const { slotBytes } = this.#codec;
    const end = this.#first + this.#capacity;
    for (let slot = this.#first; slot < end; slot += 1) {
      if (!this.#isKnown(slot)) continue;
      const start = slot;
      do slot += 1;
      while (slot < end && slot % perKey !== 0 && this.#isKnown(slot));
      const bytes = this.#bytes.slice(
        this.#offsetOf(start),
        this.#offsetOf(start) + (slot - start) * slotBytes,
      );
      runs.push({ slot: start, bytes });
      slot -= 1;
    }
    return runs;
  }

  /** Forgets slots from `from` up to `to`. */
  remove(from: number, to: number): void {
    for (
      let slot = Math.max(from, this.#first);
      slot < Math.min(to, this.#first + this.#capacity);
      slot += 1
    ) {
      if (this.#isKnown(slot)) this.#count -= 1;
      this.#partial.delete(slot);
      const offset = this.#offsetOf(slot);
      this.#bytes.fill(0, offset, offset + this.#codec.slotBytes);
    }
  }

  #isKnown(slot: number): boolean {
    return this.#codec.isKnown(this.#bytes, this.#offsetOf(slot));
  }

  #offsetOf(slot: number): number {
    return (slot - this.#first) * this.#codec.slotBytes;
  }

  /** Moves what is there, so that `slot` has a place; what then has none any more is lost. */
  #makeRoomFor(slot: number): void {
    const last = this.#first + this.#capacity - 1;
    if (slot >= this.#first && slot <= last) return;
    const first = this.isEmpty || slot < this.#first ? slot : slot - this.#capacity + 1;
    const { slotBytes } = this.#codec;
    if (first > this.#first) this.remove(this.#first, first);
    else this.remove(first + this.#capacity, this.#first + this.#capacity);
    const moved = (this.#first - first) * slotBytes;
    if (Math.abs(moved) < this.#bytes.length) {
      if (moved < 0) this.#bytes.copyWithin(0, -moved);
      else this.#bytes.copyWithin(moved, 0);
      if (moved < 0) this.#bytes.fill(0, this.#bytes.length + moved);
      else this.#bytes.fill(0, 0, moved);
    }
    this.#first = first;
  }
}
