import { Redis } from 'ioredis';

/** A connection of a test that fails at once where Redis is away, as those of services do, and is there already. */
export async function commandRedis(url: string, ended: (redis: Redis) => Redis): Promise<Redis> {
  const redis = ended(
    new Redis(url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: () => 50,
    }),
  );
  redis.on('error', () => undefined);
  await redis.connect();
  return redis;
}
