import { afterEach } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import type { RedisClient } from '../../src/index.ts';

/** Ends a connection for good. `disconnect` alone leaves a timer of 2 s behind where the socket is gone already. */
async function hangUp(redis: Redis): Promise<void> {
  redis.options.retryStrategy = () => null;
  await eventually(() => {
    if (redis.status === 'wait' || redis.status === 'end') return;
    if (redis.status === 'ready' || redis.status === 'connect') redis.disconnect();
    throw new Error(`the connection is ${redis.status}`);
  });
}

/** Ends, after each test of the file, the connections that it handed to the returned function. */
export function useConnections(): (redis: RedisClient) => Redis {
  const open: Redis[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map(hangUp));
  });
  return (redis) => {
    if (!(redis instanceof Redis)) throw new TypeError('it is no connection to one Redis');
    open.push(redis);
    return redis;
  };
}

/** Waits until the connection has tried to come back that often. */
export async function attempts(redis: Redis, count: number): Promise<void> {
  let seen = 0;
  const onAttempt = (): void => void (seen += 1);
  redis.on('reconnecting', onAttempt);
  await eventually(() => {
    if (seen < count) throw new Error(`${seen} attempts to reconnect, not ${count}`);
  });
  redis.off('reconnecting', onAttempt);
}
