import { isHostId, isServerId, MAX_SUBJECTS, type RedisNames } from '@mediamtx-monitor/types';
import type { RedisClient } from '../redis/client.ts';

/** The servers that are listed in Redis. */
export interface ListedServers {
  /** None where there are too many to be ours. */
  readonly ids: readonly string[];
  /** How many there are. */
  readonly count: number;
}

/** Rejects when Redis doesn't answer, or refuses. */
export async function listServers(redis: RedisClient, { servers }: RedisNames): Promise<ListedServers> {
  const count = await redis.hlen(servers);
  if (count > MAX_SUBJECTS) return { ids: [], count };
  return { ids: (await redis.hkeys(servers)).filter(isServerId), count };
}

/** Ids of the hosts that are listed in Redis, those of whom something came last first. Rejects as `listServers`. */
export async function listHosts(redis: RedisClient, { hostsSeen }: RedisNames): Promise<readonly string[]> {
  return (await redis.zrevrange(hostsSeen, 0, MAX_SUBJECTS - 1)).filter(isHostId);
}
