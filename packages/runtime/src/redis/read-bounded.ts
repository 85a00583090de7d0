import type { Redis } from 'ioredis';
import { isReplyError } from './script-runner.ts';

/** What was read of some keys, in their order. */
export interface BoundedValues {
  /** `null` where there is nothing, nothing that is a string, or too much. */
  readonly values: readonly (Buffer | null)[];
  /** Whether a value was left out for its length. */
  readonly isCut: boolean;
}

/**
 * Reads keys, but no value that is longer than `maxBytes`: whatever stands in Redis, it doesn't fill our memory. The
 * values are of one moment.
 * @throws when Redis doesn't answer
 */
export async function readBounded(
  redis: Redis,
  keys: readonly string[],
  maxBytes: number,
): Promise<BoundedValues> {
  const lengths = await Promise.all(keys.map((key) => lengthOf(redis, key)));
  const wanted = keys.filter((_key, index) => (lengths[index] ?? 0) <= maxBytes);
  const values = await valuesOf(redis, wanted);
  const byKey = new Map(wanted.map((key, index) => [key, values[index] ?? null]));
  return { values: keys.map((key) => byKey.get(key) ?? null), isCut: wanted.length < keys.length };
}

/** One key alone is read by GET: not every user of Redis may do more. */
async function valuesOf(redis: Redis, keys: readonly string[]): Promise<(Buffer | null)[]> {
  const [only] = keys;
  if (only === undefined) return [];
  if (keys.length > 1) return redis.mgetBuffer(...keys);
  return [await unlessRefused(redis.getBuffer(only), null)];
}

/** Length of a value in bytes; 0 where Redis refuses to tell, as of what is no string. */
function lengthOf(redis: Redis, key: string): Promise<number> {
  return unlessRefused(redis.strlen(key), 0);
}

async function unlessRefused<T>(reply: Promise<T>, instead: T): Promise<T> {
  try {
    return await reply;
  } catch (error) {
    if (isReplyError(error)) return instead;
    throw error;
  }
}
