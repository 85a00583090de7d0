import { historyKeys, type Logger, type RedisClient, whyNotDone } from '@mediamtx-monitor/runtime';
import { HISTORY_TIERS, type RedisNames, type StreamRecord } from '@mediamtx-monitor/types';

export interface StreamRosterOptions {
  readonly durable: RedisClient;
  readonly names: RedisNames;
  readonly server: string;
  readonly logger: Logger;
  /** Most streams whose history is kept. */
  readonly most: number;
  /** A stream made room for another one. */
  readonly onEvicted: (name: string) => void;
}

type Candidate = Pick<StreamRecord, 'name' | 'state' | 'expectedBy'>;

const HOUR_MS = 3_600_000;
/** After so long nothing is left of a stream. */
const FORGOTTEN_AFTER_MS = (HISTORY_TIERS['5m'].keptSeconds + HISTORY_TIERS['5m'].keySeconds) * 1_000;

/** When a kept stream was live last, and as when that stands in Redis: Unix times in ms. */
interface RosterEntry {
  liveAtMs: number;
  storedAtMs: number;
}

/** Whether something is sent to those who read it. */
export const isLive = ({ state }: Pick<StreamRecord, 'state'>): boolean =>
  state === 'live' || state === 'stalled' || state === 'standby';

/**
 * The streams of one server whose history is kept, those that fell silent too, as long as something of them is in Redis.
 * When there are too many, the one that has been silent for longest and isn't expected makes room for one that is live.
 * The list stands in Redis, so that a restart forgets none.
 */
export class StreamRoster {
  readonly #options: StreamRosterOptions;
  readonly #key: string;
  readonly #kept = new Map<string, RosterEntry>();
  readonly #evicted = new Set<string>();
  #isLoaded = false;
  #isFullTold = false;
  #isFailing = false;

  constructor(options: StreamRosterOptions) {
    this.#options = options;
    this.#key = options.names.historyStreams(options.server);
  }

  /** Those of a tick's streams whose history is kept. */
  admit<Stream extends Candidate>(streams: readonly Stream[], nowMs: number): readonly Stream[] {
    const fresh: Stream[] = [];
    for (const stream of streams) {
      const kept = this.#kept.get(stream.name);
      if (kept === undefined) fresh.push(stream);
      else if (isLive(stream)) kept.liveAtMs = nowMs;
    }
    if (fresh.length > 0) this.#admitFresh(fresh, streams, nowMs);
    return fresh.length === 0 ? streams : streams.filter(({ name }) => this.#kept.has(name));
  }

  /** Brings Redis up to date, and at first what it knew. Never rejects. */
  async store(nowMs: number): Promise<void> {
    try {
      if (!this.#isLoaded) await this.#load(nowMs);
      await this.#save(nowMs);
      this.#isFailing = false;
    } catch (error) {
      const { durable, logger } = this.#options;
      if (!this.#isFailing)
        logger.warn(`the list of streams with history is not stored: ${whyNotDone(durable, error)}`);
      this.#isFailing = true;
    }
  }

  #admitFresh(fresh: readonly Candidate[], all: readonly Candidate[], nowMs: number): void {
    const { most } = this.#options;
    let silent: string[] | undefined;
    for (const stream of fresh) {
      if (this.#kept.size >= most) {
        if (!isLive(stream) && stream.expectedBy == null) continue;
        silent ??= this.#silentAmong(all);
        const oldest = silent.pop();
        if (oldest === undefined) break;
        this.#evict(oldest);
      }
      this.#kept.set(stream.name, { liveAtMs: nowMs, storedAtMs: 0 });
      this.#evicted.delete(stream.name);
    }
    if (fresh.some(({ name }) => !this.#kept.has(name))) this.#tellFull();
  }

  /** Kept streams that are neither live nor expected, the longest silent last. */
  #silentAmong(all: readonly Candidate[]): string[] {
    const needed = new Set(
      all.filter((each) => isLive(each) || each.expectedBy != null).map(({ name }) => name),
    );
    return [...this.#kept]
      .filter(([name]) => !needed.has(name))
      .sort(([, a], [, b]) => b.liveAtMs - a.liveAtMs)
      .map(([name]) => name);
  }

  #evict(name: string): void {
    this.#kept.delete(name);
    this.#evicted.add(name);
    this.#options.onEvicted(name);
    this.#tellFull();
  }

  #tellFull(): void {
    const { logger, most } = this.#options;
    if (this.#isFullTold) return;
    this.#isFullTold = true;
    logger.warn(
      `there are more than ${most} streams: history is kept of ${most}, and those that were silent for longest make ` +
        'room for others; HISTORY_MAX_STREAMS sets how many',
    );
  }

  async #load(nowMs: number): Promise<void> {
    const { durable, most } = this.#options;
    await durable.zremrangebyscore(this.#key, '-inf', nowMs - FORGOTTEN_AFTER_MS);
    const stored = await durable.zrevrange(this.#key, 0, -1, 'WITHSCORES');
    for (let at = 0; at < stored.length; at += 2) {
      const [name = '', score = ''] = stored.slice(at, at + 2);
      const storedAtMs = Math.min(Number(score), nowMs);
      const kept = this.#kept.get(name);
      if (kept !== undefined) kept.storedAtMs = storedAtMs;
      else if (this.#kept.size < most) this.#kept.set(name, { liveAtMs: storedAtMs, storedAtMs });
      else this.#evicted.add(name);
    }
    this.#isLoaded = true;
  }

  async #save(nowMs: number): Promise<void> {
    const { durable, names, server } = this.#options;
    const changed = [...this.#kept].filter(
      ([, { liveAtMs, storedAtMs }]) => liveAtMs - storedAtMs >= HOUR_MS,
    );
    if (changed.length > 0) {
      await durable.zadd(
        this.#key,
        ...changed.flatMap(([name, { liveAtMs }]) => [Math.round(liveAtMs), name]),
      );
      for (const [, kept] of changed) kept.storedAtMs = kept.liveAtMs;
    }
    const [name] = this.#evicted;
    if (name === undefined) return;
    const subject = { kind: 'stream', server, stream: name } as const;
    const keys = (['30s', '5m'] as const).flatMap((tier) => {
      const { keptSeconds, keySeconds } = HISTORY_TIERS[tier];
      return historyKeys(names, subject, tier, nowMs - (keptSeconds + keySeconds) * 1_000, nowMs + 1);
    });
    await durable.unlink(...keys.map(({ key }) => key));
    await durable.zrem(this.#key, name);
    this.#evicted.delete(name);
  }
}
