import {
  HISTORY,
  HISTORY_TIERS,
  type HistoryDeclaration,
  type HistoryKind,
  type HistoryStatistic,
  type HistoryTier,
} from '@mediamtx-monitor/types';
import { HistoryAggregate, type HistorySink } from './aggregate.ts';
import { ScaleCodec, UNKNOWN_CODE } from './scale.ts';

/** Stands in the last byte of a key, which is written first: Redis then makes room for all slots at once. */
export const SLOTS_VERSION = 1;
/** Bytes of a slot before its fields: status, and which part of the slot is known, in 240ths. */
const HEAD_BYTES = 2;
const WHOLE = 240;

/** A field in a slot. */
interface SlotField {
  readonly name: string;
  readonly scale: ScaleCodec;
  /** Where each statistic stands in a slot; the mean always does. */
  readonly offsets: Readonly<Partial<Record<HistoryStatistic, number>>>;
  /** Where each is read: what isn't kept is taken for the mean. */
  readonly meanAt: number;
  readonly minAt: number;
  readonly maxAt: number;
}

/**
 * The slots of one kind of subject in one tier, as they stand in Redis: an hour or a day of them in one string. A slot
 * that was never written is all zeros, and unknown.
 */
export class SlotCodec {
  readonly slotBytes: number;
  /** Length of a whole string. */
  readonly keyBytes: number;
  readonly slotSeconds: number;
  readonly fields: readonly SlotField[];

  constructor({ fields }: HistoryDeclaration, tier: HistoryTier) {
    const { slotSeconds, keySeconds } = HISTORY_TIERS[tier];
    let offset = HEAD_BYTES;
    this.fields = Object.entries(fields).map(([name, { scale, kept }]) => {
      const statistics = tier === '5m' ? kept : (['mean'] as const);
      const meanAt = offset;
      const offsets: SlotField['offsets'] = Object.fromEntries(
        statistics.map((statistic) => {
          offset += scale.bytes;
          return [statistic, offset - scale.bytes];
        }),
      );
      const { min: minAt = meanAt, max: maxAt = meanAt } = offsets;
      return { name, scale: new ScaleCodec(scale), offsets, meanAt, minAt, maxAt };
    });
    this.slotSeconds = slotSeconds;
    this.slotBytes = offset;
    this.keyBytes = (keySeconds / slotSeconds) * offset + 1;
  }

  /** Writes what is known of a slot; of what nothing is known, zeros. */
  encode(aggregate: HistoryAggregate, into: Uint8Array, at: number): void {
    into.fill(0, at, at + this.slotBytes);
    if (aggregate.seconds === 0) return;
    into[at] = aggregate.status;
    const share = Math.round((aggregate.seconds / this.slotSeconds) * WHOLE);
    into[at + 1] = Math.max(1, Math.min(WHOLE, share));
    this.fields.forEach(({ scale, offsets }, field) => {
      for (const statistic of ['mean', 'min', 'max'] as const) {
        const offset = offsets[statistic];
        if (offset === undefined) continue;
        const code = scale.encode(aggregate[statistic](field));
        if (scale.bytes === 2) into[at + offset] = code >> 8;
        into[at + offset + scale.bytes - 1] = code & 0xff;
      }
    });
  }

  /**
   * Adds a slot to what is known.
   * @param wanted places of the fields that are looked at
   */
  addTo(sink: HistorySink, bytes: Uint8Array, at: number, wanted: readonly number[]): void {
    const seconds = this.knownOf(bytes, at);
    if (seconds === 0) return;
    sink.addStatus(bytes[at] ?? 0, seconds);
    for (const field of wanted) {
      const slotField = this.fields[field];
      if (slotField === undefined) continue;
      const { scale, meanAt, minAt, maxAt } = slotField;
      const mean = scale.decode(codeAt(bytes, at + meanAt, scale.bytes));
      if (Number.isNaN(mean)) continue;
      const min = minAt === meanAt ? mean : scale.decode(codeAt(bytes, at + minAt, scale.bytes));
      const max = maxAt === meanAt ? mean : scale.decode(codeAt(bytes, at + maxAt, scale.bytes));
      sink.addValue(field, seconds, mean, min, max);
    }
  }

  /** Whether anything is known of a slot. */
  isKnown(bytes: Uint8Array, at: number): boolean {
    return this.knownOf(bytes, at) > 0;
  }

  /** The least difference between two such numbers of seconds. */
  get stepSeconds(): number {
    return this.slotSeconds / WHOLE;
  }

  /** For how many seconds of a slot something is known. */
  knownOf(bytes: Uint8Array, at: number): number {
    return ((bytes[at + 1] ?? 0) / WHOLE) * this.slotSeconds;
  }

  /** Whether this is a string of such slots, as far as its length and last byte say. */
  isOurs(bytes: Uint8Array): boolean {
    return bytes.length === this.keyBytes && bytes[bytes.length - 1] === SLOTS_VERSION;
  }

  /** Nothing, to add to. */
  blank(): HistoryAggregate {
    return new HistoryAggregate(this.fields.length);
  }
}

function codeAt(bytes: Uint8Array, at: number, width: 1 | 2): number {
  const first = bytes[at] ?? UNKNOWN_CODE;
  return width === 1 ? first : (first << 8) | (bytes[at + 1] ?? 0);
}

const codecsOf = (kind: HistoryKind): Readonly<Record<HistoryTier, SlotCodec>> => ({
  '30s': new SlotCodec(HISTORY[kind], '30s'),
  '5m': new SlotCodec(HISTORY[kind], '5m'),
});

/** How each kind of subject stands in Redis. */
export const SLOT_CODECS: Readonly<Record<HistoryKind, Readonly<Record<HistoryTier, SlotCodec>>>> = {
  stream: codecsOf('stream'),
  server: codecsOf('server'),
  host: codecsOf('host'),
};
