import type { HostRecord, RedisNames } from '@mediamtx-monitor/types';
import { assertConnected, type Clock, createScriptRunner, RedisTime } from '@mediamtx-monitor/runtime';
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

export function createHostPublisher(options: HostPublisherOptions): HostPublisher {
  const { redis, names, host, intervalMs, commandTimeoutMs, clock } = options;
  const key = names.host(host);
  const runScript = createScriptRunner(redis, PUBLISH_SCRIPT, [key]);
  const time = new RedisTime(redis, clock);
  const expiryMs = String(EXPIRY_INTERVALS * intervalMs);
  /** 0 = not prepared. */
  let epoch = 0;
  let seq = 0;
  /** Epoch of the agent that took the host over from us; 0 = none. */
  let rivalEpoch = 0;

  /** Takes the host over, or doesn't: as long as the agent that took it from us goes on, it keeps it. */
  async function prepare(): Promise<boolean> {
    const [stored] = await Promise.all([redis.get(key), time.read()]);
    if (stored !== null && rivalEpoch > 0) return false;
    epoch = Math.max(clock.wallMs(), epochOf(stored) + 1, rivalEpoch + 1);
    seq = 0;
    rivalEpoch = 0;
    return true;
  }

  return {
    publish: async (record, collectedAtMs) => {
      assertConnected(redis);
      if (epoch === 0 && !(await prepare())) return 'superseded';
      seq += 1;
      const publishedAtMs = clock.wallMs();
      const message = messageJson(record, { epoch, seq, collectedAtMs, publishedAtMs, intervalMs });
      const deadlineMs = String(time.inMs(commandTimeoutMs));
      const args = [String(epoch), deadlineMs, expiryMs, names.hosts, message];
      const reply = parseScriptReply(await runScript(args));
      time.hear(reply.redisNowMs);
      if (reply.verdict === 'superseded') {
        rivalEpoch = reply.storedEpoch;
        epoch = 0;
      }
      return reply.verdict;
    },
  };
}
