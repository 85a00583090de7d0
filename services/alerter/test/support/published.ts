import { streamsHead } from '@mediamtx-monitor/testkit';
import type { AttentionStream, HostsMessage, Reason, RedisNames, StreamsHead } from '@mediamtx-monitor/types';
import type { Redis } from 'ioredis';
import { reason } from './messages.ts';

/** A stream for which that is wrong. */
export function troubled(name: string, ...reasons: readonly Reason[]): AttentionStream {
  return { name, state: 'missing', health: 'critical', reasons: reasons.length === 0 ? [reason()] : reasons };
}

/** What heads a collector writes of a server, each newer than the one before. */
export interface WrittenServer {
  /** Writes the next head, with these changes. */
  readonly publish: (changes?: Partial<StreamsHead>) => Promise<StreamsHead>;
}

export function publishedServer(redis: Redis, names: RedisNames, server = 'main'): WrittenServer {
  let seq = 0;
  return {
    publish: async (changes = {}) => {
      seq += 1;
      const time = new Date().toISOString();
      const head = streamsHead({
        ...{ server, epoch: 1_767_225_600_000, seq, collectedAt: time, publishedAt: time },
        attention: { count: 0, worst: [] },
        ...changes,
      });
      await redis.hset(names.servers, server, JSON.stringify(head));
      return head;
    },
  };
}

/** Writes what an agent does of a host. */
export async function publishHost(
  redis: Redis,
  names: RedisNames,
  fields: Partial<HostsMessage> & { readonly host: string; readonly seq: number },
  record: Readonly<Record<string, unknown>> = { health: 'ok', reasons: [] },
): Promise<void> {
  const time = new Date().toISOString();
  const message = {
    ...{ type: 'hosts', v: 1, epoch: 1_767_225_600_000, collectedAt: time, publishedAt: time },
    ...{ intervalMs: 5_000, ...fields },
    hosts: [{ host: fields.host, ...record }],
  };
  await redis.zadd(names.hostsSeen, Date.now(), fields.host);
  await redis.set(names.host(fields.host), JSON.stringify(message));
}
