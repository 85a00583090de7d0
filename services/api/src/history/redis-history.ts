import {
  type Clock,
  CommandFailures,
  connectInBackground,
  createCommandConnection,
  historyKeys,
  type Logger,
  type Part,
  type RedisTarget,
  RedisTime,
  withinTimeout,
} from '@mediamtx-monitor/runtime';
import { HISTORY_TIERS, type HistoryTier, RECENT_HISTORY, type RedisNames } from '@mediamtx-monitor/types';
import type { HistoryQuestion, HistoryResult, HistorySource } from '../http/history.ts';
import { type HistoryConnection, readStrings } from './read-strings.ts';
import { RecentHistory } from './recent.ts';
import { EVERY_TICK, type SlotKey, Steps } from './steps.ts';

export interface RedisHistoryOptions {
  readonly live: RedisTarget;
  readonly durable: RedisTarget;
  readonly names: RedisNames;
  readonly logger: Logger;
  readonly clock: Pick<Clock, 'monotonicMs'>;
}

const MS_PER_SECOND = 1_000;
/** What is asked has a time of its own, which is shorter; this one is for what a connection begins with, in ms. */
const CONNECTION_TIMEOUT_MS = 5_000;
const GRACE_SECONDS = 60;
const MAX_KEY_BYTES = 65_536;
/** For so long Redis's time is carried on by our own clock, in ms. */
const TIME_KEPT_MS = 1_000;
const FAILURE = `history can't be read`;

/** History as collectors and host agents keep it in Redis. */
export class RedisHistory implements HistorySource, Part {
  readonly name = 'history';
  readonly #live: HistoryConnection;
  readonly #durable: HistoryConnection;
  readonly #names: RedisNames;
  readonly #recent: RecentHistory;
  readonly #time: RedisTime;
  readonly #clock: RedisHistoryOptions['clock'];
  /** Monotonic time at which Redis told its own. */
  #timeReadMs = -Infinity;

  constructor({ live, durable, names, logger, clock }: RedisHistoryOptions) {
    const connect = (target: RedisTarget, purpose: string): HistoryConnection => {
      const options = { ...target, logger, commandTimeoutMs: CONNECTION_TIMEOUT_MS, purpose };
      const redis = createCommandConnection(options);
      return { redis, failures: new CommandFailures(redis, logger) };
    };
    this.#live = connect(live, 'recent history');
    this.#durable = durable.url === live.url ? this.#live : connect(durable, 'history');
    this.#names = names;
    this.#clock = clock;
    this.#time = new RedisTime(this.#live.redis, clock);
    this.#recent = new RecentHistory(this.#live, names, clock.monotonicMs);
  }

  start(): void {
    connectInBackground(this.#live.redis);
    if (this.#durable !== this.#live) connectInBackground(this.#durable.redis);
  }

  stop(): void {
    this.#live.redis.disconnect();
    this.#durable.redis.disconnect();
  }

  async nowMs(): Promise<number> {
    const { monotonicMs } = this.#clock;
    if (monotonicMs() - this.#timeReadMs > TIME_KEPT_MS) {
      await this.#read(this.#live, () => this.#time.read());
      this.#timeReadMs = monotonicMs();
    }
    return Math.floor(this.#time.nowMs ?? 0);
  }

  finestStepSeconds(agoSeconds: number): number {
    // Who asks for the last 24 hours asks for a little more by the time it arrives; so much more is there.
    if (agoSeconds <= RECENT_HISTORY.keptSeconds + RECENT_HISTORY.keySeconds) return 1;
    const { '30s': fine, '5m': coarse } = HISTORY_TIERS;
    return agoSeconds <= fine.keptSeconds + GRACE_SECONDS ? fine.slotSeconds : coarse.slotSeconds;
  }

  async serversWith(stream: string, servers: readonly string[]): Promise<readonly string[]> {
    const scores = await Promise.all(
      servers.map((server) => {
        const key = this.#names.historyStreams(server);
        return this.#read(this.#durable, ({ redis }) => redis.zscore(key, stream), `${key} can't be read`);
      }),
    );
    return servers.filter((_, place) => scores[place] !== null);
  }

  /** What is kept longest tells: a server or host of the last minutes is known anyway. */
  async isKept(subject: Parameters<HistorySource['isKept']>[0]): Promise<boolean> {
    const nowMs = await this.nowMs();
    const firstMs = nowMs - HISTORY_TIERS['5m'].keptSeconds * MS_PER_SECOND;
    const keys = historyKeys(this.#names, subject, '5m', firstMs, nowMs).map(({ key }) => key);
    return this.#read(this.#durable, async ({ redis }) => (await redis.exists(...keys)) > 0);
  }

  async read(question: HistoryQuestion): Promise<HistoryResult> {
    const { subject, fromMs, toMs, stepSeconds } = question;
    const { monotonicMs } = this.#clock;
    const tier = stepSeconds >= 300 ? '5m' : stepSeconds >= 30 ? '30s' : null;
    const nowMs = await this.nowMs();
    const recentFromMs = Math.max(fromMs, nowMs - RECENT_HISTORY.keptSeconds * MS_PER_SECOND);
    const slots = tier === null ? [] : await this.#slots(question, tier, nowMs);
    const slotsReadMs = monotonicMs();
    const steps = new Steps(question, tier);
    // Slots are stored when they are full, and some minutes later: till then their ticks stand for them.
    const open = tier === null ? EVERY_TICK : steps.addSlots(tier, slots, recentFromMs);
    const slotsMs = monotonicMs() - slotsReadMs;
    const ticks = await this.#read(this.#live, () =>
      this.#recent.read(subject, Math.max(recentFromMs, open.fromMs), toMs, nowMs),
    );
    const ticksReadMs = monotonicMs();
    steps.addRecent(ticks, open.isOpen);
    const fields = steps.answer();
    return { fields, workMs: slotsMs + monotonicMs() - ticksReadMs };
  }

  #slots({ subject, fromMs, toMs }: HistoryQuestion, tier: HistoryTier, nowMs: number): Promise<SlotKey[]> {
    const { keptSeconds, keySeconds } = HISTORY_TIERS[tier];
    const keyMs = keySeconds * MS_PER_SECOND;
    const first = Math.max(fromMs, nowMs - keptSeconds * MS_PER_SECOND - keyMs);
    const keys = historyKeys(this.#names, subject, tier, first, Math.min(toMs, nowMs + keyMs));
    return this.#read(this.#durable, async (connection) => {
      const values = await readStrings(
        connection,
        keys.map(({ key }) => key),
        MAX_KEY_BYTES,
      );
      return keys.flatMap(({ startMs }, place) => {
        const bytes = values[place];
        return bytes === undefined ? [] : [{ startMs, bytes }];
      });
    });
  }

  /** @throws {RedisAwayError|RedisRefusedError} */
  async #read<Value>(
    connection: HistoryConnection,
    read: (connection: HistoryConnection) => Promise<Value>,
    failure = FAILURE,
  ): Promise<Value> {
    try {
      const value = await withinTimeout(read(connection));
      connection.failures.clear(failure);
      return value;
    } catch (error) {
      throw connection.failures.handle(failure, error);
    }
  }
}
