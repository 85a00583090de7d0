import { HOST_KEPT_MS, type HostRecord, type RedisNames } from '@mediamtx-monitor/types';
import {
  assertConnected,
  type Clock,
  createScriptRunner,
  parsePublishReply,
  PublishNumbers,
  type Verdict,
} from '@mediamtx-monitor/runtime';
import type { Redis } from 'ioredis';
import { messageJson } from './message.ts';
import { PUBLISH_SCRIPT } from './script.ts';

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

export function createHostPublisher(options: HostPublisherOptions): HostPublisher {
  const { redis, names, host, intervalMs, commandTimeoutMs, clock } = options;
  const key = names.host(host);
  const runScript = createScriptRunner(redis, PUBLISH_SCRIPT, [key, names.hostsSeen]);
  const numbers = new PublishNumbers(redis, clock, key);

  return {
    publish: async (record, collectedAtMs) => {
      assertConnected(redis);
      if (!numbers.hasBegun) await numbers.begin('take-over');
      const number = numbers.next();
      const publishedAtMs = clock.wallMs();
      const message = messageJson(record, { ...number, collectedAtMs, publishedAtMs, intervalMs });
      const deadlineMs = String(numbers.deadlineMs(commandTimeoutMs));
      const args = [
        String(number.epoch),
        deadlineMs,
        String(HOST_KEPT_MS),
        host,
        names.channel('hosts'),
        message,
      ];
      const reply = parsePublishReply(await runScript(args));
      numbers.hear(reply);
      return reply.verdict;
    },
  };
}
