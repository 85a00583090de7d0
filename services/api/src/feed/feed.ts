import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Logger } from '@mediamtx-monitor/runtime';
import type { Topic } from '@mediamtx-monitor/types';
import { type Age, ageOf, STALE_INTERVALS } from './age.ts';
import { Faults } from './faults.ts';
import { type FeedListener, News } from './news.ts';
import { type Parsed, parseMessage, parseStored } from './parse.ts';
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

const TOPIC: Topic = 'streams';
const CHECK_MS = 250;
/** The start waits this long for Redis, so that the first request finds data. */
const START_WAIT_MS = 1_000;
/** After this many intervals without a message, who asks is answered from the key. */
const SILENT_INTERVALS = 1.5;

/** Redis → the newest tick of each server, and news of it. Without Redis it keeps what it has. */
export class Feed {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #checkMs: number;
  readonly #source: RedisSource;
  readonly #faults: Faults;
  readonly #silence: Silence;
  readonly #reads: SharedRead;
  readonly #store = new TickStore();
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
      topic: TOPIC,
      logger,
      onMessage: (message) => {
        this.#onMessage(message);
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

  /** The newest tick of each server, in order of server id. */
  ticks(): readonly Tick[] {
    return this.#store.all();
  }

  /** The newest tick of one server. */
  newest(server: string): Tick | undefined {
    return this.#store.get(server);
  }

  /** As `ticks`, after a look at the keys of those servers that the channel says nothing about. Never rejects. */
  async current(): Promise<readonly Tick[]> {
    const silent = this.ticks().filter((tick) => this.#isSilent(tick.server, SILENT_INTERVALS));
    if (this.ticks().length === 0) await this.#reads.ask(intervalOf(undefined));
    else if (silent.length > 0) await this.#reads.ask(Math.min(...silent.map(intervalOf)));
    return this.ticks();
  }

  /** How old a tick's data is now; `undefined` for a bare array. */
  age(tick: Tick): Age | undefined {
    return ageOf(tick, this.#clock);
  }

  /** Tells every tick that is newer than the one before, and every change of staleness, in that order. */
  subscribe(listener: FeedListener): () => void {
    return this.#news.subscribe(listener);
  }

  #onMessage(message: Buffer): void {
    const tick = this.#usable(parseMessage(TOPIC, message, this.#clock.monotonicMs()));
    if (tick === undefined) return;
    this.#contact.abort();
    this.#silence.heard(tick.server);
    this.#accept(tick);
  }

  async #readKeys(): Promise<void> {
    const known = this.ticks().map((tick) => tick.server);
    try {
      const values = await this.#source.read(known, (server) => this.#isSilent(server, SILENT_INTERVALS));
      for (const value of values) this.#onStored(parseStored(TOPIC, value));
      this.#contact.abort();
    } catch {
      // The source has told the operator; what is held stays, and its age tells the rest.
    }
  }

  #onStored(parsed: Parsed | undefined): void {
    const tick = parsed && this.#usable(parsed);
    if (tick === undefined || !this.#accept(tick) || tick.head === null) return;
    const lostMs = STALE_INTERVALS * intervalOf(tick);
    if (!this.#source.subscribed || this.#silence.channelMs <= lostMs) return;
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
    if (!this.#store.offer(tick)) return false;
    this.#news.tick(tick);
    this.#tellAge(tick);
    return true;
  }

  /** Nobody may be asking, so the keys of servers that went silent are looked at now and then. */
  #check(): void {
    for (const tick of this.ticks()) {
      this.#tellAge(tick);
      const lostMs = STALE_INTERVALS * intervalOf(tick);
      if (this.#isSilent(tick.server, STALE_INTERVALS)) void this.#reads.ask(lostMs);
    }
  }

  #isSilent(server: string, intervals: number): boolean {
    return this.#silence.serverMs(server) > intervals * intervalOf(this.newest(server));
  }

  #tellAge(tick: Tick): void {
    const age = this.age(tick);
    if (age !== undefined) this.#news.age(tick.server, age);
  }
}
