import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Logger, RedisTarget } from '@mediamtx-monitor/runtime';
import {
  type Age,
  type AlertsHead,
  type FleetTopic,
  type HostsHead,
  isEventTopic,
  isSnapshotTopic,
  type MessageHead,
  type Reason,
  redisNames,
  serverReasons,
  type ServerTopic,
  type StatusMessage,
  type SubjectKind,
  type SnapshotTopic,
  type Topic,
  TOPIC_DECLARATIONS,
  type TopicHead,
} from '@mediamtx-monitor/types';
import {
  ageOf,
  ALERT_HEADS,
  Answers,
  Compressions,
  HOST_HEADS,
  isSilent,
  SERVER_HEADS,
  type KnownHead,
  parseServersMessage,
  type ServerHead,
  serverHeadOf,
  silenceAbout,
  StreamFilters,
  type Tick,
} from '../tick/index.ts';
import { Alarm } from './alarm.ts';
import { Channel } from './channel.ts';
import { Commands } from './commands.ts';
import { followAll, FollowWanted } from './following.ts';
import { ALL } from './interest.ts';
import { Durable } from './durable.ts';
import { EventFeed, type EventFeedStats } from './event-feed.ts';
import type { EventLog } from './event-log.ts';
import { KeptReads } from './kept-reads.ts';
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
  /** Longest time between two looks at staleness, in ms. */
  readonly checkMs?: number;
}

/** Whatever is due by then rings itself. */
const CHECK_MS = 60_000;
const SERVER_TOPICS = ['streams', 'connections'] as const;
/** What the message of alerts is about. */
const ALERTS: FleetTopic = 'alerts';
/** The start waits this long for Redis, so that the first request finds data. */
const START_WAIT_MS = 1_000;

/** Redis → the newest tick of each topic and server or host, and updates. Without Redis it keeps what it has. */
export class Feed {
  readonly servers: SubjectFeed<MessageHead>;
  readonly hosts: SubjectFeed<HostsHead>;
  readonly alerts: SubjectFeed<AlertsHead>;
  /** What is made of ticks, for this whole process. */
  readonly answers: Answers;
  readonly filters = new StreamFilters();
  readonly compressions = new Compressions();
  readonly #clock: Clock;
  readonly #alarm: Alarm;
  readonly #channel: Channel;
  readonly #keys: Keys;
  readonly #durable: Durable;
  readonly #events: EventFeed;
  /** What is kept of before. */
  readonly kept: KeptReads;
  /** What people want of the alerter. */
  readonly commands: Commands;
  readonly #listeners = new Set<UpdateListener>();
  readonly #contact = new AbortController();

  constructor(options: FeedOptions) {
    const { redis, keyPrefix, logger, clock, checkMs = CHECK_MS } = options;
    const names = redisNames(keyPrefix, redis.isCluster);
    this.#clock = clock;
    this.answers = new Answers(clock);
    this.#alarm = new Alarm({
      clock,
      maxWaitMs: checkMs,
      work: () => Math.min(...this.#parts.map((part) => part.check())),
    });
    const durable = new Durable({ redis: options.durable, logger, purpose: 'what is kept' });
    this.#durable = durable;
    this.kept = new KeptReads({ durable, names, monotonicMs: clock.monotonicMs });
    this.commands = new Commands(durable, names.commands);
    this.#events = new EventFeed({
      redis: options.durable,
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
      names,
      listeners: this.#listeners,
      redisTime: keys.time,
      ringWithin: (ms: number) => {
        this.#alarm.ringWithin(ms);
      },
    };
    this.servers = new SubjectFeed({
      ...shared,
      kind: 'server',
      topics: SERVER_TOPICS,
      heads: SERVER_HEADS,
      headChannel: { channel: names.servers, parse: parseServersMessage },
      follow: (events) => new FollowWanted({ ...shared, topics: SERVER_TOPICS }, events),
      keepsGone: true,
      onHead: (known) => {
        const head = serverHeadOf(known);
        if (head !== null) this.#publish({ kind: 'head', head });
      },
      read: (arraysOf, known, wanted) => keys.readServers(arraysOf, known, wanted),
    });
    this.hosts = new SubjectFeed({
      ...shared,
      kind: 'host',
      topics: ['hosts'],
      follow: (events) => followAll(['hosts'], channel, names.channel, events),
      heads: HOST_HEADS,
      keepsGone: false,
      read: (_arrays, known, wanted) => keys.readHosts(known, wanted),
    });
    this.alerts = new SubjectFeed({
      ...shared,
      kind: 'fleet',
      topics: ['alerts'],
      follow: (events) => followAll(['alerts'], channel, names.channel, events),
      heads: ALERT_HEADS,
      keepsGone: false,
      read: (_arrays, _known, wanted) => keys.readAlerts(ALERTS, wanted),
    });
  }

  /** Connects, and waits a little for the first data. Without Redis it resolves too, and goes on trying. */
  async start(): Promise<void> {
    this.#keys.start();
    this.#channel.start();
    this.#alarm.start();
    this.#durable.start();
    this.#events.start();
    await delay(START_WAIT_MS, undefined, { signal: this.#contact.signal }).catch(() => undefined);
  }

  stop(): void {
    this.#alarm.stop();
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

  /** Whether all of Redis' channels that are followed are subscribed to, on a connection that looks alive. */
  get subscribed(): boolean {
    return this.#channel.isSubscribed;
  }

  /** Whether it is known what there is: those channels are that are always followed. */
  get knowsAll(): boolean {
    return this.#channel.isStanding;
  }

  /** The newest ticks of a topic that are held. */
  ticks(topic: SnapshotTopic): readonly Tick<TopicHead>[] {
    if (topic === 'hosts') return this.hosts.fleet().ticks;
    return topic === 'alerts' ? this.alerts.fleet().ticks : this.servers.fleet(topic).ticks;
  }

  /** The newest heads of servers that aren't gone. */
  get serverHeads(): readonly ServerHead[] {
    const { servers } = this;
    return servers.heads.flatMap((known) =>
      servers.isGone(known.subject) ? [] : (serverHeadOf(known) ?? []),
    );
  }

  /** A live client wants these topics, of the servers that are chosen, until it calls what is returned. */
  hold(topics: readonly Topic[], choice = ALL): () => void {
    return this.servers.hold(topics.filter(isServerTopic), choice);
  }

  /** Whether something newer is known of the servers that are chosen than `ticks` has of these topics. */
  lacks(topics: readonly Topic[], choice = ALL): boolean {
    return this.servers.gaps.has(topics.filter(isServerTopic), choice);
  }

  /** Reads of these topics what is newer than what `ticks` has of the servers that are chosen. Never rejects. */
  async update(topics: readonly Topic[], choice = ALL): Promise<void> {
    await this.servers.gaps.fill(topics.filter(isServerTopic), choice);
  }

  /** The newest events of a topic; `undefined` for one that has snapshots. */
  log(topic: Topic): EventLog | undefined {
    return isEventTopic(topic) ? this.#events.log : undefined;
  }

  /** How far what happened is followed. */
  get eventStats(): EventFeedStats {
    return this.#events.stats;
  }

  /** How old what is known is now: of each server, of each host, of what is about all of them. */
  statuses(kind: SubjectKind): readonly StatusMessage[] {
    return { server: this.servers, host: this.hosts, fleet: this.alerts }[kind].statuses();
  }

  /** Redis's clock, Unix time in ms; as long as it wasn't read, our own. */
  get redisMs(): number {
    return this.#keys.time.nowMs ?? this.#clock.wallMs();
  }

  /** How old what is known is now; `undefined` for a bare array. */
  age(known: KnownHead<TopicHead>): Age | undefined {
    return ageOf(known, this.#clock);
  }

  /** Whether nothing new has come of it for 3 intervals, so that nobody knows how it is. */
  isSilent(known: KnownHead<TopicHead>): boolean {
    return isSilent(known, this.#clock);
  }

  /** What is wrong with a server now, the worst first; of a bare array that isn't known. */
  serverReasons(known: KnownHead): readonly Reason[] {
    return known.head === null ? [] : serverReasons(known.head, silenceAbout(known, this.#clock));
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
    return [this.servers, this.hosts, this.alerts] as const;
  }
}

function isServerTopic(topic: Topic): topic is ServerTopic {
  return isSnapshotTopic(topic) && TOPIC_DECLARATIONS[topic].subject === 'server';
}
