import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Logger, RedisTarget } from '@mediamtx-monitor/runtime';
import {
  type Age,
  type HostsHead,
  isEventTopic,
  type MessageHead,
  type Reason,
  redisNames,
  serverReasons,
  type StatusMessage,
  type SubjectKind,
  type SnapshotTopic,
  type Topic,
  type TopicHead,
} from '@mediamtx-monitor/types';
import {
  ageOf,
  Answers,
  Compressions,
  HOST_HEADS,
  isSilent,
  SERVER_HEADS,
  silenceAbout,
  StreamFilters,
  type Tick,
} from '../tick/index.ts';
import { Channel } from './channel.ts';
import { Durable } from './durable.ts';
import { EventFeed, type EventFeedStats } from './event-feed.ts';
import type { EventLog } from './event-log.ts';
import { KeptEntries } from './kept-entries.ts';
import { Keys } from './keys.ts';
import { SubjectFeed } from './subject-feed.ts';
import type { FeedUpdate, UpdateListener } from './update.ts';

export interface FeedOptions {
  readonly redis: RedisTarget;
  /** Where what happened is kept. */
  readonly durable: RedisTarget;
  readonly keyPrefix: string;
  readonly logger: Logger;
  readonly clock: Clock;
  /** How often staleness is looked at, in ms. */
  readonly checkMs?: number;
}

const CHECK_MS = 250;
/** The start waits this long for Redis, so that the first request finds data. */
const START_WAIT_MS = 1_000;

/** Redis → the newest tick of each topic and server or host, and updates. Without Redis it keeps what it has. */
export class Feed {
  readonly servers: SubjectFeed<MessageHead>;
  readonly hosts: SubjectFeed<HostsHead>;
  /** What is made of ticks, for this whole process. */
  readonly answers: Answers;
  readonly filters = new StreamFilters();
  readonly compressions = new Compressions();
  readonly #clock: Clock;
  readonly #checkMs: number;
  readonly #channel: Channel;
  readonly #keys: Keys;
  readonly #durable: Durable;
  readonly #events: EventFeed;
  /** What is kept of before. */
  readonly kept: KeptEntries;
  readonly #listeners = new Set<UpdateListener>();
  readonly #contact = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FeedOptions) {
    const { redis, keyPrefix, logger, clock, checkMs = CHECK_MS } = options;
    const names = redisNames(keyPrefix);
    this.#clock = clock;
    this.answers = new Answers(clock);
    this.#checkMs = checkMs;
    const durable = new Durable({ redis: options.durable, logger });
    this.#durable = durable;
    this.kept = new KeptEntries({ durable, names, monotonicMs: clock.monotonicMs });
    this.#events = new EventFeed({
      redis: options.durable,
      durable,
      key: names.events,
      logger,
      clock,
      onEvents: () => {
        this.#publish({ kind: 'events' });
      },
    });
    const connection = {
      redis,
      names,
      logger,
      clock,
      onReady: () => {
        for (const part of this.#parts) part.restart();
      },
      onContact: () => {
        this.#contact.abort();
      },
    };
    const channel = new Channel(connection);
    const keys = new Keys(connection);
    this.#channel = channel;
    this.#keys = keys;
    const shared = {
      clock,
      logger,
      channel,
      listeners: this.#listeners,
      redisNowMs: () => keys.redisNowMs,
    };
    this.servers = new SubjectFeed({
      ...shared,
      kind: 'server',
      topics: ['streams', 'connections'],
      heads: SERVER_HEADS,
      keepsGone: true,
      read: (known, wanted) => keys.readServers(known, wanted),
    });
    this.hosts = new SubjectFeed({
      ...shared,
      kind: 'host',
      topics: ['hosts'],
      heads: HOST_HEADS,
      keepsGone: false,
      read: (known, wanted) => keys.readHosts(known, wanted),
    });
  }

  /** Connects, and waits a little for the first data. Without Redis it resolves too, and goes on trying. */
  async start(): Promise<void> {
    this.#keys.start();
    this.#channel.start();
    this.#durable.start();
    this.#events.start();
    this.#timer = setInterval(() => {
      for (const part of this.#parts) part.check();
    }, this.#checkMs).unref();
    await delay(START_WAIT_MS, undefined, { signal: this.#contact.signal }).catch(() => undefined);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#keys.stop();
    this.#channel.stop();
    this.#durable.stop();
    this.#events.stop();
  }

  /** Whether Redis has answered at least once. */
  get hasContact(): boolean {
    return this.#contact.signal.aborted;
  }

  /** Number of messages and stored values that could not be used since the start. */
  get rejectionCount(): number {
    return this.#parts.reduce((sum, { rejectionCount }) => sum + rejectionCount, 0);
  }

  /** Whether Redis' channels are subscribed to, on a connection that looks alive. */
  get subscribed(): boolean {
    return this.#channel.isSubscribed;
  }

  /** The newest ticks of a topic. */
  ticks(topic: SnapshotTopic): readonly Tick<TopicHead>[] {
    return topic === 'hosts' ? this.hosts.fleet().ticks : this.servers.fleet(topic).ticks;
  }

  /** The newest events of a topic; `undefined` for one that has snapshots. */
  log(topic: Topic): EventLog | undefined {
    return isEventTopic(topic) ? this.#events.log : undefined;
  }

  /** How far what happened is followed. */
  get eventStats(): EventFeedStats {
    return this.#events.stats;
  }

  /** How old the data about each server or host is now. */
  statuses(kind: SubjectKind): readonly StatusMessage[] {
    return kind === 'host' ? this.hosts.statuses() : this.servers.statuses();
  }

  /** How old a tick's data is now; `undefined` for a bare array. */
  age(tick: Tick<TopicHead>): Age | undefined {
    return ageOf(tick, this.#clock);
  }

  /** Whether nothing new has come of it for 3 intervals, so that nobody knows how it is. */
  isSilent(tick: Tick<TopicHead>): boolean {
    return isSilent(tick, this.#clock);
  }

  /** What is wrong with a server now, the worst first; of a bare array that isn't known. */
  serverReasons(tick: Tick): readonly Reason[] {
    return tick.head === null ? [] : serverReasons(tick.head, silenceAbout(tick, this.#clock));
  }

  /** Has every tick that is newer than the one before, and every change of a status, received in that order. */
  subscribe(listener: UpdateListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #publish(update: FeedUpdate): void {
    for (const listener of this.#listeners) listener(update);
  }

  get #parts() {
    return [this.servers, this.hosts] as const;
  }
}
