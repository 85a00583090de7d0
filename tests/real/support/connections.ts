import type { RedisOfTest } from '@mediamtx-monitor/testkit';
import { type ConnectionsMessage, redisNames } from '@mediamtx-monitor/types';
import { connectionsMessageSchema } from '@mediamtx-monitor/types/schemas';
import { Redis } from 'ioredis';
import { createInbox, type Messages } from './inbox.ts';

/** A subscriber of the connections channel. */
export interface ConnectionsSubscription extends Messages<ConnectionsMessage> {
  readonly stop: () => Promise<void>;
}

/** Subscribes to the connections of all servers. Every message must fit the contract. */
export async function subscribeConnections({ url, prefix }: RedisOfTest): Promise<ConnectionsSubscription> {
  const redis = new Redis(url);
  const inbox = createInbox(connectionsMessageSchema);
  redis.on('message', (_channel: string, text: string) => {
    inbox.take(JSON.parse(text));
  });
  await redis.subscribe(redisNames(prefix).channel('connections'));
  return {
    ...inbox,
    stop: async () => {
      await redis.quit();
    },
  };
}
