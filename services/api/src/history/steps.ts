import { rounded } from '@mediamtx-monitor/model';
import {
  addTick,
  healthOf,
  type HistorySink,
  type RecentTicks,
  SLOT_CODECS,
  stateOf,
  worseStatus,
} from '@mediamtx-monitor/runtime';
import {
  HISTORY,
  HISTORY_STATISTICS,
  type HistoryAnswer,
  type HistoryDeclaration,
  type HistoryNumbers,
  type HistoryStatistic,
  type HistoryTier,
  type HistoryWords,
} from '@mediamtx-monitor/types';
import type { HistoryQuestion } from '../http/history.ts';

const MS_PER_SECOND = 1_000;
const MEAN = ['mean'] as const;
/** What is answered is right to a ten-thousandth at most. */
const DECIMALS = 4;

/** The slots of an hour or day. */
export interface SlotKey {
  readonly startMs: number;
  readonly bytes: Uint8Array;
}

/** Ticks that no slot stands for yet; Unix times in ms. */
export interface OpenTicks {
  readonly fromMs: number;
  readonly isOpen: (atMs: number) => boolean;
}

export const EVERY_TICK: OpenTicks = { fromMs: 0, isOpen: () => true };

/** What is known of a field in each step. */
class FieldSteps {
  readonly #sums: Float64Array;
  readonly #weights: Float64Array;
  readonly #mins: Float64Array;
  readonly #maxs: Float64Array;

  constructor(steps: number) {
    this.#sums = new Float64Array(steps);
    this.#weights = new Float64Array(steps);
    this.#mins = new Float64Array(steps).fill(Infinity);
    this.#maxs = new Float64Array(steps).fill(-Infinity);
  }

  add(step: number, seconds: number, mean: number, min: number, max: number): void {
    this.#sums[step] = (this.#sums[step] ?? 0) + mean * seconds;
    this.#weights[step] = (this.#weights[step] ?? 0) + seconds;
    if (min < (this.#mins[step] ?? Infinity)) this.#mins[step] = min;
    if (max > (this.#maxs[step] ?? -Infinity)) this.#maxs[step] = max;
  }

  list(statistic: HistoryStatistic): (number | null)[] {
    const values = statistic === 'mean' ? this.#sums : statistic === 'min' ? this.#mins : this.#maxs;
    return Array.from(this.#weights, (weight, step) => {
      const value = values[step] ?? 0;
      return weight === 0 ? null : rounded(statistic === 'mean' ? value / weight : value, DECIMALS);
    });
  }
}

/** What is known of each step. What is added is added to the step that was chosen last. */
export class Steps implements HistorySink {
  readonly #question: HistoryQuestion;
  readonly #declaration: HistoryDeclaration;
  /** The fields that are asked for, by their places; others are left out. */
  readonly #fields: (FieldSteps | undefined)[];
  readonly #wanted: readonly number[];
  readonly #statuses: Uint8Array;
  #step = 0;

  constructor(question: HistoryQuestion) {
    const { subject, fields, fromMs, toMs, stepSeconds } = question;
    const count = (toMs - fromMs) / stepSeconds / MS_PER_SECOND;
    this.#question = question;
    this.#declaration = HISTORY[subject.kind];
    const names = Object.keys(this.#declaration.fields);
    this.#fields = names.map((name) => (fields.includes(name) ? new FieldSteps(count) : undefined));
    this.#wanted = names.flatMap((name, place) => (fields.includes(name) ? [place] : []));
    this.#statuses = new Uint8Array(count);
  }

  addStatus(status: number): void {
    this.#statuses[this.#step] = worseStatus(this.#statuses[this.#step] ?? 0, status);
  }

  addValue(field: number, seconds: number, mean: number, min = mean, max = mean): void {
    this.#fields[field]?.add(this.#step, seconds, mean, min, max);
  }

  /**
   * Adds slots, and says which ticks are to be added because their slots aren't known.
   * @param recentFromMs from when on ticks may be kept
   */
  addSlots(tier: HistoryTier, keys: readonly SlotKey[], recentFromMs: number): OpenTicks {
    const { subject, fromMs, toMs } = this.#question;
    const codec = SLOT_CODECS[subject.kind][tier];
    const { slotBytes, keyBytes } = codec;
    const slotMs = codec.slotSeconds * MS_PER_SECOND;
    const known = new Set<number>();
    for (const { startMs, bytes } of keys) {
      if (!codec.isOurs(bytes)) continue;
      const end = Math.min((keyBytes - 1) / slotBytes, Math.ceil((toMs - startMs) / slotMs));
      for (let place = Math.max(0, Math.floor((fromMs - startMs) / slotMs)); place < end; place += 1) {
        const at = place * slotBytes;
        if (!codec.isKnown(bytes, at)) continue;
        const atMs = startMs + place * slotMs;
        if (atMs + slotMs > recentFromMs) known.add(atMs);
        codec.addTo(this.#at(atMs), bytes, at, this.#wanted);
      }
    }
    let openFromMs = Math.floor(recentFromMs / slotMs) * slotMs;
    while (known.has(openFromMs)) openFromMs += slotMs;
    return { fromMs: openFromMs, isOpen: (atMs) => !known.has(Math.floor(atMs / slotMs) * slotMs) };
  }

  /** Adds ticks, as far as they are open. */
  addRecent(recent: readonly RecentTicks[], isOpen: OpenTicks['isOpen']): void {
    const { subject, fromMs, toMs } = this.#question;
    for (const ticks of recent) {
      ticks.each(subject.kind === 'stream' ? subject.stream : '', (tick) => {
        if (tick.atMs >= fromMs && tick.atMs < toMs && isOpen(tick.atMs)) addTick(this.#at(tick.atMs), tick);
      });
    }
  }

  answer(tier: HistoryTier | null): HistoryAnswer['fields'] {
    const { fields } = this.#question;
    return Object.fromEntries(fields.map((field) => [field, this.#valuesOf(field, tier)]));
  }

  #valuesOf(field: string, tier: HistoryTier | null): HistoryNumbers | HistoryWords {
    const { states, fields } = this.#declaration;
    if (field === 'state') return { worst: Array.from(this.#statuses, (status) => stateOf(states, status)) };
    if (field === 'health') return { worst: Array.from(this.#statuses, healthOf) };
    const steps = this.#fields[Object.keys(fields).indexOf(field)];
    // Of 30 s only means are kept.
    const kept = tier === '5m' ? fields[field]?.kept : tier === '30s' ? MEAN : undefined;
    return Object.fromEntries(
      (kept ?? HISTORY_STATISTICS).map((statistic) => [statistic, steps?.list(statistic) ?? []]),
    );
  }

  /** Chooses the step of a time. */
  #at(atMs: number): this {
    const { fromMs, stepSeconds } = this.#question;
    this.#step = Math.floor((atMs - fromMs) / stepSeconds / MS_PER_SECOND);
    return this;
  }
}
