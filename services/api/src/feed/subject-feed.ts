import {
  isSameTick,
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
import type { Following, FollowingEvents } from './following.ts';
import { Gaps } from './gaps.ts';
import { Intake, type IntakeOptions, type Taken } from './intake.ts';
import { ALL, type Choice, type Chosen, only } from './interest.ts';
import type { AskedArrays } from './keys.ts';
import type { TickStore } from './store.ts';

/** Where heads come by themselves, in the place of messages that nobody wants. */
export interface HeadChannel<Head extends TopicHead> {
  readonly channel: string;
  readonly parse: (message: Buffer, receivedMs: number) => ParsedHead<Head>;
}

export interface SubjectFeedOptions<Head extends TopicHead> extends Omit<
  IntakeOptions<Head>,
  'leading' | 'isWanted' | 'isReading' | 'onReceived' | 'onNews' | 'onForgotten'
> {
  /** Topics about them. The first one is asked for most. */
  readonly topics: readonly [Head['type'], ...Head['type'][]];
  /** Has messages received, of all or of those that are wanted. */
  readonly follow: (events: FollowingEvents<Head['type']>) => Following<Head['type']>;
  readonly channel: Channel;
  /** Reads what is stored. */
  readonly read: (
    arraysOf: (subject: string) => AskedArrays<Head['type']>,
    ...asked: Parameters<ReadStored<Head>>
  ) => ReturnType<ReadStored<Head>>;
  /** Unless given, heads come with messages only. */
  readonly headChannel?: HeadChannel<Head>;
  /** `check` is to be called in so many ms. */
  readonly ringWithin: (ms: number) => void;
}

/** What is known of subjects of one kind (servers or hosts), how old that is, and the newest ticks of their topics. */
export class SubjectFeed<Head extends TopicHead> {
  readonly #options: SubjectFeedOptions<Head>;
  readonly #leading: Head['type'];
  readonly #intake: Intake<Head>;
  readonly #catchUp: CatchUp<Head>;
  readonly #following: Following<Head['type']>;
  /** What is older than is known. */
  readonly gaps: Gaps<Head>;
  /** Labels by which they were chosen last. */
  readonly #seenLabels = new Map<string, ServerLabels>();

  constructor(options: SubjectFeedOptions<Head>) {
    const { topics, clock, channel, headChannel, read, follow, ringWithin } = options;
    this.#options = options;
    this.#leading = topics[0];
    this.#intake = new Intake({
      ...options,
      leading: this.#leading,
      isWanted: (topic, subject) => this.#following.isFollowed(topic, subject),
      isReading: () => this.#catchUp.isReading,
      onReceived: (taken) => {
        this.#received(taken);
      },
      onNews: (known) => {
        this.#catchUp.found(known.subject);
        this.#see(known.subject);
        ringWithin(this.#untilDueMs(known));
      },
      onForgotten: (subject) => {
        this.#following.forget(subject);
        this.#catchUp.delete(subject);
        this.#seenLabels.delete(subject);
        for (const topic of topics) this.gaps.forget(topic, subject);
      },
    });
    this.#catchUp = new CatchUp({
      ...options,
      read: (known, isWanted) => read((subject) => this.#arraysOf(subject), known, isWanted),
      known: () => this.heads.map(({ subject }) => subject),
      newest: (subject) => this.#store.known(subject),
      isLacking: (subject) => this.#lacksOf(subject),
      take: (stored) => this.#take(stored),
      forget: (subject) => {
        this.#intake.forget(subject);
      },
    });
    this.gaps = new Gaps({ store: this.#store, read: () => this.#catchUp.read(0) });
    this.#following = follow({
      receiverOf: (topic) => this.#intake.receiverOf(topic),
      onFollowed: (topic) => {
        const isLacking = this.heads.some(({ subject }) => this.#lacksOf(subject, [topic]));
        if (isLacking) void this.#catchUp.readAnew();
      },
      onWanted: (topic, subject) => {
        this.#store.keep(topic, subject);
      },
      onLeft: (topic, subject) => {
        this.#store.drop(topic, subject);
        this.gaps.forget(topic, subject);
      },
    });
    if (headChannel === undefined) return;
    channel.receive(headChannel.channel, (message) => {
      this.#receiveHead(headChannel.parse(message, clock.monotonicMs()));
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

  /** The newest head of one of them. */
  known(subject: string): KnownHead<Head> | undefined {
    return this.#store.known(subject);
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

  /** Of how many a topic is followed since somebody wants it. */
  followedCount(topic: Head['type']): number {
    return this.heads.filter(({ subject }) => this.#following.isFollowed(topic, subject)).length;
  }

  /** A live client wants these topics of those that are chosen, until it calls what is returned. */
  hold(topics: readonly Head['type'][], choice: Choice): () => void {
    return this.#following.hold(topics, choice);
  }

  /** Whether nothing is held of a topic of some that are chosen and aren't gone, since Redis can't be read. */
  hasUnread(topic: Head['type'], { isChosen }: Chosen): boolean {
    const isUnread = ({ subject }: KnownHead<Head>): boolean =>
      isChosen(subject) && !this.isGone(subject) && this.newest(topic, subject) === undefined;
    return this.#catchUp.hasFailed && this.heads.some(isUnread);
  }

  /** A request wants the first topic of all now; whether `fleet` is as new as it gets, without a look at the keys. */
  isCurrent(): boolean {
    this.#following.want(this.#leading, ALL);
    if (this.heads.length === 0 || this.gaps.has([this.#leading], ALL)) return false;
    return !this.heads.some(({ subject }) => this.#catchUp.isSilent(subject, SILENT_INTERVALS));
  }

  /**
   * What is held of a topic of those that are chosen and aren't gone, for a request: after a look at the keys where these
   * may have something newer. Never rejects.
   */
  async current(topic = this.#leading, choice: Chosen = ALL): Promise<Fleet<Head>> {
    await this.gaps.discover();
    // Whatever is asked for, there are as many of these as servers.
    const chosen = this.heads.filter(({ subject }) => choice.isChosen(subject));
    if (choice === ALL) this.#following.want(topic, ALL);
    else for (const { subject } of chosen) this.#following.want(topic, only(subject));
    await this.gaps.fill([topic], choice);
    await this.currentHeads();
    return this.fleet(topic).where(choice.isChosen);
  }

  /** As `heads`, after a look at the keys of those that the channel says nothing about. Never rejects. */
  async currentHeads(): Promise<readonly KnownHead<Head>[]> {
    const silent = this.heads.filter(({ subject }) => this.#catchUp.isSilent(subject, SILENT_INTERVALS));
    if (this.heads.length === 0) await this.#catchUp.read(intervalOf(undefined));
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
    this.#options.ringWithin(0);
  }

  /** Does what is due: looks at ages, and at the keys of those that went silent. Time in ms until something is due again. */
  check(): number {
    let untilMs = Infinity;
    for (const known of this.heads) {
      const lostMs = staleAfterMs(intervalOf(known));
      if (this.#catchUp.isSilent(known.subject, STALE_INTERVALS)) void this.#catchUp.read(lostMs);
      this.#intake.review(known);
      this.#following.look(known);
      untilMs = Math.min(untilMs, this.#untilDueMs(known));
    }
    return Math.min(untilMs, this.#following.review());
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
    this.#following.headCame(subject);
    this.#see(subject);
    if (this.#lacksOf(subject)) void this.#catchUp.readAnew();
  }

  /** Takes in what was read from keys; the head, where that is newer. */
  #take({ parsed, known }: StoredTicks<Head>): KnownHead<Head> | undefined {
    const taken = [
      ...parsed.map((tick) => this.#intake.takeStored(tick)),
      known && this.#intake.takeHead({ known }),
    ].find((one) => one?.isNews === true);
    if (taken !== undefined) this.#following.look(taken.known);
    return taken?.known;
  }

  /** What is known of it may have it chosen from now on. */
  #see(subject: string): void {
    const labels = this.#store.labels(subject);
    if (this.#seenLabels.get(subject) === labels) return;
    this.#seenLabels.set(subject, labels);
    this.#following.see(subject);
  }

  /** Whether something newer is known of it than is held of what is followed. */
  #lacksOf(subject: string, topics: readonly Head['type'][] = this.#options.topics): boolean {
    return topics.some(
      (topic) => this.#store.lacks(topic, subject) && this.#following.isFollowed(topic, subject),
    );
  }

  #arraysOf(subject: string): AskedArrays<Head['type']> {
    const topics = this.#options.topics.filter((topic) => this.#following.isFollowed(topic, subject));
    return { topics, areHeld: this.known(subject) !== undefined && !this.#lacksOf(subject) };
  }

  #untilDueMs(known: KnownHead<Head>): number {
    return Math.min(untilOlderMs(known, this.#options.clock), this.#catchUp.untilLookMs(known.subject));
  }

  get #store(): TickStore<Head> {
    return this.#intake.store;
  }
}
