import { hostRecord, streamRecord } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import {
  type Alert,
  type AlertsHead,
  type ConnectionRecord,
  type HostRecord,
  type HostsHead,
  joinMessage,
  redisNames,
  type StreamRecord,
  type StreamsHead,
  type TargetStatus,
} from '@mediamtx-monitor/types';

export { streamsHead as headOf } from '@mediamtx-monitor/testkit';

/**
 * Times of a tick that is fresh when it is read from its key, to the millisecond: what a clock that is ahead dates, is
 * of the moment at which it comes.
 */
export function freshTimes(): Pick<StreamsHead, 'publishedAt'> & { readonly collectedAt: string } {
  return timesAgo(-60_000);
}

/** Times of a tick that was published so long ago, as Redis's clock has it: it runs on this machine. */
export function timesAgo(ms: number): ReturnType<typeof freshTimes> {
  const time = new Date(Date.now() - ms).toISOString();
  return { collectedAt: time, publishedAt: time };
}

/** An idle stream. */
export function streamOf(name: string): StreamRecord {
  return streamRecord({ name });
}

/** The message's JSON. */
export function messageOf(head: StreamsHead, streams: readonly StreamRecord[] = []): string {
  return joinMessage('streams', JSON.stringify(head), JSON.stringify(streams));
}

/** The connections message's JSON of the same tick. */
export function connectionsMessageOf(
  head: StreamsHead,
  connections: readonly ConnectionRecord[] = [],
): string {
  const own = JSON.stringify({ ...head, type: 'connections' });
  return joinMessage('connections', own, JSON.stringify(connections));
}

/** The message's JSON that has the head of the same tick by itself. */
export function serversMessageOf(head: StreamsHead): string {
  return JSON.stringify({ ...head, type: 'servers' });
}

/** The head of a hosts message as an agent would write it. */
export function hostsHeadOf(changes: Partial<HostsHead> = {}): HostsHead {
  return {
    type: 'hosts',
    v: 1,
    host: 'media-1',
    epoch: 1_767_225_600_000,
    seq: 1,
    collectedAt: '2026-01-01T00:00:00.000Z',
    publishedAt: '2026-01-01T00:00:00.000Z',
    intervalMs: 5_000,
    ...changes,
  };
}

/** The hosts message's JSON. */
export function hostsMessageOf(head: HostsHead, record: Partial<HostRecord> = {}): string {
  const hosts = [hostRecord({ host: head.host, ...record })];
  return joinMessage('hosts', JSON.stringify(head), JSON.stringify(hosts));
}

/** The head of an alerts message as an alerter would write it. */
export function alertsHeadOf(changes: Partial<AlertsHead> = {}): AlertsHead {
  return {
    type: 'alerts',
    v: 1,
    epoch: 1_767_225_600_000,
    seq: 1,
    publishedAt: '2026-01-01T00:00:00.000Z',
    intervalMs: 5_000,
    counts: { pending: 0, firing: 0, recovering: 0, unknown: 0, resolved: 0, silenced: 0 },
    targets: [],
    silences: [],
    ...changes,
  };
}

/** A target that is well, and was told nothing so far. */
export function targetOf(name = 'phone', changes: Partial<TargetStatus> = {}): TargetStatus {
  return {
    ...{ name, kind: 'ntfy', state: 'ok', error: null, deliveredAt: null, queueAgeMs: null },
    testAgeMs: null,
    ...changes,
  };
}

/** The alerts message's JSON. */
export function alertsMessageOf(head: AlertsHead, alerts: readonly Alert[] = []): string {
  return joinMessage('alerts', JSON.stringify(head), JSON.stringify(alerts));
}

/** Writes to Redis what collectors, host agents and the alerter do. */
export class TestPublisher {
  readonly redis: Redis;
  readonly names: ReturnType<typeof redisNames>;

  constructor(url: string, prefix: string) {
    this.redis = new Redis(url);
    this.redis.on('error', () => undefined);
    this.names = redisNames(prefix);
  }

  /** A whole tick: keys first, messages last, at once. Resolves with the streams message. */
  async publish(
    head: StreamsHead,
    streams: readonly StreamRecord[] = [],
    connections: readonly ConnectionRecord[] = [],
  ): Promise<string> {
    const message = messageOf(head, streams);
    await this.#stored(head, streams, connections)
      .publish(this.names.channelOf('streams', head.server), message)
      .publish(this.names.channelOf('connections', head.server), connectionsMessageOf(head, connections))
      .publish(this.names.servers, serversMessageOf(head))
      .exec();
    return message;
  }

  /** Only the keys, as if the messages had got lost. Resolves with the streams message that would have been told. */
  async store(
    head: StreamsHead,
    streams: readonly StreamRecord[] = [],
    connections: readonly ConnectionRecord[] = [],
  ): Promise<string> {
    await this.#stored(head, streams, connections).exec();
    return messageOf(head, streams);
  }

  /** A whole tick of a host, as `publish`. */
  async publishHost(head: HostsHead, record: Partial<HostRecord> = {}): Promise<string> {
    const message = await this.storeHost(head, record);
    await this.redis.publish(this.names.channel('hosts'), message);
    return message;
  }

  /** Only the keys of a host, as `store`. */
  async storeHost(head: HostsHead, record: Partial<HostRecord> = {}): Promise<string> {
    const message = hostsMessageOf(head, record);
    await this.redis
      .multi()
      .set(this.names.host(head.host), message)
      .zadd(this.names.hostsSeen, Date.parse(head.publishedAt), head.host)
      .exec();
    return message;
  }

  /** All alerts there are, as `publish`. */
  async publishAlerts(head: AlertsHead = alertsHeadOf(), alerts: readonly Alert[] = []): Promise<string> {
    const message = await this.storeAlerts(head, alerts);
    await this.redis.publish(this.names.channel('alerts'), message);
    return message;
  }

  /** Only the key of alerts, as `store`. */
  async storeAlerts(head: AlertsHead = alertsHeadOf(), alerts: readonly Alert[] = []): Promise<string> {
    const message = alertsMessageOf(head, alerts);
    await this.redis.set(this.names.alertsLatest, message);
    return message;
  }

  /** Only the message, whatever it is. */
  async publishRaw(message: string | Buffer): Promise<void> {
    await this.redis.publish(this.names.channel('streams'), message);
  }

  close(): void {
    this.redis.disconnect();
  }

  #stored(head: StreamsHead, streams: readonly StreamRecord[], connections: readonly ConnectionRecord[]) {
    const json = JSON.stringify(head);
    const tick = this.redis.multi();
    if (head.collectedAt !== null) {
      tick.set(this.names.latest('streams', head.server), JSON.stringify(streams));
      tick.set(this.names.latest('connections', head.server), JSON.stringify(connections));
    }
    return tick.set(this.names.streamsMeta(head.server), json).hset(this.names.servers, head.server, json);
  }
}
