import {
  addTick,
  HistoryAggregate,
  healthOf,
  type RecentTicks,
  SLOT_CODECS,
  stateOf,
} from '@mediamtx-monitor/runtime';
import {
  HISTORY,
  HISTORY_STATISTICS,
  type HistoryAnswer,
  type HistoryDeclaration,
  type HistoryNumbers,
  type HistoryTier,
  type HistoryWords,
} from '@mediamtx-monitor/types';
import type { HistoryQuestion } from '../http/history.ts';

const MS_PER_SECOND = 1_000;
const MEAN = ['mean'] as const;
/** Digits that count. */
const DIGITS = 6;

/** The slots of an hour or day. */
export interface SlotKey {
  readonly startMs: number;
  readonly bytes: Uint8Array;
}

/** What is known of each step. */
export class Steps {
  readonly #question: HistoryQuestion;
  readonly #declaration: HistoryDeclaration;
  readonly #names: readonly string[];
  /** Places of the fields that are asked for. */
  readonly #wanted: readonly number[];
  readonly #steps: (HistoryAggregate | undefined)[];

  constructor(question: HistoryQuestion) {
    const { subject, fields, fromMs, toMs, stepSeconds } = question;
    this.#question = question;
    this.#declaration = HISTORY[subject.kind];
    this.#names = Object.keys(this.#declaration.fields);
    this.#wanted = this.#names.flatMap((name, place) => (fields.includes(name) ? [place] : []));
    this.#steps = new Array<HistoryAggregate | undefined>((toMs - fromMs) / stepSeconds / MS_PER_SECOND).fill(
      undefined,
    );
  }

  /** Adds slots, and says which are known, by their numbers. */
  addSlots(tier: HistoryTier, keys: readonly SlotKey[]): ReadonlySet<number> {
    const { subject, fromMs, toMs } = this.#question;
    const codec = SLOT_CODECS[subject.kind][tier];
    const slotMs = codec.slotSeconds * MS_PER_SECOND;
    const known = new Set<number>();
    for (const { startMs, bytes } of keys) {
      if (!codec.isOurs(bytes)) continue;
      const count = (codec.keyBytes - 1) / codec.slotBytes;
      const end = Math.min(count, Math.ceil((toMs - startMs) / slotMs));
      for (let place = Math.max(0, Math.floor((fromMs - startMs) / slotMs)); place < end; place += 1) {
        const at = place * codec.slotBytes;
        if (!codec.isKnown(bytes, at)) continue;
        const atMs = startMs + place * slotMs;
        known.add(atMs / slotMs);
        codec.addTo(this.#stepAt(atMs), bytes, at, this.#wanted);
      }
    }
    return known;
  }

  /** Adds ticks, but for those of slots that are known. */
  addRecent(recent: readonly RecentTicks[], slotMs: number, known: ReadonlySet<number>): void {
    const { subject, fromMs, toMs } = this.#question;
    for (const ticks of recent) {
      ticks.each(subject.kind === 'stream' ? subject.stream : '', (tick) => {
        if (tick.atMs < fromMs || tick.atMs >= toMs || known.has(Math.floor(tick.atMs / slotMs))) return;
        addTick(this.#stepAt(tick.atMs), tick);
      });
    }
  }

  answer(tier: HistoryTier | null): HistoryAnswer['fields'] {
    const { fields } = this.#question;
    return Object.fromEntries(fields.map((field) => [field, this.#valuesOf(field, tier)]));
  }

  #valuesOf(field: string, tier: HistoryTier | null): HistoryNumbers | HistoryWords {
    const { states } = this.#declaration;
    if (field === 'state') return { worst: this.#each((step) => stateOf(states, step.status)) };
    if (field === 'health') return { worst: this.#each(({ status }) => healthOf(status)) };
    const place = this.#names.indexOf(field);
    // Of 30 s only means are kept.
    const kept = tier === '5m' ? this.#declaration.fields[field]?.kept : tier === '30s' ? MEAN : undefined;
    return Object.fromEntries(
      (kept ?? HISTORY_STATISTICS).map((statistic) => [
        statistic,
        this.#each((step) => rounded(step[statistic](place))),
      ]),
    );
  }

  /** A value of each step, `null` where nothing is known. */
  #each<Value>(valueOf: (step: HistoryAggregate) => Value | null): (Value | null)[] {
    return this.#steps.map((step) => (step === undefined ? null : valueOf(step)));
  }

  #stepAt(atMs: number): HistoryAggregate {
    const { fromMs, stepSeconds } = this.#question;
    const index = Math.floor((atMs - fromMs) / stepSeconds / MS_PER_SECOND);
    const known = this.#steps[index];
    if (known !== undefined) return known;
    const step = new HistoryAggregate(this.#names.length);
    this.#steps[index] = step;
    return step;
  }
}

function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(DIGITS));
}
