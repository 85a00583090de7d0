import { Redis } from 'ioredis';
import { joinMessage, redisNames, type RedisNames, type StreamsHead } from '@mediamtx-monitor/types';

const SERVER = 'main';

/** Publishes a snapshot that a collector once stored again and again, as if it were new. */
export class Feeder {
  readonly #redis: Redis;
  readonly #names: RedisNames;
  readonly #array: string;
  #head: StreamsHead;

  private constructor(redis: Redis, names: RedisNames, head: StreamsHead, array: string) {
    this.#redis = redis;
    this.#names = names;
    this.#head = head;
    this.#array = array;
  }

  /** Takes the snapshot that is stored under the prefix. */
  static async connect(url: string, prefix: string): Promise<Feeder> {
    const redis = new Redis(url);
    const names = redisNames(prefix);
    const [head, array] = await redis.mget(names.streamsMeta(SERVER), names.latest('streams', SERVER));
    return new Feeder(redis, names, JSON.parse(head ?? '') as StreamsHead, array ?? '');
  }

  /** Tells the next tick on the channel. */
  async publish(): Promise<void> {
    const now = new Date().toISOString();
    this.#head = { ...this.#head, seq: this.#head.seq + 1, collectedAt: now, publishedAt: now };
    const message = joinMessage('streams', JSON.stringify(this.#head), this.#array);
    await this.#redis.publish(this.#names.channel('streams'), message);
  }

  close(): void {
    this.#redis.disconnect();
  }
}
