import {
  addTick,
  healthOf,
  type HistorySink,
  type RecentTicks,
  SLOT_CODECS,
  type SlotCodec,
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
/** What is answered is a whole number of these parts of one. */
const PARTS_OF_ONE = 10_000;

/** The slots of an hour or day. */
export interface SlotKey {
  readonly startMs: number;
  readonly bytes: Uint8Array;
}

/** A slot of which not all is known: what is known by ticks may be more. */
interface PartialSlot {
  readonly codec: SlotCodec;
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly seconds: number;
}

/** Ticks that no slot stands for yet; Unix times in ms. */
export interface OpenTicks {
  readonly fromMs: number;
  readonly isOpen: (atMs: number) => boolean;
}

export const EVERY_TICK: OpenTicks = { fromMs: 0, isOpen: () => true };

/** What is known of a field in each step. */
class FieldSteps {
  readonly #most: number;
  readonly #kept: readonly HistoryStatistic[];
  readonly #sums: Float64Array;
  readonly #weights: Float64Array;
  /** Empty where they aren't kept: most of a day's steps are means only. */
  readonly #mins: Float64Array;
  readonly #maxs: Float64Array;

  /** @param most what no value is above */
  constructor(steps: number, kept: readonly HistoryStatistic[], most: number) {
    this.#most = most;
    const stepsOf = (statistic: HistoryStatistic): number => (kept.includes(statistic) ? steps : 0);
    this.#kept = kept;
    this.#sums = new Float64Array(steps);
    this.#weights = new Float64Array(steps);
    this.#mins = new Float64Array(stepsOf('min')).fill(Infinity);
    this.#maxs = new Float64Array(stepsOf('max')).fill(-Infinity);
  }

  add(step: number, seconds: number, mean: number, min: number, max: number): void {
    this.#sums[step] = (this.#sums[step] ?? 0) + mean * seconds;
    this.#weights[step] = (this.#weights[step] ?? 0) + seconds;
    if (min < (this.#mins[step] ?? -Infinity)) this.#mins[step] = min;
    if (max > (this.#maxs[step] ?? Infinity)) this.#maxs[step] = max;
  }

  numbers(): HistoryNumbers {
    return Object.fromEntries(this.#kept.map((statistic) => [statistic, this.#listOf(statistic)]));
  }

  #listOf(statistic: HistoryStatistic): (number | null)[] {
    const weights = this.#weights;
    const values = statistic === 'mean' ? this.#sums : statistic === 'min' ? this.#mins : this.#maxs;
    const list: (number | null)[] = [];
    for (let step = 0; step < weights.length; step += 1) {
      const weight = weights[step] ?? 0;
      const value = (values[step] ?? 0) / (statistic === 'mean' ? weight : 1);
      list.push(weight === 0 ? null : Math.min(Math.round(value * PARTS_OF_ONE) / PARTS_OF_ONE, this.#most));
    }
    return list;
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
  /** By Unix time in ms. */
  readonly #partial = new Map<number, PartialSlot>();
  #step = 0;

  /** @param tier of which slots are added; `null` for ticks only */
  constructor(question: HistoryQuestion, tier: HistoryTier | null) {
    const { subject, fields, fromMs, toMs, stepSeconds } = question;
    const count = (toMs - fromMs) / stepSeconds / MS_PER_SECOND;
    this.#question = question;
    this.#declaration = HISTORY[subject.kind];
    const declared = Object.entries(this.#declaration.fields);
    this.#fields = declared.map(([name, { kept, unit }]) =>
      fields.includes(name) ? new FieldSteps(count, statisticsIn(tier, kept), mostOf(unit)) : undefined,
    );
    const names = declared.map(([name]) => name);
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
   * Adds slots, and says which ticks are to be added because their slots aren't known, or not all of them: who was killed
   * in the midst of one, or has just begun, may have stored a part of what its ticks tell.
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
      const first = Math.max(0, Math.floor((fromMs - startMs) / slotMs));
      const end = Math.min((keyBytes - 1) / slotBytes, Math.ceil((toMs - startMs) / slotMs));
      let atMs = startMs + first * slotMs;
      for (let at = first * slotBytes; at < end * slotBytes; at += slotBytes, atMs += slotMs) {
        if (!codec.isKnown(bytes, at)) continue;
        const seconds = codec.knownOf(bytes, at);
        if (atMs >= recentFromMs && seconds < codec.slotSeconds) {
          this.#partial.set(atMs, { codec, bytes, at, seconds });
          continue;
        }
        if (atMs + slotMs > recentFromMs) known.add(atMs);
        codec.addTo(this.#at(atMs), bytes, at, this.#wanted);
      }
    }
    let openFromMs = Math.floor(recentFromMs / slotMs) * slotMs;
    while (known.has(openFromMs)) openFromMs += slotMs;
    return { fromMs: openFromMs, isOpen: (atMs) => !known.has(Math.floor(atMs / slotMs) * slotMs) };
  }

  /** Adds ticks, as far as they are open. Of a slot that is partly known what knows more counts: it, or its ticks. */
  addRecent(recent: readonly RecentTicks[], isOpen: OpenTicks['isOpen']): void {
    const { subject, fromMs, toMs } = this.#question;
    const name = subject.kind === 'stream' ? subject.stream : '';
    const closed = this.#addPartial(recent, name);
    for (const ticks of recent) {
      ticks.each(name, (tick) => {
        if (tick.atMs < fromMs || tick.atMs >= toMs || !isOpen(tick.atMs)) return;
        if (!closed.some(({ atMs, endMs }) => tick.atMs >= atMs && tick.atMs < endMs)) {
          addTick(this.#at(tick.atMs), tick);
        }
      });
    }
  }

  /** Adds slots that are partly known where their ticks know less, and says which. */
  #addPartial(
    recent: readonly RecentTicks[],
    name: string,
  ): readonly { readonly atMs: number; readonly endMs: number }[] {
    return Array.from(this.#partial).flatMap(([atMs, { codec, bytes, at, seconds }]) => {
      const endMs = atMs + codec.slotSeconds * MS_PER_SECOND;
      let ticksSeconds = 0;
      for (const ticks of recent) {
        ticks.each(name, (tick) => {
          if (tick.atMs >= atMs && tick.atMs < endMs) ticksSeconds += tick.seconds;
        });
      }
      // What is stored is told in steps of its own.
      if (ticksSeconds >= seconds - codec.stepSeconds) return [];
      codec.addTo(this.#at(atMs), bytes, at, this.#wanted);
      return [{ atMs, endMs }];
    });
  }

  answer(): HistoryAnswer['fields'] {
    return Object.fromEntries(this.#question.fields.map((field) => [field, this.#valuesOf(field)]));
  }

  #valuesOf(field: string): HistoryNumbers | HistoryWords {
    const { states, fields } = this.#declaration;
    if (field === 'state') return { worst: Array.from(this.#statuses, (status) => stateOf(states, status)) };
    if (field === 'health') return { worst: Array.from(this.#statuses, healthOf) };
    return this.#fields[Object.keys(fields).indexOf(field)]?.numbers() ?? {};
  }

  /** Chooses the step of a time. */
  #at(atMs: number): this {
    const { fromMs, stepSeconds } = this.#question;
    this.#step = Math.floor((atMs - fromMs) / stepSeconds / MS_PER_SECOND);
    return this;
  }
}

/** Kept numbers are rounded, and no share is more than all. */
function mostOf(unit: string): number {
  return unit === '%' ? 100 : Infinity;
}

/** Of 30 s only means are kept, of ticks all there is. */
function statisticsIn(
  tier: HistoryTier | null,
  kept: readonly HistoryStatistic[],
): readonly HistoryStatistic[] {
  return tier === '5m' ? kept : tier === '30s' ? MEAN : HISTORY_STATISTICS;
}
