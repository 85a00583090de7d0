import { HOST_KEPT_MS, type HostRecord, MAX_HOST_BYTES, type RedisNames } from '@mediamtx-monitor/types';
import {
  assertConnected,
  type Clock,
  createScriptRunner,
  isAbsurdEpoch,
  nextEpoch,
  parsePublishReply,
  readBounded,
  RedisTime,
  RivalWatch,
  type Verdict,
} from '@mediamtx-monitor/runtime';
import type { Redis } from 'ioredis';
import { messageJson } from './message.ts';
import { epochOf, PUBLISH_SCRIPT } from './script.ts';

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
  const time = new RedisTime(redis, clock);
  const rival = new RivalWatch();
  /** 0 = not prepared. */
  let epoch = 0;
  let seq = 0;

  /** Takes the host over. */
  async function prepare(): Promise<void> {
    const { values } = await readBounded(redis, [key], MAX_HOST_BYTES);
    await time.read();
    epoch = nextEpoch(epochOf(values[0]?.toString() ?? null), time.inMs(0));
    seq = 0;
  }

  return {
    publish: async (record, collectedAtMs) => {
      assertConnected(redis);
      if (epoch === 0) await prepare();
      seq += 1;
      const publishedAtMs = clock.wallMs();
      const message = messageJson(record, { epoch, seq, collectedAtMs, publishedAtMs, intervalMs });
      const deadlineMs = String(time.inMs(commandTimeoutMs));
      const args = [String(epoch), deadlineMs, String(HOST_KEPT_MS), host, names.channel('hosts'), message];
      const reply = parsePublishReply(await runScript(args));
      time.hear(reply.redisNowMs);
      const isRivalGone = reply.verdict === 'superseded' && rival.isGone(reply);
      // Then, and when Redis's clock was set back by more than a day, we take the host over again.
      if (isRivalGone || isAbsurdEpoch(epoch, reply.redisNowMs)) epoch = 0;
      return reply.verdict;
    },
  };
}
