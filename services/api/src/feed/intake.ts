import type { Clock, Logger } from '@mediamtx-monitor/runtime';
import {
  isSameTick,
  MAX_EPOCH_AHEAD_MS,
  type StatusMessage,
  type SubjectKind,
  type TopicHead,
} from '@mediamtx-monitor/types';
import { isGone, type KnownHead, type ParsedHead, type ParsedTick, type Tick } from '../tick/index.ts';
import { Rejections } from './rejections.ts';
import { Statuses } from './statuses.ts';
import { TickStore } from './store.ts';
import type { FeedUpdate, UpdateListener } from './update.ts';

export interface IntakeOptions<Head extends TopicHead> {
  readonly kind: SubjectKind;
  /** Ticks of other topics come after those of this one, and go with them. */
  readonly leading: Head['type'];
  readonly clock: Clock;
  readonly logger: Logger;
  /** Receive every tick that is newer than the one before, and every change of a status, in that order. */
  readonly listeners: ReadonlySet<UpdateListener>;
  /** Redis's Unix time in ms, as far as it is known. */
  readonly redisNowMs: () => number | undefined;
  /** Whether those that are gone are still known, as such; else they are forgotten. */
  readonly keepsGone: boolean;
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

  /** Takes a tick in, if its turn has come; `undefined` where it can't be used. */
  takeTick(parsed: ParsedTick<Head>): Taken<Head> | undefined {
    if ('rejection' in parsed) {
      this.#rejections.add(parsed.rejection);
      return undefined;
    }
    const tick = this.#dated(parsed.tick);
    const { subject, topic } = tick;
    if (!this.#hasRoomFor(subject)) return undefined;
    this.#rejections.clear(subject);
    if (topic !== this.#options.leading && this.store.known(subject) === undefined) return undefined;
    const isNews = this.#accept(tick, (time) => this.store.offer(tick, time));
    if (isNews && !this.#isGone(tick)) this.#publish({ kind: 'tick', tick });
    if (isNews) this.#settle(tick);
    return { known: tick, isNews };
  }

  /** Takes a head in, if its turn has come; `undefined` where it can't be used. */
  takeHead(parsed: ParsedHead<Head>): Taken<Head> | undefined {
    if ('rejection' in parsed) {
      this.#rejections.add(parsed.rejection);
      return undefined;
    }
    const { known } = parsed;
    if (!this.#hasRoomFor(known.subject)) return undefined;
    const isNews = this.#accept(known, (time) => this.store.offerHead(known, time));
    if (isNews) this.#settle(known);
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
    this.#statuses.review(known);
  }

  forget(subject: string): void {
    this.store.delete(subject);
    this.#rejections.clear(subject);
    this.#statuses.forget(subject);
    this.#options.onForgotten(subject);
  }

  /** What was read from its key, when its head came as a message: that says how new it is, whatever clocks say. */
  #dated(tick: Tick<Head>): Tick<Head> {
    const known = this.store.known(tick.subject);
    if (tick.receivedMs !== null || known?.receivedMs == null) return tick;
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
    offer: (time: Parameters<TickStore<Head>['offer']>[1]) => boolean,
  ): boolean {
    const { clock, redisNowMs, keepsGone } = this.#options;
    const { subject, head } = known;
    const isOver = this.#isGone(known);
    if (isOver && !keepsGone) return false;
    // The greatest one that isn't ahead of time, as publish scripts have it.
    const maxEpoch = (redisNowMs() ?? Infinity) + MAX_EPOCH_AHEAD_MS - 1;
    const isNews = offer({ nowMs: clock.monotonicMs(), maxEpoch });
    if (isNews) this.store.setGone(subject, isOver);
    else if (head !== null && head.epoch > maxEpoch) {
      this.leftOut(subject, 'its epoch is more than a day ahead of Redis’s clock');
    }
    return isNews;
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
