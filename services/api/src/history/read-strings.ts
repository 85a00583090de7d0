import type { Redis } from 'ioredis';
import { isReplyError } from '@mediamtx-monitor/runtime';

/**
 * Reads strings, at most so many bytes of each; `undefined` where there is none.
 * @throws when Redis doesn't answer
 */
export async function readStrings(
  redis: Redis,
  keys: readonly string[],
  maxBytes: number,
): Promise<(Buffer | undefined)[]> {
  if (keys.length === 0) return [];
  const pipeline = redis.pipeline();
  for (const key of keys) pipeline.getrangeBuffer(key, 0, maxBytes - 1);
  const replies = (await pipeline.exec()) ?? [];
  return replies.map(([error, reply]) => {
    // A key of another kind is none of ours.
    if (error !== null && !(isReplyError(error) && error.message.startsWith('WRONGTYPE'))) throw error;
    return Buffer.isBuffer(reply) && reply.length > 0 ? reply : undefined;
  });
}
