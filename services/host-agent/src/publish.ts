import {
  HOST_KEPT_MS,
  type HostRecord,
  type HostsMessage,
  MESSAGE_VERSION,
  type RedisNames,
  type TickNumber,
} from '@mediamtx-monitor/types';
import { type Clock, type RedisClient, type TickOutcome, TickPublisher } from '@mediamtx-monitor/runtime';

export interface HostPublisherOptions {
  readonly redis: RedisClient;
  readonly names: RedisNames;
  /** Host id. */
  readonly host: string;
  readonly intervalMs: number;
  /** Longest time a message may take to reach Redis. */
  readonly commandTimeoutMs: number;
  readonly clock: Clock;
}

/**
 * Stores and publishes the records of one host. A newer epoch in the host's key means that two agents think they are the
 * same host. Hosts that have been silent for as long as their key lives leave the set of hosts.
 */
export class HostPublisher {
  readonly #options: HostPublisherOptions;
  readonly #key: string;
  readonly #ticks: TickPublisher;

  constructor(options: HostPublisherOptions) {
    const { redis, names, host, clock, commandTimeoutMs } = options;
    this.#options = options;
    this.#key = names.host(host);
    this.#ticks = new TickPublisher({
      redis,
      clock,
      guard: this.#key,
      commandTimeoutMs,
      role: 'take-over',
    });
  }

  /** Publishes a record of that Unix time. Rejects when Redis didn't take it. */
  async publish(record: HostRecord, collectedAtMs: number): Promise<TickOutcome> {
    const { names, host, intervalMs, clock } = this.#options;
    if (!this.#ticks.hasBegun) await this.#ticks.begin();
    const number = this.#ticks.next();
    const publishedAtMs = clock.wallMs();
    const message = messageJson(record, { ...number, collectedAtMs, publishedAtMs, intervalMs });
    return this.#ticks.publish(number, {
      sets: [{ key: this.#key, value: message, expiresMs: HOST_KEPT_MS }],
      sorted: [{ key: names.hostsSeen, member: host, keptMs: HOST_KEPT_MS }],
      publishes: [{ channel: names.channel('hosts'), message }],
    });
  }
}

/** What a message says of itself. */
interface MessageMark extends TickNumber {
  /** Unix times. */
  readonly collectedAtMs: number;
  readonly publishedAtMs: number;
  readonly intervalMs: number;
}

/** A message as JSON, its members in the contract's order. */
function messageJson(record: HostRecord, mark: MessageMark): string {
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
