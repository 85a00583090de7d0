import { DEFAULT_SERVER_ID } from './server-id.ts';
import type { ServerTopic, SnapshotTopic } from './topic.ts';

/** Prefix of all keys and channels where `REDIS_KEY_PREFIX` names none. */
export const DEFAULT_KEY_PREFIX = 'mediamtx';

/** Every Redis key and channel of the system; see docs/redis.md. */
export interface RedisNames {
  /** String: JSON array of a server's records. */
  readonly latest: (topic: ServerTopic, server: string) => string;
  /** String: the head of a server's newest streams message. */
  readonly streamsMeta: (server: string) => string;
  /** Hash: server id → the same head. How readers discover servers. */
  readonly servers: string;
  /** Channel: complete messages of all servers or hosts. */
  readonly channel: (topic: SnapshotTopic) => string;
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
}

/** Builds the names under `prefix`. Server `main` uses the plain names. */
export function redisNames(prefix: string): RedisNames {
  const base = (server: string): string => (server === DEFAULT_SERVER_ID ? prefix : `${prefix}:${server}`);
  return {
    latest: (topic, server) => `${base(server)}:${topic}:latest`,
    streamsMeta: (server) => `${base(server)}:streams:meta`,
    servers: `${prefix}:servers`,
    channel: (topic) => `${prefix}:${topic}`,
    host: (host) => `${prefix}:host:${host}:latest`,
    hostsSeen: `${prefix}:hosts:seen`,
    events: `${prefix}:events`,
    sessions: `${prefix}:sessions`,
    eventBaseline: (server) => `${base(server)}:events:baseline`,
  };
}
