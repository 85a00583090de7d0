import {
  HISTORY_TIERS,
  type HistorySubject,
  type HistoryTier,
  type RedisNames,
} from '@mediamtx-monitor/types';
import type { RedisClient } from '../redis/client.ts';
import { readPipeline, runPipeline } from '../redis/pipeline.ts';
import { historyKey } from './history-keys.ts';
import type { PendingSlots } from './pending-slots.ts';
import { SLOT_CODECS, SLOTS_VERSION } from './slots.ts';
import type { SubjectHistory } from './subject-history.ts';

const MS_PER_SECOND = 1_000;
const TIERS = ['30s', '5m'] as const;
/** What ends a key with slots of ours. */
const MARK = Buffer.of(SLOTS_VERSION);

/** A subject with what is to be stored of it. */
export interface DueHistory {
  readonly subject: HistorySubject;
  readonly history: SubjectHistory;
}

/** A slot that waits, and what stands in Redis of it; nothing where that isn't ours. */
interface StoredSlot {
  readonly pending: PendingSlots;
  readonly slot: number;
  readonly stored: Uint8Array;
}

/** Where slots are kept, in the durable Redis. What can't be written waits on, and may be written again. */
export class SlotStore {
  readonly #redis: RedisClient;
  readonly #names: RedisNames;

  constructor(redis: RedisClient, names: RedisNames) {
    this.#redis = redis;
    this.#names = names;
  }

  /** Writes slots; those that someone may have written before are joined with what stands there. */
  async write(due: readonly DueHistory[], nowMs: number): Promise<void> {
    for (const { history } of due) history.removeOdd(nowMs);
    const stored = await this.#read(due, (pending) => pending.partial);
    for (const { pending, slot, stored: bytes } of stored) pending.join(slot, bytes);
    await this.#writeRuns(due, nowMs);
  }

  /** Writes slots of which more is known here than stands there. */
  async writeBetter(due: readonly DueHistory[], nowMs: number): Promise<void> {
    for (const { history } of due) history.removeOdd(nowMs);
    const stored = await this.#read(due, (pending) => pending.slots);
    for (const { pending, slot, stored: bytes } of stored) {
      if (!pending.knowsMore(slot, bytes)) pending.remove(slot, slot + 1);
    }
    await this.#writeRuns(due, nowMs);
  }

  /** What stands in Redis of some of the slots that wait. */
  async #read(
    due: readonly DueHistory[],
    slotsOf: (pending: PendingSlots) => readonly number[],
  ): Promise<readonly StoredSlot[]> {
    const pipeline = this.#redis.pipeline();
    const places: Omit<StoredSlot, 'stored'>[] = [];
    for (const { subject, history } of due) {
      for (const tier of TIERS) {
        const { slotBytes, slotSeconds, keyBytes } = SLOT_CODECS[subject.kind][tier];
        const pending = history.pending(tier);
        for (const slot of slotsOf(pending)) {
          const at = (slot * slotBytes) % (keyBytes - 1);
          const key = historyKey(this.#names, subject, tier, slot * slotSeconds * MS_PER_SECOND);
          pipeline.getrangeBuffer(key, at, at + slotBytes - 1);
          pipeline.getrangeBuffer(key, keyBytes - 1, keyBytes);
          places.push({ pending, slot });
        }
      }
    }
    const replies = await readPipeline(pipeline);
    return places.map((one, place) => {
      const [bytes, end] = replies.slice(2 * place);
      return { ...one, stored: Buffer.isBuffer(bytes) && isMark(end) ? bytes : Buffer.alloc(0) };
    });
  }

  /** What is written is forgotten when Redis has taken all of it; else it is written again, which changes nothing. */
  async #writeRuns(due: readonly DueHistory[], nowMs: number): Promise<void> {
    const durable = this.#redis;
    const names = this.#names;
    const first = durable.pipeline();
    const runs = due.flatMap(({ subject, history }) =>
      TIERS.flatMap((tier) => {
        const { slotSeconds, keySeconds } = HISTORY_TIERS[tier];
        const pending = history.pending(tier);
        return pending.runs(keySeconds / slotSeconds).map((run) => {
          const startMs = run.slot * slotSeconds * MS_PER_SECOND;
          return {
            ...run,
            tier,
            pending,
            codec: SLOT_CODECS[subject.kind][tier],
            key: historyKey(names, subject, tier, startMs),
            startMs,
          };
        });
      }),
    );
    for (const { key, codec } of runs) first.getrangeBuffer(key, codec.keyBytes - 1, codec.keyBytes);
    const ends = await readPipeline(first);
    const pipeline = durable.pipeline();
    const begun = new Set<string>();
    runs.forEach(({ key, bytes, slot, codec, tier, startMs }, place) => {
      const { keyBytes, slotBytes } = codec;
      if (!isMark(ends[place]) && !begun.has(key)) {
        begun.add(key);
        // Slots of another length or version are as good as none.
        pipeline.del(key);
        // The last byte first: so Redis makes room for the whole at once.
        pipeline.setrange(key, keyBytes - 1, MARK);
        pipeline.pexpire(key, expiresMs(tier, startMs, nowMs));
      }
      pipeline.setrange(key, (slot * slotBytes) % (keyBytes - 1), Buffer.from(bytes));
    });
    await runPipeline(pipeline);
    for (const { pending, slot, bytes, codec } of runs)
      pending.remove(slot, slot + bytes.length / codec.slotBytes);
  }
}

/** Whether this ends a key of ours: of a longer one it is longer, of a shorter one it is nothing. */
function isMark(end: unknown): boolean {
  return Buffer.isBuffer(end) && end.equals(MARK);
}

/** How long a key is kept from now on: until the last of its slots is old enough. */
function expiresMs(tier: HistoryTier, startMs: number, nowMs: number): number {
  const { keySeconds, keptSeconds } = HISTORY_TIERS[tier];
  const keyMs = keySeconds * MS_PER_SECOND;
  return Math.round((Math.floor(startMs / keyMs) + 1) * keyMs + keptSeconds * MS_PER_SECOND - nowMs);
}
