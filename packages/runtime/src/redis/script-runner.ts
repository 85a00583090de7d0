import { createHash } from 'node:crypto';
import type { RedisClient } from './client.ts';
import { connectAnew, RedisAwayError, refusalText } from './command-failures.ts';

const NOT_CONNECTED = 'it is not connected';

/** @throws {RedisAwayError} unless commands can be sent now */
export function assertConnected(redis: RedisClient): void {
  if (redis.status !== 'ready') throw new RedisAwayError(NOT_CONNECTED);
}

/** Why a command wasn't done, for people: of a Redis that is away the connection has told why, and ioredis its own state. */
export function whyNotDone(redis: RedisClient, error: unknown): string {
  return redis.status === 'ready' ? refusalText(error) : 'its Redis is not connected';
}

/** Runs a script and resolves with its reply. */
export type RunScript = (keys: readonly string[], args: readonly (string | Buffer)[]) => Promise<unknown>;

/**
 * Makes what runs a script, by its digest where Redis knows it. A connection that doesn't answer is made anew.
 */
export function createScriptRunner(redis: RedisClient, script: string): RunScript {
  const digest = createHash('sha1').update(script).digest('hex');
  return async (keys, args) => {
    try {
      return await redis.evalsha(digest, keys.length, ...keys, ...args);
    } catch (error) {
      if (isUnknownScript(error)) return redis.eval(script, keys.length, ...keys, ...args);
      connectAnew(redis, error);
      throw error;
    }
  };
}

const isUnknownScript = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('NOSCRIPT');
