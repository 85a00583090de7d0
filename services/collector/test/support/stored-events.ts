import type { RedisNames, SessionRecord, StoredEvent } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';

/** What events and sessions there are in a Redis, oldest first, and what the baseline holds. */
export interface StoredEvents {
  readonly events: readonly StoredEvent[];
  readonly sessions: readonly SessionRecord[];
  /** Fields of the baseline of server `main`. */
  readonly baseline: Readonly<Record<string, string>>;
}

async function entriesOf<Entry>(redis: Redis, key: string): Promise<Entry[]> {
  return (await redis.xrange(key, '-', '+')).map(([, [, json = '']]) => JSON.parse(json) as Entry);
}

/** Reads all there is, on a connection of its own: the server may have been another before. */
export async function readStoredEvents(url: string, names: RedisNames): Promise<StoredEvents> {
  const redis = new Redis(url, { retryStrategy: () => null, lazyConnect: true });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return {
      events: await entriesOf<StoredEvent>(redis, names.events),
      sessions: await entriesOf<SessionRecord>(redis, names.sessions),
      baseline: await redis.hgetall(names.eventBaseline('main')),
    };
  } finally {
    redis.disconnect();
  }
}
