import type { Topic } from './message.ts';
import { DEFAULT_SERVER_ID } from './server-id.ts';

/** Prefix of all keys and channels where `REDIS_KEY_PREFIX` names none. */
export const DEFAULT_KEY_PREFIX = 'mediamtx';

/** Every Redis key and channel of the system; see docs/protocol.md. */
export interface RedisNames {
  /** String: JSON array of a server's records. */
  readonly latest: (topic: Topic, server: string) => string;
  /** String: the head of a server's newest streams message. */
  readonly streamsMeta: (server: string) => string;
  /** Hash: server id → the same head. How readers discover servers. */
  readonly servers: string;
  /** Channel: complete messages of all servers. */
  readonly channel: (topic: Topic) => string;
  /** String that expires: the newest message of a host. */
  readonly host: (host: string) => string;
  /** Channel: messages of all hosts. */
  readonly hosts: string;
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
    hosts: `${prefix}:hosts`,
  };
}
