import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Logger, RedisTarget } from '@mediamtx-monitor/runtime';
import {
  type HostsHead,
  type MessageHead,
  type Reason,
  serverReasons,
  type StatusMessage,
  type SubjectKind,
  type Topic,
  type TopicHead,
} from '@mediamtx-monitor/types';
import {
  type Age,
  ageOf,
  Answers,
  Compressions,
  Filters,
  isSilent,
  type ReadMoment,
  silenceAbout,
  type Tick,
} from '../tick/index.ts';
import { type FeedListener, News } from './news.ts';
import { parseHostMessage, parseServerMessage, parseStoredHost, parseStoredServer } from './parse.ts';
import { RedisSource } from './redis-source.ts';
import { SubjectFeed } from './subject-feed.ts';

export interface FeedOptions {
  readonly redis: RedisTarget;
  readonly keyPrefix: string;
  readonly logger: Logger;
  readonly clock: Clock;
  /** How often staleness is looked at, in ms. */
  readonly checkMs?: number;
}

const CHECK_MS = 250;
/** The start waits this long for Redis, so that the first request finds data. */
const START_WAIT_MS = 1_000;

/** Redis → the newest tick of each topic and server or host, and news of it. Without Redis it keeps what it has. */
export class Feed {
  readonly servers: SubjectFeed<MessageHead>;
  readonly hosts: SubjectFeed<HostsHead>;
  /** What is made of ticks, for this whole process. */
  readonly answers: Answers;
  readonly filters = new Filters();
  readonly compressions = new Compressions();
  readonly #clock: Clock;
  readonly #checkMs: number;
  readonly #source: RedisSource;
  readonly #news = new News();
  readonly #contact = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor({ redis, keyPrefix, logger, clock, checkMs = CHECK_MS }: FeedOptions) {
    this.#clock = clock;
    this.answers = new Answers(clock);
    this.#checkMs = checkMs;
    const source = new RedisSource({
      redis,
      keyPrefix,
      logger,
      clock,
      onMessage: (topic, message) => {
        this.#onMessage(topic, message);
      },
      onReady: () => {
        for (const part of this.#parts) part.restart();
      },
    });
    this.#source = source;
    const shared = { clock, logger, news: this.#news, channel: source };
    this.servers = new SubjectFeed({
      ...shared,
      kind: 'server',
      topics: ['streams', 'connections'],
      keepsGone: true,
      read: async (known, wanted) => {
        const values = await source.readServers(known, wanted);
        this.#contact.abort();
        return values.map((stored) => parseStoredServer(stored, this.#readMoment()));
      },
    });
    this.hosts = new SubjectFeed({
      ...shared,
      kind: 'host',
      topics: ['hosts'],
      keepsGone: false,
      read: async (known, wanted) => {
        const values = await source.readHosts(known, wanted);
        return values.map((stored) => parseStoredHost(stored, this.#readMoment()));
      },
    });
  }

  /** Connects, and waits a little for the first data. Without Redis it resolves too, and goes on trying. */
  async start(): Promise<void> {
    this.#source.start();
    this.#timer = setInterval(() => {
      for (const part of this.#parts) part.check();
    }, this.#checkMs).unref();
    await delay(START_WAIT_MS, undefined, { signal: this.#contact.signal }).catch(() => undefined);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#source.stop();
  }

  /** Whether Redis has answered at least once. */
  get hasContact(): boolean {
    return this.#contact.signal.aborted;
  }

  /** Number of messages and stored values that could not be used since the start. */
  get faultCount(): number {
    return this.#parts.reduce((sum, { faultCount }) => sum + faultCount, 0);
  }

  /** Whether Redis' subscription stands as far as can be told. */
  get subscribed(): boolean {
    return this.#source.subscribed;
  }

  /** The newest ticks of a topic. */
  ticks(topic: Topic): readonly Tick<TopicHead>[] {
    return topic === 'hosts' ? this.hosts.fleet().ticks : this.servers.fleet(topic).ticks;
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

  /** What is wrong with a server now, the worst first; of a bare array nobody can tell. */
  serverReasons(tick: Tick): readonly Reason[] {
    return tick.head === null ? [] : serverReasons(tick.head, silenceAbout(tick, this.#clock));
  }

  /** Tells every tick that is newer than the one before, and every change of staleness, in that order. */
  subscribe(listener: FeedListener): () => void {
    return this.#news.subscribe(listener);
  }

  #readMoment(): ReadMoment {
    const { wallMs, monotonicMs } = this.#clock;
    return { redisMs: this.#source.redisNowMs ?? wallMs(), monotonicMs: monotonicMs() };
  }

  get #parts() {
    return [this.servers, this.hosts] as const;
  }

  #onMessage(topic: Topic, message: Buffer): void {
    const nowMs = this.#clock.monotonicMs();
    if (topic === 'hosts') this.hosts.hear(parseHostMessage(message, nowMs));
    else this.servers.hear(parseServerMessage(topic, message, nowMs));
    this.#contact.abort();
  }
}
