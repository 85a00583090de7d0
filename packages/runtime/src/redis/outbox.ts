import type { Clock } from '../clock.ts';
import {
  APPEND_SCRIPT,
  appendInput,
  CLAIM_SCRIPT,
  claimArgs,
  type ClaimHolder,
  type ClaimOutcome,
  parseAppend,
  parseClaim,
} from './append-script.ts';
import { Backlog, BACKLOG_BOUNDS, type OutboxEntry, type ReplaceDropped } from './backlog.ts';
import type { RedisClient } from './client.ts';
import { assertConnected, createScriptRunner, type RunScript } from './script-runner.ts';

export interface OutboxOptions {
  readonly redis: RedisClient;
  readonly clock: Pick<Clock, 'wallMs'>;
  /** Key of the hash that the entries change. */
  readonly baselineKey: string;
  /** What no other process has, without white space. */
  readonly owner: string;
  /** Makes the entry that takes the place of those that waited too long. */
  readonly replaceDropped: ReplaceDropped;
}

/** How an outbox stands. */
export interface OutboxStats {
  /** Entries that aren't known to be stored, and bytes of their texts. */
  readonly waiting: number;
  readonly waitingBytes: number;
  /** Entries of streams that were dropped, ever. */
  readonly dropped: number;
  /** Unix time in ms at which Redis took something last; `null` before. */
  readonly takenAtMs: number | null;
}

interface SentBatch {
  readonly size: number;
  readonly keys: readonly string[];
  readonly args: readonly string[];
}

/**
 * Appends entries to Redis streams, each once and in order, whatever answers are lost and whoever takes over (ADR 20):
 * in numbered batches, of which one is sent again as it was until it is answered. `begin` and `flush` run one at a time.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #claim: RunScript;
  readonly #append: RunScript;
  readonly #backlog: Backlog;
  #holder: ClaimHolder | null = null;
  #sent: SentBatch | null = null;
  /** Of the newest claim or batch: never given twice, so that one that comes late is never taken for another. */
  #number = 0;
  #takenAtMs: number | null = null;

  constructor(options: OutboxOptions, bounds = BACKLOG_BOUNDS) {
    this.#options = options;
    this.#claim = createScriptRunner(options.redis, CLAIM_SCRIPT);
    this.#append = createScriptRunner(options.redis, APPEND_SCRIPT);
    this.#backlog = new Backlog(options.replaceDropped, bounds);
  }

  /** Whether the baseline is ours as far as is known; if not, `begin` has to come before anything is added. */
  get hasBegun(): boolean {
    return this.#holder !== null;
  }

  get stats(): OutboxStats {
    const { size, bytes, droppedCount } = this.#backlog;
    return {
      waiting: size + (this.#sent?.size ?? 0),
      waitingBytes: bytes,
      dropped: droppedCount,
      takenAtMs: this.#takenAtMs,
    };
  }

  /**
   * Claims the baseline and reads it. What still waits is let go: whoever compares with this baseline finds it again.
   * Refused when someone else has claimed it with this epoch or a greater one. Rejects while Redis doesn't do it.
   */
  async begin(epoch: number): Promise<ClaimOutcome> {
    const { redis, baselineKey, owner } = this.#options;
    assertConnected(redis);
    const holder = { epoch, owner };
    this.#number += 1;
    const outcome = parseClaim(await this.#claim([baselineKey], claimArgs(holder, this.#number)));
    if (outcome.status === 'begun') {
      this.#holder = holder;
      this.#sent = null;
      this.#backlog.reset(outcome.baseline.keys());
    }
    return outcome;
  }

  /**
   * Puts entries behind those that wait.
   * @throws {Error} unless it has begun
   */
  add(entries: readonly OutboxEntry[]): void {
    if (this.#holder === null) throw new Error('entries were added before begin()');
    this.#backlog.add(entries);
  }

  /**
   * Sends what waits until nothing does. Rejects when Redis doesn't take it: then it waits on. `gap`: what Redis had taken
   * or the claim is gone; `deposed`: someone else has claimed the baseline; after both it has to begin anew.
   */
  async flush(): Promise<'empty' | 'gap' | 'deposed'> {
    const { redis, clock } = this.#options;
    while (this.#holder !== null) {
      this.#sent ??= this.#nextBatch(this.#holder);
      if (this.#sent === null) return 'empty';
      assertConnected(redis);
      const { keys, args } = this.#sent;
      const outcome = parseAppend(await this.#append(keys, args));
      if (outcome === 'gap' || outcome === 'deposed') {
        this.#release();
        return outcome;
      }
      this.#sent = null;
      this.#takenAtMs = clock.wallMs();
    }
    return 'empty';
  }

  #nextBatch(holder: ClaimHolder): SentBatch | null {
    const size = this.#backlog.size;
    const content = this.#backlog.take();
    if (content === null) return null;
    this.#number += 1;
    const input = appendInput(this.#options.baselineKey, holder, this.#number, content);
    return { ...input, size: size - this.#backlog.size };
  }

  #release(): void {
    this.#holder = null;
    this.#sent = null;
    this.#backlog.reset([]);
  }
}
