import type { Clock, Logger, RedisTime } from '@mediamtx-monitor/runtime';
import {
  isSameTick,
  MAX_EPOCH_AHEAD_MS,
  type StatusMessage,
  type SubjectKind,
  type TopicHead,
} from '@mediamtx-monitor/types';
import {
  type HeadSchemas,
  isGone,
  type KnownHead,
  type ParsedHead,
  type ParsedTick,
  parseMessage,
  type Tick,
} from '../tick/index.ts';
import { Rejections } from './rejections.ts';
import { Statuses } from './statuses.ts';
import { TickStore } from './store.ts';
import type { FeedUpdate, UpdateListener } from './update.ts';

export interface IntakeOptions<Head extends TopicHead> {
  readonly kind: SubjectKind;
  /** Ticks of other topics come after those of this one, and go with them. */
  readonly leading: Head['type'];
  readonly heads: HeadSchemas<Head>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Receive every tick that is newer than the one before, and every change of a status, in that order. */
  readonly listeners: ReadonlySet<UpdateListener>;
  readonly redisTime: Pick<RedisTime, 'nowMs'>;
  /** Whether what comes of a topic is to be held; else what its head tells is all that is taken of it. */
  readonly isWanted: (topic: Head['type'], subject: string) => boolean;
  /** Whether keys are being read. */
  readonly isReading: () => boolean;
  /** Whether those that are gone are still known, as such; else they are forgotten. */
  readonly keepsGone: boolean;
  /** Told of every message that could be used, once subscribers have it. */
  readonly onReceived: (taken: Taken<Head>) => void;
  /** Told of all that is news. */
  readonly onNews: (known: KnownHead<Head>) => void;
  readonly onForgotten: (subject: string) => void;
}

/** What could be used of that which came, and whether it was news. */
export interface Taken<Head extends TopicHead> {
  readonly known: KnownHead<Head>;
  readonly isNews: boolean;
}

/** Decides what is believed of that which comes, keeps it, and publishes what is news. */
export class Intake<Head extends TopicHead> {
  readonly store = new TickStore<Head>();
  readonly #options: IntakeOptions<Head>;
  readonly #rejections: Rejections;
  readonly #statuses: Statuses;

  constructor(options: IntakeOptions<Head>) {
    const { kind, clock, logger } = options;
    this.#options = options;
    this.#rejections = new Rejections(logger, kind);
    this.#statuses = new Statuses({
      ...{ kind, clock },
      publish: (status) => {
        this.#publish({ kind: 'status', status });
      },
    });
  }

  /** Number of messages and stored values that could not be used since the start. */
  get rejectionCount(): number {
    return this.#rejections.count;
  }

  /** Something about it had to be left out. */
  leftOut(subject: string | undefined, reason: string): void {
    this.#rejections.add({ subject, reason });
  }

  /** How old the data about each is now; nothing of a bare array. */
  statuses(): readonly StatusMessage[] {
    return this.store.heads.flatMap((known) => this.#statuses.of(known) ?? []);
  }

  /** What takes in a topic's messages as the channel brings them. */
  receiverOf(topic: Head['type']): (message: Buffer) => void {
    const { heads, clock, onReceived } = this.#options;
    return (message) => {
      const receivedMs = clock.monotonicMs();
      const parsed = parseMessage(topic, heads, message, { receivedMs });
      if ('rejection' in parsed) {
        this.#rejections.add(parsed.rejection);
        return;
      }
      // What was published just now isn't over, whatever clocks say.
      const taken = this.#take(parsed.tick, false);
      if (taken !== undefined) onReceived(taken);
    };
  }

  /** Takes a tick in that was read from its key, if its turn has come; `undefined` where it can't be used. */
  takeStored(parsed: ParsedTick<Head>): Taken<Head> | undefined {
    if ('rejection' in parsed) {
      this.#rejections.add(parsed.rejection);
      return undefined;
    }
    const tick = this.#dated(parsed.tick);
    return this.#take(tick, this.#isGone(tick));
  }

  /** Takes a head in, if its turn has come; `undefined` where it can't be used. */
  takeHead(parsed: ParsedHead<Head>): Taken<Head> | undefined {
    if ('rejection' in parsed) {
      this.#rejections.add(parsed.rejection);
      return undefined;
    }
    const { known } = parsed;
    if (!this.#hasRoomFor(known.subject)) return undefined;
    const isNews = this.#accept(known, this.#isGone(known), (time) => this.store.offerHead(known, time));
    if (isNews && this.#isComing(known.subject)) this.#options.onNews(known);
    else if (isNews) this.#settle(known);
    return { known, isNews };
  }

  /** Looks at what time has made of what is known: stale, or gone. */
  review(known: KnownHead<Head>): void {
    const isOver = this.#isGone(known);
    if (isOver && !this.#options.keepsGone) {
      this.forget(known.subject);
      return;
    }
    this.store.setGone(known.subject, isOver);
    const isStillRead = this.#isComing(known.subject) && this.#options.isReading();
    if (!isStillRead) this.#statuses.review(known);
  }

  forget(subject: string): void {
    this.store.delete(subject);
    this.#rejections.clear(subject);
    this.#statuses.forget(subject);
    this.#options.onForgotten(subject);
  }

  /** Subscribers come first: all that isn't for them is done once they have it. */
  #take(tick: Tick<Head>, isOver: boolean): Taken<Head> | undefined {
    const { subject, topic } = tick;
    if (!this.#hasRoomFor(subject)) return undefined;
    if (topic !== this.#options.leading && this.store.known(subject) === undefined) return undefined;
    if (tick.head !== null && !this.#isWanted(topic, subject)) {
      const { head, receivedMs, readAt } = tick;
      return this.takeHead({ known: { subject, head, receivedMs, ...(readAt && { readAt }) } });
    }
    const isNews = this.#accept(tick, isOver, (time) => this.store.offer(tick, time));
    if (!isNews) return { known: tick, isNews };
    if (!isOver) this.#publish({ kind: 'tick', tick });
    this.#rejections.clear(subject);
    this.#settle(tick);
    return { known: tick, isNews };
  }

  /** What was read from its key, when its head came as a message: that says how new it is, whatever clocks say. */
  #dated(tick: Tick<Head>): Tick<Head> {
    const known = this.store.known(tick.subject);
    if (known?.receivedMs == null) return tick;
    if (tick.head === null || known.head === null || !isSameTick(tick.head, known.head)) return tick;
    return tick.receivedAt(known.receivedMs);
  }

  #hasRoomFor(subject: string): boolean {
    const hasRoom = this.store.hasRoomFor(subject);
    if (!hasRoom) this.leftOut(undefined, 'there are too many of them');
    return hasRoom;
  }

  /** Offers it to the store, unless it is over; whether it is news. */
  #accept(
    known: KnownHead<Head>,
    isOver: boolean,
    offer: (time: Parameters<TickStore<Head>['offer']>[1]) => boolean,
  ): boolean {
    const { clock, redisTime, keepsGone } = this.#options;
    const { subject, head } = known;
    if (isOver && !keepsGone) return false;
    // The greatest one that isn't ahead of time, as publish scripts have it.
    const maxEpoch = (redisTime.nowMs ?? Infinity) + MAX_EPOCH_AHEAD_MS - 1;
    const isNews = offer({ nowMs: clock.monotonicMs(), maxEpoch });
    if (isNews) this.store.setGone(subject, isOver);
    else if (head !== null && head.epoch > maxEpoch) {
      this.leftOut(subject, 'its epoch is more than a day ahead of Redis’s clock');
    }
    return isNews;
  }

  /** Whether its tick is wanted and isn't here yet: how old that is is told behind it. */
  #isComing(subject: string): boolean {
    const { leading } = this.#options;
    return this.store.lacks(leading, subject) && this.#isWanted(leading, subject);
  }

  #isWanted(topic: Head['type'], subject: string): boolean {
    return this.store.isKept(topic, subject) || this.#options.isWanted(topic, subject);
  }

  #settle(known: KnownHead<Head>): void {
    this.review(known);
    this.#options.onNews(known);
  }

  #isGone(known: KnownHead<Head>): boolean {
    return isGone(known, this.#options.clock);
  }

  #publish(update: FeedUpdate): void {
    for (const listener of this.#options.listeners) listener(update);
  }
}
