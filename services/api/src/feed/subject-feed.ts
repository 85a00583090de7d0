import type { Clock, Logger } from '@mediamtx-monitor/runtime';
import {
  isSameTick,
  MAX_EPOCH_AHEAD_MS,
  STALE_INTERVALS,
  type StatusMessage,
  type SubjectKind,
  type TopicHead,
} from '@mediamtx-monitor/types';
import { Absence } from './absence.ts';
import { type Age, ageOf, type Fleet, isGone, type Tick } from '../tick/index.ts';
import { Faults } from './faults.ts';
import { type News, statusOf } from './news.ts';
import type { Fault, Look, Parsed } from './parse.ts';
import type { RedisSource } from './redis-source.ts';
import { SharedRead } from './shared-read.ts';
import { intervalOf, Silence } from './silence.ts';
import { TickStore } from './store.ts';

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
  ) => Promise<readonly Look<Head>[]>;
  /** What brings the messages. */
  readonly channel: Pick<RedisSource, 'subscribed' | 'resubscribe' | 'redisNowMs'>;
  /** Whether those that are gone are still known, as such; else they are forgotten. */
  readonly keepsGone: boolean;
}

/** After this many intervals without a message, who asks is answered from the key. */
const SILENT_INTERVALS = 1.5;

/** The newest tick of each topic about subjects of one kind (servers or hosts), and how old that is. */
export class SubjectFeed<Head extends TopicHead> {
  readonly #options: SubjectFeedOptions<Head>;
  readonly #faults: Faults;
  readonly #silence: Silence;
  readonly #absence = new Absence();
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

  /** The newest tick of each that isn't gone; of the leading topic unless another is named. */
  fleet(topic?: Head['type']): Fleet<Head> {
    return this.#storeOf(topic).fleet;
  }

  /** As `fleet`, with those that are gone. */
  all(topic?: Head['type']): Fleet<Head> {
    return this.#storeOf(topic).all;
  }

  /** Whether nothing new has come of it for a day. */
  isGone(subject: string): boolean {
    const tick = this.#leading.get(subject);
    return tick !== undefined && isGone(tick, this.#options.clock);
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

  /** Something about it had to be left out of an answer. */
  leftOut(subject: string, reason: string): void {
    this.#faults.add({ subject, reason });
  }

  /** How old the data about each is now; nothing of a bare array. */
  statuses(): readonly StatusMessage[] {
    return this.all().ticks.flatMap((tick) => {
      const age = this.#age(tick);
      const { subject } = tick;
      return age === undefined ? [] : [statusOf(this.#options.kind, subject, age, this.isGone(subject))];
    });
  }

  /** Takes in what the channel told. */
  hear(parsed: Parsed<Head>): void {
    const tick = this.#usable(parsed);
    if (tick === undefined) return;
    if (this.#isLeading(tick)) this.#silence.heard(tick.subject);
    if (this.#accept(tick)) return;
    // It may be right all the same: Redis's clock may be another by now.
    const held = this.#leading.get(tick.subject);
    if (held?.head != null && tick.head !== null && !isSameTick(tick.head, held.head)) {
      void this.#reads.ask(intervalOf(held));
    }
  }

  /** A connection to Redis is new: what was told meanwhile was missed. */
  restart(): void {
    this.#silence.restart();
    void this.#reads.ask(0);
  }

  /** Nobody may be asking, so the keys of those that went silent are looked at now and then. */
  check(): void {
    for (const tick of this.all().ticks) {
      const lostMs = STALE_INTERVALS * intervalOf(tick);
      if (this.#isSilent(tick.subject, STALE_INTERVALS)) void this.#reads.ask(lostMs);
      this.#review(tick);
    }
  }

  async #readKeys(): Promise<void> {
    const known = this.all().ticks.map((tick) => tick.subject);
    try {
      const looks = await this.#options.read(known, (subject) => this.#isSilent(subject, SILENT_INTERVALS));
      for (const { subject, isThere, parsed } of looks) {
        if (isThere) this.#absence.clear(subject);
        else this.#missed(subject);
        for (const each of parsed) {
          const tick = this.#usable(each);
          if (tick !== undefined && this.#accept(tick)) this.#mendChannel(tick);
        }
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
    const { tick } = parsed;
    if (!this.#leading.hasRoomFor(tick.subject)) {
      this.#faults.add({ subject: undefined, reason: 'there are too many of them' });
      return undefined;
    }
    this.#faults.clear(tick.subject);
    // Other topics come after the leading one, and go with it.
    return this.#isLeading(tick) || this.#leading.get(tick.subject) !== undefined ? tick : undefined;
  }

  /** Takes the tick if its turn has come; tells whether it has. */
  #accept(tick: Tick<Head>): boolean {
    const { clock, channel, keepsGone, news } = this.#options;
    const isOver = isGone(tick, clock);
    if (isOver && !keepsGone) return false;
    const maxEpoch = (channel.redisNowMs ?? Infinity) + MAX_EPOCH_AHEAD_MS;
    const store = this.#storeOf(tick.topic);
    if (!store.offer(tick, { nowMs: clock.monotonicMs(), maxEpoch })) {
      if (tick.head !== null && tick.head.epoch > maxEpoch) this.#faults.add(aheadFault(tick.subject));
      return false;
    }
    this.#absence.clear(tick.subject);
    store.setGone(tick.subject, isOver);
    if (!isOver) news.tick(tick);
    if (this.#isLeading(tick)) this.#review(tick);
    return true;
  }

  /** Looks at what time has made of what is known: stale, or gone. */
  #review(tick: Tick<Head>): void {
    const { kind, clock, keepsGone, news } = this.#options;
    const isOver = isGone(tick, clock);
    if (isOver && !keepsGone) {
      this.#forget(tick.subject);
      return;
    }
    for (const store of this.#stores.values()) store.setGone(tick.subject, isOver);
    const age = this.#age(tick);
    if (age !== undefined) news.age(kind, tick.subject, age, isOver);
  }

  /** A Redis that was just started is empty for a moment; what stays away from it for 3 intervals was removed. */
  #missed(subject: string): void {
    const tick = this.#leading.get(subject);
    if (tick === undefined) return;
    const absentMs = this.#absence.missed(subject, this.#options.clock.monotonicMs());
    if (absentMs > STALE_INTERVALS * intervalOf(tick)) this.#forget(subject);
  }

  #forget(subject: string): void {
    for (const store of this.#stores.values()) store.delete(subject);
    this.#absence.clear(subject);
    this.#silence.clear(subject);
    this.#faults.clear(subject);
    this.#options.news.forget(this.#options.kind, subject);
  }

  #isSilent(subject: string, intervals: number): boolean {
    return this.#silence.aboutMs(subject) > intervals * intervalOf(this.#leading.get(subject));
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

function aheadFault(subject: string): Fault {
  return { subject, reason: 'its epoch is more than a day ahead of Redis’s clock' };
}
