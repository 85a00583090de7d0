import {
  HISTORY_TIERS,
  MAX_MESSAGE_BYTES,
  RECENT_HISTORY,
  type RecentHistoryOf,
  type RedisNames,
} from '@mediamtx-monitor/types';
import type { RedisClient } from '../redis/client.ts';
import { readBounded } from '../redis/read-bounded.ts';
import { subjectOf } from './history-keys.ts';
import { HistoryRecorder } from './history-recorder.ts';
import { parseRecentTicks, type RecentTicks } from './recent-ticks.ts';
import type { SlotStore } from './slot-store.ts';

const KEY_MS = RECENT_HISTORY.keySeconds * 1_000;
/** The longest slots; each subject's are stored so often, too. */
const SLOT_MS = HISTORY_TIERS['5m'].slotSeconds * 1_000;
/** So many subjects are stored at a time, each with some twenty slots: that holds nothing up for long. */
const SUBJECTS_AT_ONCE = 50;

/**
 * Goes on where someone else ended: whoever kept history before may have been killed before it stored its slots, but its
 * ticks are there. Slots are made of them, and stored where more is known by them than stands there.
 */
export class Resumption {
  readonly #live: RedisClient;
  readonly #names: RedisNames;
  #isRead = false;
  /** Ticks from then on are our own. */
  #untilMs: number | undefined;
  #recorders: readonly HistoryRecorder[] = [];

  constructor(live: RedisClient, names: RedisNames) {
    this.#live = live;
    this.#names = names;
  }

  /** Whether something of before is still to be stored. */
  get isWaiting(): boolean {
    return this.#recorders.length > 0;
  }

  /**
   * Reads the ticks of before, once, of all slots that may not be stored yet. Rejects while Redis doesn't answer.
   * @param now the first time it is before the first tick of our own
   */
  async read(
    ofs: readonly RecentHistoryOf[],
    now: { readonly atMs: number; readonly monotonicMs: number },
  ): Promise<void> {
    const untilMs = (this.#untilMs ??= now.atMs);
    if (this.#isRead || ofs.length === 0) return;
    const recorders: HistoryRecorder[] = [];
    for (const of of ofs) {
      const recorder = new HistoryRecorder(of);
      for (let atMs = startOf(untilMs - SLOT_MS); atMs <= untilMs; atMs += KEY_MS) {
        for (const ticks of await this.#ticksAt(recorder, atMs)) {
          for (const tick of ticks.all()) if (tick.atMs < untilMs) recorder.replay(tick, now.monotonicMs);
        }
      }
      recorders.push(recorder);
    }
    this.#recorders = recorders;
    this.#isRead = true;
  }

  /** Stores what was read, once. Rejects when the store doesn't take it. */
  async store(slots: SlotStore, nowMs: number): Promise<void> {
    for (const recorder of this.#recorders) {
      const due = Array.from(recorder.closeAll(), ([name, history]) => ({
        subject: subjectOf(recorder.of, name),
        history,
      }));
      for (let first = 0; first < due.length; first += SUBJECTS_AT_ONCE) {
        await slots.writeBetter(due.slice(first, first + SUBJECTS_AT_ONCE), nowMs);
      }
    }
    this.#recorders = [];
  }

  /** The ticks of 10 s, of each part of a group of subjects. */
  async #ticksAt({ of, kind }: HistoryRecorder, atMs: number): Promise<readonly RecentTicks[]> {
    const parts = of.kind === 'streams' ? RECENT_HISTORY.parts : 1;
    const keys = Array.from({ length: parts }, (_, part) => this.#names.recentHistory(of, atMs, part));
    const { values } = await readBounded(this.#live, keys, MAX_MESSAGE_BYTES);
    return values.flatMap((value) => (value === null ? [] : (parseRecentTicks(kind, value) ?? [])));
  }
}

/** The beginning of the slot that holds this time. */
function startOf(atMs: number): number {
  return Math.floor(atMs / SLOT_MS) * SLOT_MS;
}
