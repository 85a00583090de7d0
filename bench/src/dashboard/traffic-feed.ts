import { joinMessage, redisNames, type RedisNames, type StreamsHead } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { fillHistory } from '../history/fill.ts';
import { REMEMBERED, TICK_MS, timeAt, trafficAt } from './traffic.ts';

const SERVER = 'main';

/** Writes made-up traffic to Redis as a collector would: each tick is two seconds, however fast they come. */
export class TrafficFeed {
  readonly #redis: Redis;
  readonly #names: RedisNames;
  readonly #count: number;
  readonly #startMs: number;

  /** @param count streams @param startMs when it begins, in ms since 1970 */
  constructor(url: string, prefix: string, count: number, startMs: number) {
    this.#redis = new Redis(url);
    this.#names = redisNames(prefix);
    this.#count = count;
    this.#startMs = startMs;
  }

  /** Has Redis know the last day of those that stay, as far as rows that are looked at need it. */
  async remember(): Promise<void> {
    await fillHistory(this.#redis, this.#names, REMEMBERED, this.#startMs);
  }

  /** @param tick from 1 */
  async publish(tick: number): Promise<void> {
    const { streams, connections, readers } = trafficAt(tick, this.#count, this.#startMs);
    const time = new Date(timeAt(tick, this.#startMs)).toISOString();
    const head: StreamsHead = {
      type: 'streams',
      v: 1,
      server: SERVER,
      epoch: this.#startMs,
      seq: tick,
      collectedAt: time,
      publishedAt: time,
      intervalMs: TICK_MS,
      simulated: true,
      source: { status: 'up', error: null, version: 'v1.20.1' },
      missing: [],
      totals: {
        streams: streams.length,
        readers,
        inboundMbps: null,
        outboundMbps: null,
        states: null,
        healths: null,
      },
    };
    const [json, array] = [JSON.stringify(head), JSON.stringify(streams)];
    const connectionsJson = JSON.stringify(connections);
    const names = this.#names;
    await this.#redis
      .multi()
      .set(names.latest('streams', SERVER), array)
      .set(names.latest('connections', SERVER), connectionsJson)
      .set(names.streamsMeta(SERVER), json)
      .hset(names.servers, SERVER, json)
      .publish(names.channel('streams'), joinMessage('streams', json, array))
      .publish(
        names.channel('connections'),
        joinMessage('connections', JSON.stringify({ ...head, type: 'connections' }), connectionsJson),
      )
      .exec();
  }

  close(): void {
    this.#redis.disconnect();
  }
}
