import type { Clock, Logger } from '@mediamtx-monitor/runtime';
import type { StatusMessage, SubjectKind, TopicHead } from '@mediamtx-monitor/types';
import { type Age, ageOf, STALE_INTERVALS } from './age.ts';
import { Faults } from './faults.ts';
import type { Fleet } from './fleet.ts';
import { type News, statusOf } from './news.ts';
import type { Parsed } from './parse.ts';
import type { RedisSource } from './redis-source.ts';
import { SharedRead } from './shared-read.ts';
import { intervalOf, Silence } from './silence.ts';
import { TickStore } from './store.ts';
import type { Tick } from './tick.ts';

export interface SubjectFeedOptions<Head extends TopicHead> {
  readonly kind: SubjectKind;
  /** Topics about them. The first one tells whether data comes: a tick tells all topics at once. */
  readonly topics: readonly [Head['type'], ...Head['type'][]];
  readonly clock: Clock;
  readonly logger: Logger;
  readonly news: News;
  /**
   * Reads what is stored: of those that are listed in Redis and of those `known` already, but only of those `wanted`.
   * Rejects when Redis doesn't answer.
   */
  readonly read: (
    known: readonly string[],
    wanted: (subject: string) => boolean,
  ) => Promise<readonly Parsed<Head>[]>;
  /** What brings the messages. */
  readonly channel: Pick<RedisSource, 'subscribed' | 'resubscribe'>;
  /** Time after which those that tell nothing new are forgotten, in ms; never unless given. */
  readonly keptMs?: number;
}

/** After this many intervals without a message, who asks is answered from the key. */
const SILENT_INTERVALS = 1.5;

/** The newest tick of each topic about subjects of one kind (servers or hosts), and how old that is. */
export class SubjectFeed<Head extends TopicHead> {
  readonly #options: SubjectFeedOptions<Head>;
  readonly #faults: Faults;
  readonly #silence: Silence;
  readonly #reads: SharedRead;
  readonly #stores: ReadonlyMap<Head['type'], TickStore<Head>>;
  readonly #leading: TickStore<Head>;

  constructor(options: SubjectFeedOptions<Head>) {
    const { kind, topics, clock, logger } = options;
    this.#options = options;
    this.#faults = new Faults(logger, kind);
    this.#silence = new Silence(clock);
    this.#reads = new SharedRead(() => this.#readKeys(), clock);
    this.#leading = new TickStore();
    const [leading, ...others] = topics;
    this.#stores = new Map([
      [leading, this.#leading],
      ...others.map((topic) => [topic, new TickStore<Head>()] as const),
    ]);
  }

  /** Number of messages and stored values that could not be used since the start. */
  get faultCount(): number {
    return this.#faults.count;
  }

  /** The newest tick of each; of the leading topic unless another is named. */
  fleet(topic?: Head['type']): Fleet<Head> {
    return this.#storeOf(topic).fleet;
  }

  /** The newest tick of one of them. */
  newest(topic: Head['type'], subject: string): Tick<Head> | undefined {
    return this.#storeOf(topic).get(subject);
  }

  /** Whether `fleet` is as new as it gets: the channel has told of every one lately. */
  get isCurrent(): boolean {
    const { ticks } = this.fleet();
    return ticks.length > 0 && !ticks.some((tick) => this.#isSilent(tick.subject, SILENT_INTERVALS));
  }

  /** As `fleet`, after a look at the keys of those that the channel says nothing about. Never rejects. */
  async current(topic?: Head['type']): Promise<Fleet<Head>> {
    const { ticks } = this.fleet();
    const silent = ticks.filter((tick) => this.#isSilent(tick.subject, SILENT_INTERVALS));
    if (ticks.length === 0) await this.#reads.ask(intervalOf(undefined));
    else if (silent.length > 0) await this.#reads.ask(Math.min(...silent.map(intervalOf)));
    return this.fleet(topic);
  }

  /** How old the data about each is now; nothing of a bare array. */
  statuses(): readonly StatusMessage[] {
    return this.fleet().ticks.flatMap((tick) => {
      const age = this.#age(tick);
      return age === undefined ? [] : [statusOf(this.#options.kind, tick.subject, age)];
    });
  }

  /** Takes in what the channel told. */
  hear(parsed: Parsed<Head>): void {
    const tick = this.#usable(parsed);
    if (tick === undefined) return;
    if (this.#isLeading(tick)) this.#silence.heard(tick.subject);
    this.#accept(tick);
  }

  /** A connection to Redis is new: what was told meanwhile was missed. */
  restart(): void {
    this.#silence.restart();
    void this.#reads.ask(0);
  }

  /** Nobody may be asking, so the keys of those that went silent are looked at now and then. */
  check(): void {
    for (const tick of this.fleet().ticks) {
      this.#tellAge(tick);
      const lostMs = STALE_INTERVALS * intervalOf(tick);
      if (this.#isSilent(tick.subject, STALE_INTERVALS)) void this.#reads.ask(lostMs);
      if (this.#isGone(tick)) this.#forget(tick.subject);
    }
  }

  async #readKeys(): Promise<void> {
    const known = this.fleet().ticks.map((tick) => tick.subject);
    try {
      const stored = await this.#options.read(known, (subject) => this.#isSilent(subject, SILENT_INTERVALS));
      for (const parsed of stored) {
        const tick = this.#usable(parsed);
        if (tick !== undefined && this.#accept(tick)) this.#mendChannel(tick);
      }
    } catch {
      // The source has told the operator; what is held stays, and its age tells the rest.
    }
  }

  /** The keys tell something newer than the channel has: if it should have told that long ago, it's broken. */
  #mendChannel(tick: Tick<Head>): void {
    const lostMs = STALE_INTERVALS * intervalOf(tick);
    const { channel, logger } = this.#options;
    if (tick.head === null || !channel.subscribed || this.#silence.channelMs <= lostMs) return;
    logger.info('the keys in Redis move on but the channel is silent: subscribing anew');
    this.#silence.restart();
    channel.resubscribe();
  }

  #usable(parsed: Parsed<Head>): Tick<Head> | undefined {
    if ('fault' in parsed) {
      this.#faults.add(parsed.fault);
      return undefined;
    }
    this.#faults.clear(parsed.tick.subject);
    return parsed.tick;
  }

  #accept(tick: Tick<Head>): boolean {
    if (this.#isGone(tick) || !this.#storeOf(tick.topic).offer(tick)) return false;
    this.#options.news.tick(tick);
    if (this.#isLeading(tick)) this.#tellAge(tick);
    return true;
  }

  #isGone(tick: Tick<Head>): boolean {
    const { keptMs } = this.#options;
    return keptMs !== undefined && (this.#age(tick)?.ageMs ?? 0) > keptMs;
  }

  #forget(subject: string): void {
    for (const store of this.#stores.values()) store.delete(subject);
    this.#options.news.forget(this.#options.kind, subject);
  }

  #isSilent(subject: string, intervals: number): boolean {
    return this.#silence.aboutMs(subject) > intervals * intervalOf(this.#leading.get(subject));
  }

  #tellAge(tick: Tick<Head>): void {
    const age = this.#age(tick);
    if (age !== undefined) this.#options.news.age(this.#options.kind, tick.subject, age);
  }

  #age(tick: Tick<Head>): Age | undefined {
    return ageOf(tick, this.#options.clock);
  }

  #isLeading({ topic }: Tick<Head>): boolean {
    return topic === this.#options.topics[0];
  }

  #storeOf(topic = this.#options.topics[0]): TickStore<Head> {
    return this.#stores.get(topic) ?? this.#leading;
  }
}
