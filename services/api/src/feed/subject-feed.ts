import {
  isSameTick,
  type RedisNames,
  type ServerLabels,
  STALE_INTERVALS,
  staleAfterMs,
  type StatusMessage,
  type TopicHead,
} from '@mediamtx-monitor/types';
import {
  type Fleet,
  isGone,
  type KnownHead,
  type ParsedHead,
  type StoredTicks,
  type Tick,
  untilOlderMs,
} from '../tick/index.ts';
import { CatchUp, intervalOf, type ReadStored, SILENT_INTERVALS } from './catch-up.ts';
import type { Channel } from './channel.ts';
import { Follower } from './follower.ts';
import { Intake, type IntakeOptions, type Taken } from './intake.ts';
import type { TickStore } from './store.ts';

/** Where heads come by themselves, in the place of messages that nobody wants. */
export interface HeadChannel<Head extends TopicHead> {
  readonly channel: string;
  readonly parse: (message: Buffer, receivedMs: number) => ParsedHead<Head>;
}

export interface SubjectFeedOptions<Head extends TopicHead> extends Omit<
  IntakeOptions<Head>,
  'leading' | 'onReceived' | 'onNews' | 'onForgotten'
> {
  /** Topics about them. The first one is asked for most. */
  readonly topics: readonly [Head['type'], ...Head['type'][]];
  /** Unless given, all topics are followed. */
  readonly headChannel?: HeadChannel<Head>;
  /** What brings the messages. */
  readonly channel: Channel;
  readonly names: RedisNames;
  /** Reads what is stored, arrays of these topics only. */
  readonly read: (
    topics: readonly Head['type'][],
    ...asked: Parameters<ReadStored<Head>>
  ) => ReturnType<ReadStored<Head>>;
  /** `check` is to be called in so many ms. */
  readonly ringWithin: (ms: number) => void;
}

/** What is known of subjects of one kind (servers or hosts), how old that is, and the newest ticks of their topics. */
export class SubjectFeed<Head extends TopicHead> {
  readonly #options: SubjectFeedOptions<Head>;
  readonly #leading: Head['type'];
  readonly #intake: Intake<Head>;
  readonly #catchUp: CatchUp<Head>;
  readonly #follower: Follower<Head['type']>;
  /** Of what was wanted and could not be read: what was known then, by topic. */
  readonly #unread = new Map<Head['type'], number>();

  constructor(options: SubjectFeedOptions<Head>) {
    const { topics, clock, read, ringWithin } = options;
    this.#options = options;
    this.#leading = topics[0];
    this.#intake = new Intake({
      ...options,
      leading: this.#leading,
      onReceived: (taken) => {
        this.#received(taken);
      },
      onNews: (known) => {
        this.#catchUp.found(known.subject);
        ringWithin(this.#untilDueMs(known));
      },
      onForgotten: (subject) => {
        this.#follower.delete(subject);
        this.#catchUp.delete(subject);
      },
    });
    this.#catchUp = new CatchUp({
      ...options,
      read: (known, isWanted) => read(this.#wanted, known, isWanted),
      known: () => this.heads.map(({ subject }) => subject),
      newest: (subject) => this.#store.known(subject),
      isLacking: (subject) => this.#lacksOf(subject),
      take: (stored) => this.#take(stored),
      forget: (subject) => {
        this.#intake.forget(subject);
      },
    });
    const follows = this.#receiveTopics();
    this.#follower = new Follower({
      ...{ clock, ringWithin, leading: this.#leading },
      follow: (topic, isFollowed) => follows.get(topic)?.(isFollowed),
    });
  }

  /** Number of messages and stored values that could not be used since the start. */
  get rejectionCount(): number {
    return this.#intake.rejectionCount;
  }

  /** The newest tick that is held of each that isn't gone; of the first topic unless another is named. */
  fleet(topic = this.#leading): Fleet<Head> {
    return this.#store.fleet(topic);
  }

  /** As `fleet`, with those that are gone. */
  all(topic = this.#leading): Fleet<Head> {
    return this.#store.all(topic);
  }

  /** The newest heads, in order of ids; of those that are gone, too. */
  get heads(): readonly KnownHead<Head>[] {
    return this.#store.heads;
  }

  /** What people put on a server to choose it by, as its newest head tells; nothing of one that isn't known. */
  labels(subject: string): ServerLabels {
    return this.#store.labels(subject);
  }

  /** Whether nothing new has come of it for a day. */
  isGone(subject: string): boolean {
    const known = this.#store.known(subject);
    return known !== undefined && isGone(known, this.#options.clock);
  }

  /** The newest tick that is held of one of them. */
  newest(topic: Head['type'], subject: string): Tick<Head> | undefined {
    return this.#store.get(topic, subject);
  }

  /** A live client wants these topics, until they are released. */
  hold(topics: readonly Head['type'][]): void {
    for (const topic of topics) this.#follower.hold(topic);
  }

  /** The client that held them is gone. */
  release(topics: readonly Head['type'][]): void {
    for (const topic of topics) this.#follower.release(topic);
  }

  /** Whether something newer is known than is held of these topics. */
  lacks(topics: readonly Head['type'][]): boolean {
    return topics.some((topic) => this.#store.lacksAny(topic));
  }

  /** Reads of these topics what is newer than what is held. Never rejects. */
  async update(topics: readonly Head['type'][]): Promise<void> {
    const { version } = this.#store;
    if (topics.every((topic) => this.#unread.get(topic) === version)) return;
    await this.#catchUp.read(0);
    // What was waited for may have begun before anybody wanted them.
    if (this.lacks(topics) || this.#isEmpty) await this.#catchUp.read(0);
    for (const topic of topics) {
      if (this.#store.lacksAny(topic) || this.#isEmpty) this.#unread.set(topic, this.#store.version);
    }
  }

  /** A request wants the first topic now; whether `fleet` is as new as it gets, without a look at the keys. */
  isCurrent(): boolean {
    this.#follower.want(this.#leading);
    if (this.#isEmpty || this.#store.lacksAny(this.#leading)) return false;
    return !this.heads.some(({ subject }) => this.#catchUp.isSilent(subject, SILENT_INTERVALS));
  }

  /** As `fleet`, for a request: after a look at the keys where these may have something newer. Never rejects. */
  async current(topic = this.#leading): Promise<Fleet<Head>> {
    this.#follower.want(topic);
    if (this.lacks([topic]) || this.#isEmpty) await this.update([topic]);
    await this.currentHeads();
    return this.fleet(topic);
  }

  /** As `heads`, after a look at the keys of those that the channel says nothing about. Never rejects. */
  async currentHeads(): Promise<readonly KnownHead<Head>[]> {
    const silent = this.heads.filter(({ subject }) => this.#catchUp.isSilent(subject, SILENT_INTERVALS));
    if (this.#isEmpty) await this.#catchUp.read(intervalOf(undefined));
    else if (silent.length > 0) await this.#catchUp.read(Math.min(...silent.map(intervalOf)));
    return this.heads;
  }

  /** Something about it had to be left out of an answer. */
  leftOut(subject: string, reason: string): void {
    this.#intake.leftOut(subject, reason);
  }

  /** How old the data about each is now; nothing of a bare array. */
  statuses(): readonly StatusMessage[] {
    return this.#intake.statuses();
  }

  /** A connection to Redis is new: what was published meanwhile was missed. */
  restart(): void {
    this.#catchUp.restart();
  }

  /** Does what is due: looks at ages, and at the keys of those that went silent. Time in ms until something is due again. */
  check(): number {
    let untilMs = Infinity;
    for (const known of this.heads) {
      const lostMs = staleAfterMs(intervalOf(known));
      if (this.#catchUp.isSilent(known.subject, STALE_INTERVALS)) void this.#catchUp.read(lostMs);
      this.#intake.review(known);
      if (this.#isOnDemand) this.#follower.look(known);
      untilMs = Math.min(untilMs, this.#untilDueMs(known));
    }
    return Math.min(untilMs, this.#follower.review());
  }

  /** Has messages received. What has topics followed, or not any more, by topic: none where all are. */
  #receiveTopics(): ReadonlyMap<Head['type'], (isFollowed: boolean) => void> {
    const { topics, channel, names, headChannel, clock } = this.#options;
    const follows = new Map<Head['type'], (isFollowed: boolean) => void>();
    for (const topic of topics) {
      const receive = this.#intake.receiverOf(topic);
      const onSubscribed = (): void => {
        if (this.lacks([topic])) void this.#catchUp.readAnew();
      };
      if (headChannel === undefined) channel.receive(names.channel(topic), receive);
      else follows.set(topic, channel.receiveWhile(names.channel(topic), receive, onSubscribed));
    }
    if (headChannel !== undefined) {
      channel.receive(headChannel.channel, (message) => {
        this.#receiveHead(headChannel.parse(message, clock.monotonicMs()));
      });
    }
    return follows;
  }

  /** The channel brought something about it. */
  #received({ known, isNews }: Taken<Head>): void {
    const { subject, head } = known;
    this.#catchUp.received(subject);
    if (isNews) return;
    // It may be right all the same: Redis's clock may be another by now.
    const held = this.#store.known(subject);
    if (held?.head != null && head !== null && !isSameTick(head, held.head)) {
      void this.#catchUp.read(intervalOf(held));
    }
  }

  /** A head comes behind the messages of its tick: what is wanted and hasn't come by then was missed. */
  #receiveHead(parsed: ParsedHead<Head>): void {
    const taken = this.#intake.takeHead(parsed);
    if (taken === undefined) return;
    this.#received(taken);
    const { subject } = taken.known;
    this.#follower.headCame(subject);
    if (this.#lacksOf(subject)) void this.#catchUp.readAnew();
  }

  /** Takes in what was read from keys; the head, where that is newer. */
  #take({ parsed, known }: StoredTicks<Head>): KnownHead<Head> | undefined {
    const taken = [
      ...parsed.map((tick) => this.#intake.takeStored(tick)),
      known && this.#intake.takeHead({ known }),
    ].find((one) => one?.isNews === true);
    if (taken !== undefined && this.#isOnDemand) this.#follower.look(taken.known);
    return taken?.known;
  }

  /** Whether something newer is known of it than is held of what is wanted. */
  #lacksOf(subject: string): boolean {
    return this.#wanted.some((topic) => this.#store.lacks(topic, subject));
  }

  #untilDueMs(known: KnownHead<Head>): number {
    return Math.min(untilOlderMs(known, this.#options.clock), this.#catchUp.untilLookMs(known.subject));
  }

  /** Topics whose arrays are read: those that somebody wants, or all where all are followed. */
  get #wanted(): readonly Head['type'][] {
    return this.#isOnDemand ? this.#follower.followed : this.#options.topics;
  }

  /** Whether topics are followed while somebody wants them. */
  get #isOnDemand(): boolean {
    return this.#options.headChannel !== undefined;
  }

  get #store(): TickStore<Head> {
    return this.#intake.store;
  }

  get #isEmpty(): boolean {
    return this.heads.length === 0;
  }
}
