import type { Redis } from 'ioredis';
import {
  type Clock,
  connectInBackground,
  createCommandConnection,
  historyKeys,
  isReplyError,
  type Logger,
  type Part,
  type RecentTicks,
  type RedisTarget,
} from '@mediamtx-monitor/runtime';
import {
  HISTORY_TIERS,
  type HistoryTier,
  RECENT_HISTORY,
  type RecentHistoryOf,
  type RedisNames,
} from '@mediamtx-monitor/types';
import {
  HistoryAwayError,
  type HistoryQuestion,
  type HistoryResult,
  type HistorySource,
} from '../http/history.ts';
import { readStrings } from './read-strings.ts';
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
const GRACE_SECONDS = 60;
const COMMAND_TIMEOUT_MS = 2_000;
const MAX_KEY_BYTES = 65_536;

/** History as collectors and host agents keep it in Redis. */
export class RedisHistory implements HistorySource, Part {
  readonly name = 'history';
  readonly #live: Redis;
  readonly #durable: Redis;
  readonly #names: RedisNames;
  readonly #recent: RecentHistory;
  readonly #clock: RedisHistoryOptions['clock'];

  constructor({ live, durable, names, logger, clock }: RedisHistoryOptions) {
    const connect = (redis: RedisTarget, purpose: string): Redis =>
      createCommandConnection({ ...redis, logger, commandTimeoutMs: COMMAND_TIMEOUT_MS, purpose });
    this.#live = connect(live, 'recent history');
    this.#durable = durable.url === live.url ? this.#live : connect(durable, 'history');
    this.#names = names;
    this.#clock = clock;
    this.#recent = new RecentHistory(this.#live, names);
  }

  start(): void {
    connectInBackground(this.#live);
    if (this.#durable !== this.#live) connectInBackground(this.#durable);
  }

  stop(): void {
    this.#live.disconnect();
    this.#durable.disconnect();
  }

  async nowMs(): Promise<number> {
    const [seconds, microseconds] = await this.#orAway(this.#live.time());
    return Math.floor(Number(seconds) * MS_PER_SECOND + Number(microseconds) / MS_PER_SECOND);
  }

  finestStepSeconds(agoSeconds: number): number {
    // Who asks for the last 24 hours asks for a little more by the time it arrives; so much more is there.
    if (agoSeconds <= RECENT_HISTORY.keptSeconds + RECENT_HISTORY.keySeconds) return 1;
    const { '30s': fine, '5m': coarse } = HISTORY_TIERS;
    return agoSeconds <= fine.keptSeconds + GRACE_SECONDS ? fine.slotSeconds : coarse.slotSeconds;
  }

  async serversWith(stream: string, servers: readonly string[]): Promise<readonly string[]> {
    const scores = await this.#orAway(
      Promise.all(servers.map((server) => this.#durable.zscore(this.#names.historyStreams(server), stream))),
    );
    return servers.filter((_, place) => scores[place] !== null);
  }

  async read(question: HistoryQuestion): Promise<HistoryResult> {
    const { fromMs, stepSeconds } = question;
    const { monotonicMs } = this.#clock;
    const tier = stepSeconds >= 300 ? '5m' : stepSeconds >= 30 ? '30s' : null;
    const nowMs = await this.nowMs();
    const recentFromMs = Math.max(fromMs, nowMs - RECENT_HISTORY.keptSeconds * MS_PER_SECOND);
    const slots = tier === null ? [] : await this.#orAway(this.#slots(question, tier, nowMs));
    const slotsReadMs = monotonicMs();
    const steps = new Steps(question);
    // Slots are stored when they are full, and some minutes later: till then their ticks stand for them.
    const open = tier === null ? EVERY_TICK : steps.addSlots(tier, slots, recentFromMs);
    const slotsMs = monotonicMs() - slotsReadMs;
    const ticks = await this.#orAway(this.#ticks(question, Math.max(recentFromMs, open.fromMs), nowMs));
    const ticksReadMs = monotonicMs();
    steps.addRecent(ticks, open.isOpen);
    const fields = steps.answer(tier);
    return { fields, workMs: slotsMs + monotonicMs() - ticksReadMs };
  }

  async #slots(
    { subject, fromMs, toMs }: HistoryQuestion,
    tier: HistoryTier,
    nowMs: number,
  ): Promise<SlotKey[]> {
    const { keptSeconds, keySeconds } = HISTORY_TIERS[tier];
    const keyMs = keySeconds * MS_PER_SECOND;
    const first = Math.max(fromMs, nowMs - keptSeconds * MS_PER_SECOND - keyMs);
    const keys = historyKeys(this.#names, subject, tier, first, Math.min(toMs, nowMs + keyMs));
    const values = await readStrings(
      this.#durable,
      keys.map(({ key }) => key),
      MAX_KEY_BYTES,
    );
    return keys.flatMap(({ startMs }, place) => {
      const bytes = values[place];
      return bytes === undefined ? [] : [{ startMs, bytes }];
    });
  }

  async #orAway<Value>(reading: Promise<Value>): Promise<Value> {
    try {
      return await reading;
    } catch (error) {
      // A connection that seems well but doesn't answer may be dead: a new one finds out.
      for (const redis of [this.#live, this.#durable]) {
        if (redis.status === 'ready' && !isReplyError(error)) redis.disconnect(true);
      }
      throw new HistoryAwayError('The Redis that keeps history does not answer.', { cause: error });
    }
  }

  #ticks({ subject, toMs }: HistoryQuestion, fromMs: number, nowMs: number): Promise<readonly RecentTicks[]> {
    const of: RecentHistoryOf =
      subject.kind === 'stream' ? { kind: 'streams', server: subject.server } : subject;
    return this.#recent.read(of, fromMs, toMs, nowMs);
  }
}
