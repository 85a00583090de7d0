import {
  HOST_KEPT_MS,
  type HostRecord,
  type HostsMessage,
  MESSAGE_VERSION,
  type RedisNames,
} from '@mediamtx-monitor/types';
import {
  assertConnected,
  type Clock,
  createScriptRunner,
  parsePublishReply,
  PublishNumbers,
  publishPrelude,
  type Verdict,
} from '@mediamtx-monitor/runtime';
import type { Redis } from 'ioredis';

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

/** Stores and publishes the records of one host. */
export class HostPublisher {
  readonly #options: HostPublisherOptions;
  readonly #numbers: PublishNumbers;
  readonly #runScript: (args: readonly string[]) => Promise<unknown>;

  constructor(options: HostPublisherOptions) {
    const { redis, names, host, clock } = options;
    this.#options = options;
    const key = names.host(host);
    this.#numbers = new PublishNumbers(redis, clock, key);
    this.#runScript = createScriptRunner(redis, PUBLISH_SCRIPT, [key, names.hostsSeen]);
  }

  /** Publishes a record of that Unix time. Rejects when Redis didn't take it. */
  async publish(record: HostRecord, collectedAtMs: number): Promise<Verdict> {
    const { redis, names, host, intervalMs, commandTimeoutMs, clock } = this.#options;
    assertConnected(redis);
    if (!this.#numbers.hasBegun) await this.#numbers.begin('take-over');
    const number = this.#numbers.next();
    const publishedAtMs = clock.wallMs();
    const message = messageJson(record, { ...number, collectedAtMs, publishedAtMs, intervalMs });
    const deadlineMs = String(this.#numbers.deadlineMs(commandTimeoutMs));
    const args = [
      String(number.epoch),
      deadlineMs,
      String(HOST_KEPT_MS),
      host,
      names.channel('hosts'),
      message,
    ];
    const reply = parsePublishReply(await this.#runScript(args));
    this.#numbers.hear(reply);
    return reply.verdict;
  }
}

/** What a message says of itself. */
export interface MessageMark {
  readonly epoch: number;
  readonly seq: number;
  /** Unix times. */
  readonly collectedAtMs: number;
  readonly publishedAtMs: number;
  readonly intervalMs: number;
}

/** A message as JSON, its members in the contract's order. */
export function messageJson(record: HostRecord, mark: MessageMark): string {
  const message: HostsMessage = {
    type: 'hosts',
    v: MESSAGE_VERSION,
    host: record.host,
    epoch: mark.epoch,
    seq: mark.seq,
    collectedAt: new Date(mark.collectedAtMs).toISOString(),
    publishedAt: new Date(mark.publishedAtMs).toISOString(),
    intervalMs: mark.intervalMs,
    hosts: [record],
  };
  return JSON.stringify(message);
}

/**
 * Stores and publishes one message in one round trip, the key first, so that nothing is published that isn't stored.
 * One of an older epoch than the stored one means that two agents think they are the same host. Hosts that have been
 * silent for as long as their key lives leave the set of hosts.
 *
 * KEYS: the host's newest message, sorted set of hosts by the time of theirs
 * ARGV: epoch, deadline (Redis's own Unix time in ms), time in ms after which the key expires, host id, channel, message
 * Returns [verdict, Redis's Unix time in ms, stored epoch, stored seq].
 */
const PUBLISH_SCRIPT = `${publishPrelude('KEYS[1]')}
redis.call('SET', KEYS[1], ARGV[6], 'PX', ARGV[3])
write('ZADD', KEYS[2], nowMs, ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', nowMs - ARGV[3])
redis.call('PUBLISH', ARGV[5], ARGV[6])
return { 'published', nowMs, 0, 0 }
`;
