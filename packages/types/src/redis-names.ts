import {
  HISTORY_TIERS,
  type HistorySubject,
  type HistoryTier,
  RECENT_HISTORY,
  type RecentHistoryOf,
} from './history.ts';
import { DEFAULT_SERVER_ID } from './server-id.ts';
import type { ServerTopic, SnapshotTopic } from './topic.ts';

/** Prefix of all keys and channels where `REDIS_KEY_PREFIX` names none. */
export const DEFAULT_KEY_PREFIX = 'mediamtx';

/** Every Redis key and channel of the system; see docs/redis.md. */
export interface RedisNames {
  /** Whether they are for a cluster, which keeps what begins with the same word in braces together. */
  readonly isCluster: boolean;
  /** String: JSON array of a server's records. */
  readonly latest: (topic: ServerTopic, server: string) => string;
  /** String: JSON array of connections of a server that are gone, and whose end may not be stored yet. */
  readonly connectionsGone: (server: string) => string;
  /** String: the head of a server's newest streams message. */
  readonly streamsMeta: (server: string) => string;
  /**
   * Hash: server id → the same head. How readers discover servers. Channel of the same name: heads by themselves, as they
   * come.
   */
  readonly servers: string;
  /** Sorted set: which collectors live and may poll which servers, by the Unix time (ms, Redis's own) they last said so. */
  readonly collectors: string;
  /**
   * Channel: complete messages of a topic; of a topic of servers those of `main`, and where readers of 0.2 listen, which
   * know no other, those of all servers.
   */
  readonly channel: (topic: SnapshotTopic) => string;
  /** Channel: complete messages of a topic about one server. */
  readonly channelOf: (topic: ServerTopic, server: string) => string;
  /**
   * Channel that nothing is published on: who subscribes to the plain channel of a topic and to this one in one command
   * wants `main` only, since it knows the channels of the other servers.
   */
  readonly onlyMain: (topic: ServerTopic) => string;
  /** String that expires: the newest message of a host. */
  readonly host: (host: string) => string;
  /** Sorted set: host id, by the Unix time (ms, Redis's own) of its newest message. How readers discover hosts. */
  readonly hostsSeen: string;
  /** Redis stream (durable): what happened, of all servers; each entry has `json`. */
  readonly events: string;
  /** Redis stream (durable): closed sessions of all servers; each entry has `json`. */
  readonly sessions: string;
  /** Hash (durable): what the events of a server tell so far, by subject; what comes next is compared with it. */
  readonly eventBaseline: (server: string) => string;
  /** String that expires (durable): slots of one subject, of the hour or day of `atMs` (Unix time). */
  readonly history: (subject: HistorySubject, tier: HistoryTier, atMs: number) => string;
  /** String that expires: every tick of the 10 s that hold `atMs` (Unix time); of a server's streams those of a part. */
  readonly recentHistory: (of: RecentHistoryOf, atMs: number, part: number) => string;
  /** String: the newest alerts message; its channel is that of the topic. */
  readonly alertsLatest: string;
  /** Hash (durable): all that the alerter keeps. */
  readonly alerts: string;
  /** Redis stream (durable): what people want of the alerter; each entry has `json`. */
  readonly commands: string;
  /** Redis stream (durable): what became of messages to targets; each entry has `json`. */
  readonly notifications: string;
  /** Sorted set (durable): streams of a server whose history is kept, by when they were live last (ms, Redis's time). */
  readonly historyStreams: (server: string) => string;
}

/**
 * Builds the names under `prefix`. Server `main` uses the plain names. In a cluster the part up to the server's id stands in
 * braces, so that a node has all of a server, and one has all that isn't of one server.
 */
export function redisNames(given: string, isCluster = false): RedisNames {
  const tagged = (name: string): string => (isCluster ? `{${name}}` : name);
  const prefix = tagged(given);
  const base = (server: string): string =>
    server === DEFAULT_SERVER_ID ? prefix : tagged(`${given}:${server}`);
  return {
    isCluster,
    latest: (topic, server) => `${base(server)}:${topic}:latest`,
    connectionsGone: (server) => `${base(server)}:connections:gone`,
    streamsMeta: (server) => `${base(server)}:streams:meta`,
    servers: `${prefix}:servers`,
    collectors: `${prefix}:collectors`,
    channel: (topic) => `${prefix}:${topic}`,
    channelOf: (topic, server) => `${base(server)}:${topic}`,
    onlyMain: (topic) => `${prefix}:${DEFAULT_SERVER_ID}:${topic}`,
    host: (host) => `${prefix}:host:${host}:latest`,
    hostsSeen: `${prefix}:hosts:seen`,
    events: `${prefix}:events`,
    sessions: `${prefix}:sessions`,
    // Changed together with the events, which are those of all servers.
    eventBaseline: (server) =>
      `${server === DEFAULT_SERVER_ID ? prefix : `${prefix}:${server}`}:events:baseline`,
    history: (subject, tier, atMs) => {
      const time = timeOf(atMs, HISTORY_TIERS[tier].keySeconds);
      // A name may hold anything: before it stands one of two words, behind it a time of fixed length.
      if (subject.kind === 'stream')
        return `${base(subject.server)}:history:${tier}:${subject.stream}:${time}`;
      return `${historyBase(subject)}:${tier}:${time}`;
    },
    recentHistory: (of, atMs, part) => {
      const key = `${historyBase(of)}:recent:${timeOf(atMs, RECENT_HISTORY.keySeconds)}`;
      return of.kind === 'streams' ? `${key}:${part}` : key;
    },
    alertsLatest: `${prefix}:alerts:latest`,
    alerts: `${prefix}:alerts`,
    commands: `${prefix}:commands`,
    notifications: `${prefix}:notifications`,
    historyStreams: (server) => `${base(server)}:history:streams`,
  };

  function historyBase(of: RecentHistoryOf): string {
    if (of.kind === 'host') return `${prefix}:host:${of.host}:history`;
    return of.kind === 'streams' ? `${base(of.server)}:history` : `${base(of.server)}:history:totals`;
  }
}

/** The beginning of a stretch of time, as precise as it has to be: `20261129`, `20261129T20`, `20261129T201410`. */
function timeOf(atMs: number, seconds: number): string {
  const startMs = atMs - (atMs % (seconds * 1_000));
  const digits = new Date(startMs).toISOString().replaceAll(/[-:]|\.\d+Z/g, '');
  return digits.slice(0, seconds >= 86_400 ? 8 : seconds >= 3_600 ? 11 : 15);
}
