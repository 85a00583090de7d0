import { startRedisServer } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import type { Ending } from './ending.ts';

/** Starts a Redis of the bench's own; resolves with its address. */
export async function startRedis(ending: Ending): Promise<string> {
  const { url, stop } = await startRedisServer();
  ending.add(stop);
  return url;
}

/** Connects to a Redis. */
export function connectRedis(ending: Ending, url: string): Redis {
  const redis = new Redis(url);
  ending.add(() => {
    redis.disconnect();
  });
  return redis;
}
