import type { RedisNames, SessionRecord, StoredEvent } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';

/** What events and sessions there are in a Redis, oldest first, and what the baseline holds. */
export interface StoredEvents {
  readonly events: readonly StoredEvent[];
  /** Ids of events, each in the place of its event. */
  readonly eventIds: readonly string[];
  readonly sessions: readonly SessionRecord[];
  /** Fields of the baseline of server `main`. */
  readonly baseline: Readonly<Record<string, string>>;
}

async function entriesOf<Entry>(redis: Redis, key: string): Promise<(readonly [id: string, entry: Entry])[]> {
  return (await redis.xrange(key, '-', '+')).map(
    ([id, [, json = '']]) => [id, JSON.parse(json) as Entry] as const,
  );
}

/** Reads all there is, on a connection of its own: the server may have been another before. */
export async function readStoredEvents(url: string, names: RedisNames): Promise<StoredEvents> {
  const redis = new Redis(url, { retryStrategy: () => null, lazyConnect: true });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const events = await entriesOf<StoredEvent>(redis, names.events);
    const sessions = await entriesOf<SessionRecord>(redis, names.sessions);
    return {
      events: events.map(([, event]) => event),
      eventIds: events.map(([id]) => id),
      sessions: sessions.map(([, session]) => session),
      baseline: await redis.hgetall(names.eventBaseline('main')),
    };
  } finally {
    redis.disconnect();
  }
}
