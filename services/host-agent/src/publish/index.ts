import { createHash } from 'node:crypto';
import type { HostRecord, RedisNames } from '@mediamtx-monitor/types';
import type { Clock } from '@mediamtx-monitor/runtime';
import type { Redis } from 'ioredis';
import { messageJson } from './message.ts';
import { epochOf, parseScriptReply, PUBLISH_SCRIPT, type Verdict } from './script.ts';

export type { Verdict } from './script.ts';

export interface HostPublisherOptions {
  readonly redis: Redis;
  readonly names: RedisNames;
  /** Host id. */
  readonly host: string;
  readonly intervalMs: number;
  /** Longest time a message may take to reach Redis. */
  readonly commandTimeoutMs: number;
  readonly clock: Clock;
}

/** Stores and tells the records of one host. */
export interface HostPublisher {
  /** Publishes a record of that Unix time. Rejects when Redis didn't take it. */
  readonly publish: (record: HostRecord, collectedAtMs: number) => Promise<Verdict>;
}

/** The key expires after so many intervals: what it holds is never staler than what counts as stale. */
export const EXPIRY_INTERVALS = 3;

const SCRIPT_SHA = createHash('sha1').update(PUBLISH_SCRIPT).digest('hex');

const isUnknownScript = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('NOSCRIPT');
const isReply = (error: unknown): boolean => error instanceof Error && error.name === 'ReplyError';

/** There is no connection to Redis at the moment. */
export class RedisAwayError extends Error {
  readonly code = 'redis-away';
}

export function createHostPublisher(options: HostPublisherOptions): HostPublisher {
  const { redis, names, host, intervalMs, commandTimeoutMs, clock } = options;
  const key = names.host(host);
  const expiryMs = String(EXPIRY_INTERVALS * intervalMs);
  /** 0 = not prepared. */
  let epoch = 0;
  let seq = 0;
  /** Epoch of the agent that took the host over from us; 0 = none. */
  let rivalEpoch = 0;
  /** Redis's clock minus our monotonic one, so that deadlines are told in Redis's time. */
  let redisOffsetMs = 0;

  /** Takes the host over, or doesn't: as long as the agent that took it from us goes on, it keeps it. */
  async function prepare(): Promise<boolean> {
    const [stored, [seconds, microseconds]] = await Promise.all([redis.get(key), redis.time()]);
    redisOffsetMs = Number(seconds) * 1_000 + Number(microseconds) / 1_000 - clock.monotonicMs();
    if (stored !== null && rivalEpoch > 0) return false;
    epoch = Math.max(clock.wallMs(), epochOf(stored) + 1, rivalEpoch + 1);
    seq = 0;
    rivalEpoch = 0;
    return true;
  }

  async function runScript(args: readonly string[]): Promise<unknown> {
    try {
      return await redis.evalsha(SCRIPT_SHA, 1, key, ...args);
    } catch (error) {
      if (isUnknownScript(error)) return redis.eval(PUBLISH_SCRIPT, 1, key, ...args);
      // A connection that seems well but doesn't answer may be dead: a new one finds out.
      if (redis.status === 'ready' && !isReply(error)) redis.disconnect(true);
      throw error;
    }
  }

  return {
    publish: async (record, collectedAtMs) => {
      if (redis.status !== 'ready') throw new RedisAwayError('it is not connected');
      if (epoch === 0 && !(await prepare())) return 'superseded';
      seq += 1;
      const publishedAtMs = clock.wallMs();
      const message = messageJson(record, { epoch, seq, collectedAtMs, publishedAtMs, intervalMs });
      const deadlineMs = Math.ceil(redisOffsetMs + clock.monotonicMs() + commandTimeoutMs);
      const args = [String(epoch), String(deadlineMs), expiryMs, names.hosts, message];
      const reply = parseScriptReply(await runScript(args));
      redisOffsetMs = reply.redisNowMs - clock.monotonicMs();
      if (reply.verdict === 'superseded') {
        rivalEpoch = reply.storedEpoch;
        epoch = 0;
      }
      return reply.verdict;
    },
  };
}
