import {
  type HistoryKind,
  RECENT_HISTORY,
  type RecentHistoryOf,
  recentPartOf,
} from '@mediamtx-monitor/types';
import { encodeTicks, fieldsOf, type HistoryTick, splitTicks } from './recent-ticks.ts';
import { SubjectHistory } from './subject-history.ts';

/** What was seen of several subjects of a kind in one tick; by name, in ascending order of code units. */
export type ObservedSubjects = Omit<HistoryTick, 'atMs' | 'seconds'>;

/** When a tick was. */
export interface TickTime {
  /** Unix time in ms, by Redis's clock. */
  readonly atMs: number;
  /** For how many seconds it stands. */
  readonly seconds: number;
  readonly monotonicMs: number;
}

/** Ticks of 10 s, ready to be stored. */
export interface RecentValue {
  readonly startMs: number;
  /** Of a server's streams, which part of them. */
  readonly part: number;
  readonly bytes: Uint8Array;
}

const KEY_MS = RECENT_HISTORY.keySeconds * 1_000;
/** Slots are stored so often; each subject at another moment, so that few come together. */
const STORE_EVERY_MS = 300_000;
/** Any two in a row are far apart, however many there are. */
const GOLDEN_RATIO = 0.618_033_988_75;
/** Of recent values that can't be stored so many are kept: none of them is worth more. */
const MAX_WAITING = 3;

/** The history of a group of subjects that isn't stored yet: of a server's streams, of a server or of a host. Pure state. */
export class HistoryRecorder {
  readonly of: RecentHistoryOf;
  /** Kind of each of them. */
  readonly kind: HistoryKind;
  readonly #fields: number;
  readonly #subjects = new Map<string, SubjectHistory>();
  #added = 0;
  #ticks: HistoryTick[] = [];
  /** Those of one time together. */
  #values: (readonly RecentValue[])[] = [];

  constructor(of: RecentHistoryOf) {
    this.of = of;
    this.kind = of.kind === 'streams' ? 'stream' : of.kind;
    this.#fields = fieldsOf(this.kind);
  }

  /** Takes in a tick. */
  add({ atMs, seconds, monotonicMs }: TickTime, { names, statuses, values }: ObservedSubjects): void {
    if (this.#ticks.length > 0 && keyOf(this.#ticks[0]?.atMs ?? 0) !== keyOf(atMs)) this.#closeRecent();
    const tick = { atMs, seconds, names, statuses, values };
    this.#ticks.push(tick);
    this.replay(tick, monotonicMs);
  }

  /** Takes in a tick that is kept already. */
  replay({ atMs, seconds, names, statuses, values }: HistoryTick, monotonicMs: number): void {
    names.forEach((name, place) => {
      const status = statuses[place] ?? 0;
      if (status === 0) return;
      const subject = this.#subjects.get(name) ?? this.#create(name, monotonicMs);
      subject.seenAtMs = monotonicMs;
      subject.add(atMs, seconds, status, values, place * this.#fields, this.#fields);
    });
  }

  /** Subjects that are to be stored now, at most so many; of those that have been silent, what is left of them. */
  due({ atMs, monotonicMs }: TickTime, most: number): ReadonlyMap<string, SubjectHistory> {
    const due = new Map<string, SubjectHistory>();
    for (const [name, subject] of this.#subjects) {
      if (subject.dueAtMs > monotonicMs) continue;
      subject.closeBefore(atMs);
      if (subject.isStored && subject.seenAtMs < monotonicMs - STORE_EVERY_MS) {
        this.#subjects.delete(name);
        continue;
      }
      due.set(name, subject);
      if (due.size >= most) break;
    }
    return due;
  }

  /** A subject was stored: the next time is in 5 minutes. */
  stored(subject: SubjectHistory, monotonicMs: number): void {
    while (subject.dueAtMs <= monotonicMs) subject.dueAtMs += STORE_EVERY_MS;
  }

  /** Closes all that is open. */
  closeAll(): ReadonlyMap<string, SubjectHistory> {
    if (this.#ticks.length > 0) this.#closeRecent();
    for (const subject of this.#subjects.values()) subject.closeAll();
    return this.#subjects;
  }

  /** Forgets a subject, stored or not. */
  forget(name: string): void {
    this.#subjects.delete(name);
  }

  /** Recent values that are to be stored now. */
  takeRecent(): readonly RecentValue[] {
    const values = this.#values.flat();
    this.#values = [];
    return values;
  }

  #create(name: string, monotonicMs: number): SubjectHistory {
    this.#added += 1;
    const phase = (this.#added * GOLDEN_RATIO) % 1;
    const subject = new SubjectHistory(this.kind, monotonicMs + phase * STORE_EVERY_MS);
    this.#subjects.set(name, subject);
    return subject;
  }

  #closeRecent(): void {
    const startMs = keyOf(this.#ticks[0]?.atMs ?? 0) * KEY_MS;
    const parts =
      this.kind === 'stream'
        ? splitTicks(this.#ticks, this.#fields, RECENT_HISTORY.parts, recentPartOf)
        : [this.#ticks];
    this.#values.push(
      parts.flatMap((ticks, part) =>
        ticks.length === 0 ? [] : { startMs, part, bytes: encodeTicks(this.kind, ticks) },
      ),
    );
    if (this.#values.length > MAX_WAITING) this.#values.shift();
    this.#ticks = [];
  }
}

function keyOf(atMs: number): number {
  return Math.floor(atMs / KEY_MS);
}
