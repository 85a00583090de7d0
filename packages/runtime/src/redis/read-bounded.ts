import type { RedisClient } from './client.ts';
import { isReplyError, isWrongType } from './command-failures.ts';

/** What was read of some keys, in their order. */
export interface BoundedValues {
  /** `null` where there is nothing, nothing that is a string, or too much. */
  readonly values: readonly (Buffer | null)[];
  /** Keys whose values were left out, and why, as in `is too long`. */
  readonly unusable: ReadonlyMap<string, string>;
}

/**
 * Reads keys, but no value that is longer than `maxBytes`: whatever stands in Redis, it doesn't fill our memory. The
 * values are of one moment.
 * @throws when Redis doesn't answer
 */
export async function readBounded(
  redis: RedisClient,
  keys: readonly string[],
  maxBytes: number,
): Promise<BoundedValues> {
  const lengths = await Promise.all(keys.map((key) => lengthOf(redis, key)));
  const unusable = new Map<string, string>();
  keys.forEach((key, index) => {
    const length = lengths[index] ?? 0;
    if (length > maxBytes) unusable.set(key, length === Infinity ? 'is no string' : 'is too long');
  });
  const wanted = keys.filter((key) => !unusable.has(key));
  const values = await valuesOf(redis, wanted);
  const byKey = new Map(wanted.map((key, index) => [key, values[index] ?? null]));
  return { values: keys.map((key) => byKey.get(key) ?? null), unusable };
}

/**
 * Reads fields of a hash, but none that is longer than `maxBytes`. The values are of one moment.
 * @returns in the order of the fields; `null` where there is none, or too much
 * @throws when Redis doesn't answer, or the hash is none
 */
export async function readBoundedFields(
  redis: RedisClient,
  key: string,
  fields: readonly string[],
  maxBytes: number,
): Promise<readonly (Buffer | null)[]> {
  const lengths = await Promise.all(fields.map((field) => redis.hstrlen(key, field)));
  const wanted = fields.filter((_, index) => (lengths[index] ?? 0) <= maxBytes);
  const values = wanted.length === 0 ? [] : await redis.hmgetBuffer(key, ...wanted);
  const byField = new Map(wanted.map((field, index) => [field, values[index] ?? null]));
  return fields.map((field) => byField.get(field) ?? null);
}

/** One key alone is read by GET: not every user of Redis may do more. */
async function valuesOf(redis: RedisClient, keys: readonly string[]): Promise<(Buffer | null)[]> {
  const [only] = keys;
  if (only === undefined) return [];
  if (keys.length > 1) return redis.mgetBuffer(...keys);
  try {
    return [await redis.getBuffer(only)];
  } catch (error) {
    if (isWrongType(error)) return [null];
    throw error;
  }
}

/** Length of a value in bytes, infinite of what is no string; 0 where Redis refuses to tell. */
async function lengthOf(redis: RedisClient, key: string): Promise<number> {
  try {
    return await redis.strlen(key);
  } catch (error) {
    if (isWrongType(error)) return Infinity;
    if (isReplyError(error)) return 0;
    throw error;
  }
}
