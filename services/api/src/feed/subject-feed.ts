import type { Clock, Logger } from '@mediamtx-monitor/runtime';
import {
  type Age,
  isSameTick,
  MAX_EPOCH_AHEAD_MS,
  STALE_INTERVALS,
  staleAfterMs,
  type StatusMessage,
  type SubjectKind,
  type TopicHead,
} from '@mediamtx-monitor/types';
import {
  ageOf,
  type Fleet,
  type HeadSchemas,
  isGone,
  type ParsedTick,
  parseMessage,
  type Tick,
} from '../tick/index.ts';
import { CatchUp, intervalOf, type ReadStored, SILENT_INTERVALS } from './catch-up.ts';
import type { Channel } from './channel.ts';
import { Rejections } from './rejections.ts';
import { TickStore } from './store.ts';
import type { FeedUpdate, UpdateListener } from './update.ts';

export interface SubjectFeedOptions<Head extends TopicHead> {
  readonly kind: SubjectKind;
  /** Topics about them. The first one says whether data comes: a tick publishes all topics at once. */
  readonly topics: readonly [Head['type'], ...Head['type'][]];
  readonly heads: HeadSchemas<Head>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Receive every tick that is newer than the one before, and every change of a status, in that order. */
  readonly listeners: ReadonlySet<UpdateListener>;
  /** What brings the messages. */
  readonly channel: Channel;
  readonly read: ReadStored<Head>;
  /** Redis's Unix time in ms, as far as it is known. */
  readonly redisNowMs: () => number | undefined;
  /** Whether those that are gone are still known, as such; else they are forgotten. */
  readonly keepsGone: boolean;
}

/** Nothing is known of what was forgotten. */
const FORGOTTEN: Age = { ageMs: null, stale: true };

/** The newest tick of each topic about subjects of one kind (servers or hosts), and how old that is. */
export class SubjectFeed<Head extends TopicHead> {
  readonly #options: SubjectFeedOptions<Head>;
  readonly #rejections: Rejections;
  readonly #stores: ReadonlyMap<Head['type'], TickStore<Head>>;
  readonly #leading = new TickStore<Head>();
  readonly #catchUp: CatchUp<Head>;
  /** The state that was published last of each. */
  readonly #published = new Map<string, 'fresh' | 'stale' | 'gone'>();

  constructor(options: SubjectFeedOptions<Head>) {
    const { kind, topics, clock, logger, channel, read } = options;
    this.#options = options;
    this.#rejections = new Rejections(logger, kind);
    this.#catchUp = new CatchUp({
      clock,
      logger,
      channel,
      read,
      known: () => this.all().ticks.map((tick) => tick.subject),
      newest: (subject) => this.#leading.get(subject),
      take: (parsed) => {
        const tick = this.#usable(parsed);
        return tick !== undefined && this.#accept(tick) ? tick : undefined;
      },
      forget: (subject) => {
        this.#forget(subject);
      },
    });
    const [leading, ...others] = topics;
    this.#stores = new Map([
      [leading, this.#leading],
      ...others.map((topic) => [topic, new TickStore<Head>()] as const),
    ]);
    for (const topic of topics) {
      channel.receive(topic, (message) => {
        this.#receive(topic, message);
      });
    }
  }

  /** Number of messages and stored values that could not be used since the start. */
  get rejectionCount(): number {
    return this.#rejections.count;
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

  /** Whether `fleet` is as new as it gets: the channel has brought a message about every one lately. */
  get isCurrent(): boolean {
    const { ticks } = this.fleet();
    return ticks.length > 0 && !ticks.some((tick) => this.#catchUp.isSilent(tick.subject, SILENT_INTERVALS));
  }

  /** As `fleet`, after a look at the keys of those that the channel says nothing about. Never rejects. */
  async current(topic?: Head['type']): Promise<Fleet<Head>> {
    const { ticks } = this.fleet();
    const silent = ticks.filter((tick) => this.#catchUp.isSilent(tick.subject, SILENT_INTERVALS));
    if (ticks.length === 0) await this.#catchUp.read(intervalOf(undefined));
    else if (silent.length > 0) await this.#catchUp.read(Math.min(...silent.map(intervalOf)));
    return this.fleet(topic);
  }

  /** Something about it had to be left out of an answer. */
  leftOut(subject: string, reason: string): void {
    this.#rejections.add({ subject, reason });
  }

  /** How old the data about each is now; nothing of a bare array. */
  statuses(): readonly StatusMessage[] {
    const { kind, clock } = this.#options;
    return this.all().ticks.flatMap((tick) => {
      const age = ageOf(tick, clock);
      const { subject } = tick;
      return age === undefined ? [] : [statusOf(kind, subject, age, this.isGone(subject))];
    });
  }

  /** A connection to Redis is new: what was published meanwhile was missed. */
  restart(): void {
    this.#catchUp.restart();
  }

  /** Nobody may be asking, so the keys of those that went silent are looked at now and then. */
  check(): void {
    for (const tick of this.all().ticks) {
      const lostMs = staleAfterMs(intervalOf(tick));
      if (this.#catchUp.isSilent(tick.subject, STALE_INTERVALS)) void this.#catchUp.read(lostMs);
      this.#review(tick);
    }
  }

  /** Takes in what the channel brings. */
  #receive(topic: Head['type'], message: Buffer): void {
    const { heads, clock } = this.#options;
    const receivedMs = clock.monotonicMs();
    const tick = this.#usable(parseMessage(topic, heads, message, { receivedMs }));
    if (tick === undefined) return;
    if (this.#isLeading(tick)) this.#catchUp.received(tick.subject);
    if (this.#accept(tick)) return;
    // It may be right all the same: Redis's clock may be another by now.
    const held = this.#leading.get(tick.subject);
    if (held?.head != null && tick.head !== null && !isSameTick(tick.head, held.head)) {
      void this.#catchUp.read(intervalOf(held));
    }
  }

  #usable(parsed: ParsedTick<Head>): Tick<Head> | undefined {
    if ('rejection' in parsed) {
      this.#rejections.add(parsed.rejection);
      return undefined;
    }
    const { tick } = parsed;
    if (!this.#leading.hasRoomFor(tick.subject)) {
      this.#rejections.add({ subject: undefined, reason: 'there are too many of them' });
      return undefined;
    }
    this.#rejections.clear(tick.subject);
    // Other topics come after the leading one, and go with it.
    return this.#isLeading(tick) || this.#leading.get(tick.subject) !== undefined ? tick : undefined;
  }

  /** Takes the tick if its turn has come; whether it has. */
  #accept(tick: Tick<Head>): boolean {
    const { clock, redisNowMs, keepsGone } = this.#options;
    const isOver = isGone(tick, clock);
    if (isOver && !keepsGone) return false;
    // The greatest one that isn't ahead of time, as publish scripts have it.
    const maxEpoch = (redisNowMs() ?? Infinity) + MAX_EPOCH_AHEAD_MS - 1;
    const store = this.#storeOf(tick.topic);
    if (!store.offer(tick, { nowMs: clock.monotonicMs(), maxEpoch })) {
      if (tick.head !== null && tick.head.epoch > maxEpoch) {
        this.leftOut(tick.subject, 'its epoch is more than a day ahead of Redis’s clock');
      }
      return false;
    }
    this.#catchUp.found(tick.subject);
    store.setGone(tick.subject, isOver);
    if (!isOver) this.#publish({ kind: 'tick', tick });
    if (this.#isLeading(tick)) this.#review(tick);
    return true;
  }

  /** Looks at what time has made of what is known: stale, or gone. */
  #review(tick: Tick<Head>): void {
    const { clock, keepsGone } = this.#options;
    const isOver = isGone(tick, clock);
    if (isOver && !keepsGone) {
      this.#forget(tick.subject);
      return;
    }
    for (const store of this.#stores.values()) store.setGone(tick.subject, isOver);
    const age = ageOf(tick, clock);
    if (age !== undefined) this.#publishStatus(tick.subject, age, isOver);
  }

  #forget(subject: string): void {
    for (const store of this.#stores.values()) store.delete(subject);
    this.#rejections.clear(subject);
    this.#publishStatus(subject, FORGOTTEN, true);
    this.#published.delete(subject);
    this.#catchUp.delete(subject);
  }

  /** Publishes the status if it is another than before. */
  #publishStatus(subject: string, age: Age, isOver: boolean): void {
    const state = isOver ? 'gone' : age.stale ? 'stale' : 'fresh';
    if (this.#published.get(subject) === state) return;
    this.#published.set(subject, state);
    this.#publish({ kind: 'status', status: statusOf(this.#options.kind, subject, age, isOver) });
  }

  #publish(update: FeedUpdate): void {
    for (const listener of this.#options.listeners) listener(update);
  }

  #isLeading({ topic }: Tick<Head>): boolean {
    return topic === this.#options.topics[0];
  }

  #storeOf(topic = this.#options.topics[0]): TickStore<Head> {
    return this.#stores.get(topic) ?? this.#leading;
  }
}

/** Says how old the data about a server or host is. */
function statusOf(kind: SubjectKind, subject: string, age: Age, isOver: boolean): StatusMessage {
  const status = { type: 'status', ...age, ...(isOver && { gone: true as const }) } as const;
  return kind === 'host' ? { ...status, host: subject } : { ...status, server: subject };
}
