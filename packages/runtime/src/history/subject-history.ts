import { HISTORY_TIERS, type HistoryKind, type HistoryTier } from '@mediamtx-monitor/types';
import type { HistoryAggregate } from './aggregate.ts';
import { PendingSlots } from './pending-slots.ts';
import { SLOT_CODECS, type SlotCodec } from './slots.ts';

const MS_PER_SECOND = 1_000;
/** What can't be stored is kept for so long. */
const KEPT_SECONDS = 1_800;

/** A slot that is being filled. */
class OpenSlot {
  readonly aggregate: HistoryAggregate;
  readonly pending: PendingSlots;
  readonly #slotMs: number;
  /** Number of the slot; -1 = none. */
  #slot = -1;
  /** The newest that was closed: whatever is not after it may stand in Redis already. */
  #newest = Infinity;

  constructor(codec: SlotCodec) {
    this.aggregate = codec.blank();
    this.#slotMs = codec.slotSeconds * MS_PER_SECOND;
    this.pending = new PendingSlots(codec, KEPT_SECONDS / codec.slotSeconds);
  }

  /** Whether the slot that is open is another than that of this time. */
  isPast(atMs: number): boolean {
    return this.#slot !== this.#slotOf(atMs);
  }

  /** Closes the slot that is open, so that it is to be stored. */
  close(): void {
    if (this.#slot < 0) return;
    this.pending.put(this.#slot, this.aggregate, this.#slot <= this.#newest);
    this.#newest = this.#newest === Infinity ? this.#slot : Math.max(this.#newest, this.#slot);
    this.aggregate.clear();
    this.#slot = -1;
  }

  open(atMs: number): void {
    this.#slot = this.#slotOf(atMs);
  }

  #slotOf(atMs: number): number {
    return Math.floor(atMs / this.#slotMs);
  }
}

/** The history of one subject that isn't stored yet: ticks become slots of 30 s, and those slots of 5 minutes. Pure state. */
export class SubjectHistory {
  readonly #fine: OpenSlot;
  readonly #coarse: OpenSlot;
  /** Monotonic time in ms at which it is to be stored. */
  dueAtMs: number;
  /** Monotonic time in ms at which something was seen of it last. */
  seenAtMs = 0;

  constructor(kind: HistoryKind, dueAtMs: number) {
    this.#fine = new OpenSlot(SLOT_CODECS[kind]['30s']);
    this.#coarse = new OpenSlot(SLOT_CODECS[kind]['5m']);
    this.dueAtMs = dueAtMs;
  }

  /**
   * Takes in a tick.
   * @param atMs its Unix time by Redis's clock
   * @param seconds for how long it stands
   * @param values of `fields` numbers from `first` on; NaN = unknown
   */
  add(
    atMs: number,
    seconds: number,
    status: number,
    values: Float32Array,
    first: number,
    fields: number,
  ): void {
    this.#closePast(atMs);
    const { aggregate } = this.#fine;
    aggregate.addStatus(status, seconds);
    for (let field = 0; field < fields; field += 1) {
      const value = values[first + field] ?? NaN;
      if (value >= 0) aggregate.addValue(field, seconds, value);
    }
  }

  /** Closes slots that can't grow any more: all that this time isn't in. */
  closeBefore(atMs: number): void {
    if (this.#fine.isPast(atMs)) this.#closeFine();
    if (this.#coarse.isPast(atMs)) this.#coarse.close();
  }

  /** Closes all slots, however little of them is known. */
  closeAll(): void {
    this.#closeFine();
    this.#coarse.close();
  }

  pending(tier: HistoryTier): PendingSlots {
    return tier === '30s' ? this.#fine.pending : this.#coarse.pending;
  }

  /** Whether all that is known of it is stored. */
  get isStored(): boolean {
    return (
      this.#fine.pending.isEmpty &&
      this.#coarse.pending.isEmpty &&
      this.#fine.aggregate.seconds + this.#coarse.aggregate.seconds === 0
    );
  }

  /** Forgets slots that are later than now, as a clock that was set back leaves them, or too old to be kept. */
  removeOdd(nowMs: number): void {
    for (const tier of ['30s', '5m'] as const) {
      const { slotSeconds, keptSeconds } = HISTORY_TIERS[tier];
      const slot = Math.floor(nowMs / MS_PER_SECOND / slotSeconds);
      this.pending(tier).remove(slot + 1, Infinity);
      this.pending(tier).remove(0, slot - keptSeconds / slotSeconds);
    }
  }

  #closePast(atMs: number): void {
    if (this.#fine.isPast(atMs)) {
      this.#closeFine();
      this.#fine.open(atMs);
    }
    if (this.#coarse.isPast(atMs)) {
      this.#coarse.close();
      this.#coarse.open(atMs);
    }
  }

  #closeFine(): void {
    this.#coarse.aggregate.add(this.#fine.aggregate);
    this.#fine.close();
  }
}
