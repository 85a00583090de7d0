import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Logger } from '@mediamtx-monitor/runtime';
import { type Topic, TOPICS } from '@mediamtx-monitor/types';
import { type Age, ageOf, STALE_INTERVALS } from './age.ts';
import { Faults } from './faults.ts';
import type { Fleet } from './fleet.ts';
import { type FeedListener, News } from './news.ts';
import { type Parsed, parseMessage, parseStored, type StoredValue } from './parse.ts';
import { RedisSource } from './redis-source.ts';
import { SharedRead } from './shared-read.ts';
import { intervalOf, Silence } from './silence.ts';
import { TickStore } from './store.ts';
import type { Tick } from './tick.ts';

export interface FeedOptions {
  readonly redisUrl: string;
  readonly keyPrefix: string;
  readonly logger: Logger;
  readonly clock: Clock;
  /** How often staleness is looked at, in ms. */
  readonly checkMs?: number;
}

/** What tells whether a server's data comes: a tick tells all topics at once. */
const LEADING_TOPIC: Topic = 'streams';
const CHECK_MS = 250;
/** The start waits this long for Redis, so that the first request finds data. */
const START_WAIT_MS = 1_000;
/** After this many intervals without a message, who asks is answered from the key. */
const SILENT_INTERVALS = 1.5;

/** Redis → the newest tick of each topic and server, and news of it. Without Redis it keeps what it has. */
export class Feed {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #checkMs: number;
  readonly #source: RedisSource;
  readonly #faults: Faults;
  readonly #silence: Silence;
  readonly #reads: SharedRead;
  readonly #stores: Readonly<Record<Topic, TickStore>> = {
    streams: new TickStore(),
    connections: new TickStore(),
  };
  readonly #news = new News();
  readonly #contact = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor({ redisUrl, keyPrefix, logger, clock, checkMs = CHECK_MS }: FeedOptions) {
    this.#clock = clock;
    this.#logger = logger;
    this.#checkMs = checkMs;
    this.#faults = new Faults(logger);
    this.#silence = new Silence(clock);
    this.#reads = new SharedRead(() => this.#readKeys(), clock);
    this.#source = new RedisSource({
      url: redisUrl,
      keyPrefix,
      logger,
      onMessage: (topic, message) => {
        this.#onMessage(topic, message);
      },
      onReady: () => {
        this.#silence.restart();
        void this.#reads.ask(0);
      },
    });
  }

  /** Connects, and waits a little for the first data. Without Redis it resolves too, and goes on trying. */
  async start(): Promise<void> {
    this.#source.start();
    this.#timer = setInterval(() => {
      this.#check();
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
    return this.#faults.count;
  }

  /** Whether Redis' subscription stands as far as can be told. */
  get subscribed(): boolean {
    return this.#source.subscribed;
  }

  /** The newest tick of each server. */
  fleet(topic: Topic = LEADING_TOPIC): Fleet {
    return this.#stores[topic].fleet;
  }

  /** The newest tick of one server. */
  newest(topic: Topic, server: string): Tick | undefined {
    return this.#stores[topic].get(server);
  }

  /** Whether `fleet` is as new as it gets: the channel has told of every server lately. */
  get isCurrent(): boolean {
    const { ticks } = this.fleet();
    return ticks.length > 0 && !ticks.some((tick) => this.#isSilent(tick.server, SILENT_INTERVALS));
  }

  /** As `fleet`, after a look at the keys of those servers that the channel says nothing about. Never rejects. */
  async current(topic: Topic = LEADING_TOPIC): Promise<Fleet> {
    const { ticks } = this.fleet();
    const silent = ticks.filter((tick) => this.#isSilent(tick.server, SILENT_INTERVALS));
    if (ticks.length === 0) await this.#reads.ask(intervalOf(undefined));
    else if (silent.length > 0) await this.#reads.ask(Math.min(...silent.map(intervalOf)));
    return this.fleet(topic);
  }

  /** How old a tick's data is now; `undefined` for a bare array. */
  age(tick: Tick): Age | undefined {
    return ageOf(tick, this.#clock);
  }

  /** Tells every tick that is newer than the one before, and every change of staleness, in that order. */
  subscribe(listener: FeedListener): () => void {
    return this.#news.subscribe(listener);
  }

  #onMessage(topic: Topic, message: Buffer): void {
    const tick = this.#usable(parseMessage(topic, message, this.#clock.monotonicMs()));
    if (tick === undefined) return;
    this.#contact.abort();
    if (topic === LEADING_TOPIC) this.#silence.heard(tick.server);
    this.#accept(tick);
  }

  async #readKeys(): Promise<void> {
    const known = this.fleet().ticks.map((tick) => tick.server);
    try {
      const values = await this.#source.read(known, (server) => this.#isSilent(server, SILENT_INTERVALS));
      for (const value of values) this.#onStored(value);
      this.#contact.abort();
    } catch {
      // The source has told the operator; what is held stays, and its age tells the rest.
    }
  }

  #onStored(value: StoredValue): void {
    for (const topic of TOPICS) {
      const parsed = parseStored(topic, value);
      const tick = parsed && this.#usable(parsed);
      if (tick !== undefined && this.#accept(tick)) this.#mendChannel(tick);
    }
  }

  /** The keys tell something newer than the channel has: if it should have told that long ago, it's broken. */
  #mendChannel(tick: Tick): void {
    const lostMs = STALE_INTERVALS * intervalOf(tick);
    if (tick.head === null || !this.#source.subscribed || this.#silence.channelMs <= lostMs) return;
    this.#logger.info('the keys in Redis move on but the channel is silent: subscribing anew');
    this.#silence.restart();
    this.#source.resubscribe();
  }

  #usable(parsed: Parsed): Tick | undefined {
    if ('fault' in parsed) {
      this.#faults.add(parsed.fault);
      return undefined;
    }
    this.#faults.clear(parsed.tick.server);
    return parsed.tick;
  }

  #accept(tick: Tick): boolean {
    if (!this.#stores[tick.topic].offer(tick)) return false;
    this.#news.tick(tick);
    if (tick.topic === LEADING_TOPIC) this.#tellAge(tick);
    return true;
  }

  /** Nobody may be asking, so the keys of servers that went silent are looked at now and then. */
  #check(): void {
    for (const tick of this.fleet().ticks) {
      this.#tellAge(tick);
      const lostMs = STALE_INTERVALS * intervalOf(tick);
      if (this.#isSilent(tick.server, STALE_INTERVALS)) void this.#reads.ask(lostMs);
    }
  }

  #isSilent(server: string, intervals: number): boolean {
    return this.#silence.serverMs(server) > intervals * intervalOf(this.newest(LEADING_TOPIC, server));
  }

  #tellAge(tick: Tick): void {
    const age = this.age(tick);
    if (age !== undefined) this.#news.age(tick.server, age);
  }
}
