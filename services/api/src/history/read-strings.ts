import { type CommandFailures, errorText, isWrongType, type RedisClient } from '@mediamtx-monitor/runtime';

/** A connection to Redis, and what goes wrong on it. */
export interface HistoryConnection {
  readonly redis: RedisClient;
  readonly failures: CommandFailures;
}

/**
 * Reads strings, at most so many bytes of each; `undefined` where there is none. What is of another kind is none of
 * ours: it is left out, and logged once.
 * @throws when Redis doesn't answer
 */
export async function readStrings(
  { redis, failures }: HistoryConnection,
  keys: readonly string[],
  maxBytes: number,
): Promise<(Buffer | undefined)[]> {
  if (keys.length === 0) return [];
  const pipeline = redis.pipeline();
  for (const key of keys) pipeline.getrangeBuffer(key, 0, maxBytes - 1);
  const replies = (await pipeline.exec()) ?? [];
  return replies.map(([error, reply]) => {
    if (isWrongType(error)) failures.log('a key of history is left out', `Redis says ${errorText(error)}`);
    else if (error !== null) throw error;
    return Buffer.isBuffer(reply) && reply.length > 0 ? reply : undefined;
  });
}
