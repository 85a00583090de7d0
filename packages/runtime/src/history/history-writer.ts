import { RECENT_HISTORY, type RecentHistoryOf, type RedisNames } from '@mediamtx-monitor/types';
import type { Clock } from '../clock.ts';
import type { Part } from '../lifecycle/part.ts';
import type { Logger } from '../log/logger.ts';
import { Exclusive } from '../loop/exclusive.ts';
import type { RedisClient } from '../redis/client.ts';
import { connectAnew } from '../redis/command-failures.ts';
import { runPipeline } from '../redis/pipeline.ts';
import { RedisTime } from '../redis/redis-time.ts';
import { whyNotDone } from '../redis/script-runner.ts';
import { subjectOf } from './history-keys.ts';
import { HistoryRecorder, type ObservedSubjects, type TickTime } from './history-recorder.ts';
import { Resumption } from './resumption.ts';
import { type DueHistory, SlotStore } from './slot-store.ts';
import type { SubjectHistory } from './subject-history.ts';

export interface HistoryWriterOptions {
  /** Where recent history is kept; its clock dates everything. */
  readonly live: RedisClient;
  /** Where the rest is kept; may be the same. */
  readonly durable: RedisClient;
  readonly names: RedisNames;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly logger: Logger;
  /** Whether anything may be stored now; it always may unless given. */
  readonly mayWrite?: () => boolean;
}

const MS_PER_SECOND = 1_000;
const RECENT_KEPT_MS = (RECENT_HISTORY.keptSeconds + RECENT_HISTORY.keySeconds) * MS_PER_SECOND;
/** Most subjects that are stored at a time. */
const MOST_AT_ONCE = 200;

/** A subject with what is to be stored of it. */
interface DueSubject extends DueHistory {
  readonly recorder: HistoryRecorder;
}

/**
 * Keeps the history of what is observed each tick. To add a tick takes no time of Redis's: whatever is to be stored goes
 * there by itself, one thing at a time, and what can't be stored waits for half an hour, then it is lost. Ticks are dated
 * by the clock of the live Redis, carried on by the monotonic one; before it has told its time, nothing is kept.
 */
export class HistoryWriter implements Part {
  readonly name = 'history';
  readonly #options: HistoryWriterOptions;
  readonly #time: RedisTime;
  readonly #slots: SlotStore;
  readonly #resumption: Resumption;
  readonly #recorders = new Map<string, HistoryRecorder>();
  readonly #storing = new Exclusive(() => this.#storeDue());
  /** The newest tick; `null` = there was none yet. */
  #tick: TickTime | null = null;
  #lastMs = -Infinity;
  /** What can't be stored at the moment. */
  readonly #failing = new Set<string>();

  constructor(options: HistoryWriterOptions) {
    this.#options = options;
    const { live, durable, names, clock } = options;
    this.#time = new RedisTime(live, clock);
    this.#slots = new SlotStore(durable, names);
    this.#resumption = new Resumption(live, names);
  }

  /** Redis's Unix time in ms; `undefined` until it has told it. */
  get nowMs(): number | undefined {
    return this.#time.nowMs;
  }

  start(): void {
    // Nothing to be done: the first tick asks for the time.
  }

  /** Stores all there is, slots that aren't full too: whoever goes on joins theirs with them. */
  async stop(): Promise<void> {
    await this.idle();
    const due = [...this.#recorders.values()].flatMap((recorder) =>
      this.#subjectsOf(recorder, recorder.closeAll()),
    );
    await this.#store(due);
  }

  /** Takes in a tick; never throws, and never waits. */
  add(intervalMs: number, observed: readonly (readonly [RecentHistoryOf, ObservedSubjects])[]): void {
    const time = this.#timeOfTick(intervalMs);
    for (const [of, subjects] of observed) {
      const recorder = this.#recorderOf(of);
      if (time !== null) recorder.add(time, subjects);
    }
    this.#tick = time;
    this.#storing.run();
  }

  /** Resolves when nothing is being stored. */
  async idle(): Promise<void> {
    await this.#storing.idle();
  }

  /** Forgets what isn't stored yet of a stream. */
  forget(of: RecentHistoryOf, name: string): void {
    this.#recorderOf(of).forget(name);
  }

  /**
   * Ticks come at regular times, but a little later or earlier each: one that is about where it is expected is dated
   * there, so that each step has its tick.
   */
  #timeOfTick(intervalMs: number): TickTime | null {
    const { nowMs } = this.#time;
    if (nowMs === undefined) return null;
    const expectedMs = this.#lastMs + intervalMs;
    this.#lastMs = Math.abs(nowMs - expectedMs) < intervalMs / 2 ? expectedMs : Math.round(nowMs);
    const monotonicMs = this.#options.clock.monotonicMs();
    return { atMs: this.#lastMs, seconds: intervalMs / MS_PER_SECOND, monotonicMs };
  }

  #recorderOf(of: RecentHistoryOf): HistoryRecorder {
    const key = of.kind === 'host' ? `host ${of.host}` : `${of.kind} ${of.server}`;
    const known = this.#recorders.get(key);
    if (known !== undefined) return known;
    const recorder = new HistoryRecorder(of);
    this.#recorders.set(key, recorder);
    return recorder;
  }

  async #storeDue(): Promise<void> {
    const time = this.#tick;
    const due: DueSubject[] = [];
    if (time !== null) {
      for (const recorder of this.#recorders.values()) {
        due.push(...this.#subjectsOf(recorder, recorder.due(time, MOST_AT_ONCE - due.length)));
        if (due.length >= MOST_AT_ONCE) break;
      }
    }
    await this.#store(due);
  }

  #subjectsOf(recorder: HistoryRecorder, histories: ReadonlyMap<string, SubjectHistory>): DueSubject[] {
    return Array.from(histories, ([name, history]) => ({
      recorder,
      history,
      subject: subjectOf(recorder.of, name),
    }));
  }

  /** Never rejects. */
  async #store(due: readonly DueSubject[]): Promise<void> {
    const { live, durable, mayWrite = () => true } = this.#options;
    if (!mayWrite()) return;
    await this.#attempt('recent history', live, () => this.#storeRecent());
    if (due.length > 0 || this.#resumption.isWaiting) {
      await this.#attempt('history', durable, () => this.#storeSlots(due));
    }
  }

  /**
   * Tells when something can't be stored, and when it can again.
   * @param store resolves with whether there was anything to be stored
   */
  async #attempt(what: string, redis: RedisClient, store: () => Promise<boolean>): Promise<void> {
    const { logger } = this.#options;
    try {
      const hasStored = await store();
      if (hasStored && this.#failing.delete(what)) logger.info(`${what} is stored again`);
    } catch (error) {
      if (!this.#failing.has(what)) logger.warn(`${what} is not stored: ${whyNotDone(redis, error)}`);
      this.#failing.add(what);
      connectAnew(redis, error);
    }
  }

  async #storeRecent(): Promise<boolean> {
    const { live, names, clock } = this.#options;
    const recent = [...this.#recorders.values()].flatMap((recorder) =>
      recorder
        .takeRecent()
        .map((value) => ({ key: names.recentHistory(recorder.of, value.startMs, value.part), value })),
    );
    if (recent.length === 0 && this.#time.nowMs !== undefined) return false;
    // It is asked each time: what Redis's clock says is what counts.
    const pipeline = live.pipeline();
    for (const { key, value } of recent) {
      // Who kept history before may have written a part of these 10 s: that stays.
      pipeline.append(key, Buffer.from(value.bytes));
      pipeline.pexpire(key, RECENT_KEPT_MS);
    }
    await Promise.all([runPipeline(pipeline), this.#time.read()]);
    const ofs = Array.from(this.#recorders.values(), ({ of }) => of);
    await this.#resumption.read(ofs, { atMs: this.#time.nowMs ?? 0, monotonicMs: clock.monotonicMs() });
    return recent.length > 0;
  }

  /** What was kept before comes first: what is known now is joined with it. */
  async #storeSlots(due: readonly DueSubject[]): Promise<boolean> {
    const nowMs = this.#time.nowMs ?? 0;
    await this.#resumption.store(this.#slots, nowMs);
    await this.#slots.write(due, nowMs);
    const monotonicMs = this.#options.clock.monotonicMs();
    for (const { recorder, history } of due) recorder.stored(history, monotonicMs);
    return due.length > 0;
  }
}
