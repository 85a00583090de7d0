import { streamRecord } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import { joinMessage, redisNames, type StreamRecord, type StreamsHead } from '@mediamtx-monitor/types';

/** A head as a collector would write it. */
export function headOf(changes: Partial<StreamsHead> = {}): StreamsHead {
  return {
    type: 'streams',
    v: 1,
    server: 'main',
    epoch: 1_767_225_600_000,
    seq: 1,
    collectedAt: '2026-01-01T00:00:00.000Z',
    publishedAt: '2026-01-01T00:00:00.000Z',
    intervalMs: 2_000,
    simulated: false,
    source: { status: 'up', error: null, version: 'v1.20.1' },
    missing: [],
    totals: { streams: 1, readers: 0, inboundMbps: 0, outboundMbps: 0, states: null, healths: null },
    ...changes,
  };
}

/** An idle stream. */
export function streamOf(name: string): StreamRecord {
  return streamRecord({ name });
}

/** The message's JSON. */
export function messageOf(head: StreamsHead, streams: readonly StreamRecord[] = []): string {
  return joinMessage('streams', JSON.stringify(head), JSON.stringify(streams));
}

/** Writes to Redis what a collector does. */
export class Publisher {
  readonly redis: Redis;
  readonly names: ReturnType<typeof redisNames>;

  constructor(url: string, prefix: string) {
    this.redis = new Redis(url);
    this.redis.on('error', () => undefined);
    this.names = redisNames(prefix);
  }

  /** A whole tick: keys first, message last, at once. Resolves with the message. */
  async publish(head: StreamsHead, streams: readonly StreamRecord[] = []): Promise<string> {
    const message = messageOf(head, streams);
    const tick = this.#stored(head, streams).publish(this.names.channel('streams'), message);
    await tick.exec();
    return message;
  }

  /** Only the keys, as if the message had got lost. Resolves with the message that would have been told. */
  async store(head: StreamsHead, streams: readonly StreamRecord[] = []): Promise<string> {
    await this.#stored(head, streams).exec();
    return messageOf(head, streams);
  }

  /** Only the message, whatever it is. */
  async tell(message: string | Buffer): Promise<void> {
    await this.redis.publish(this.names.channel('streams'), message);
  }

  close(): void {
    this.redis.disconnect();
  }

  #stored(head: StreamsHead, streams: readonly StreamRecord[]) {
    const json = JSON.stringify(head);
    const tick = this.redis.multi();
    if (head.collectedAt !== null) {
      tick.set(this.names.latest('streams', head.server), JSON.stringify(streams));
    }
    return tick.set(this.names.streamsMeta(head.server), json).hset(this.names.servers, head.server, json);
  }
}
