import { type RedisClient, RedisOutages } from '@mediamtx-monitor/runtime';
import { createLogRecorder, type FakeClock, type LogRecorder } from '@mediamtx-monitor/testkit';
import {
  type Alert,
  type AlertsMessage,
  redisNames,
  type RedisNames,
  type StreamsHead,
} from '@mediamtx-monitor/types';
import type { Redis } from 'ioredis';
import type { Alerter } from '../../src/alerter.ts';
import { wireAlerter } from '../../src/app.ts';
import { parseNotifyFile } from '../../src/notify-file.ts';
import { commandRedis } from './command-redis.ts';
import type { StandIn } from './stand-in.ts';
import { type WrittenServer, publishedServer } from './published.ts';

const PREFIX = 'scene';

/** Where the live Redis is, and the durable one. */
interface RedisUrls {
  readonly live: string;
  readonly durable: string;
}

/** Has a connection end with its test. */
type EndedAfterTest = (redis: RedisClient) => Redis;

/** An alerter whose ticks are run by hand. */
export interface SteppedAlerter {
  readonly alerter: Alerter;
  readonly log: LogRecorder;
  /** All metrics in Prometheus' text format. */
  readonly metrics: () => Promise<string>;
  /** Ends its connections without a word, as a kill does. */
  readonly kill: () => void;
}

/** Wires an alerter to these Redis servers. @param file what MONITOR_CONFIG says */
export async function steppedAlerter(
  urls: RedisUrls,
  file: string,
  clock: FakeClock,
  ended: EndedAfterTest,
): Promise<SteppedAlerter> {
  const log = createLogRecorder();
  const { alerter, metrics, live, durable } = wireAlerter(
    {
      redis: { url: urls.live, keyPrefix: PREFIX },
      durableRedis: { url: urls.durable, setting: 'REDIS_DURABLE_URL' },
      notify: parseNotifyFile(file, 'monitor.yml'),
      dashboardUrl: 'https://monitor.example.com',
      health: { host: '127.0.0.1', port: 0, allowedHosts: [] },
      log: { LOG_LEVEL: 'info', LOG_FORMAT: 'json', LOG_FILE: undefined, LOG_FILE_MAX_MB: 10 },
      warnings: [],
    },
    { clock, logger: log.logger, outages: new RedisOutages(clock) },
  );
  await Promise.all([ended(live).connect(), ended(durable).connect()]);
  return {
    ...{ alerter, log },
    metrics: () => metrics.source.metrics(),
    kill: () => {
      live.disconnect();
      durable.disconnect();
    },
  };
}

/** What collectors and people do, and what is seen of it. */
export class AlertScene {
  readonly names: RedisNames = redisNames(PREFIX);
  readonly live: Redis;
  readonly durable: Redis;
  readonly #clock: FakeClock;
  readonly #servers = new Map<string, WrittenServer>();
  /** What is said of each server again and again, until it is something else; `null` = its collector is dead. */
  readonly #said = new Map<string, Partial<StreamsHead> | null>();

  private constructor(live: Redis, durable: Redis, clock: FakeClock) {
    this.#clock = clock;
    this.live = live;
    this.durable = durable;
  }

  static async open(urls: RedisUrls, clock: FakeClock, ended: EndedAfterTest): Promise<AlertScene> {
    return new AlertScene(
      await commandRedis(urls.live, ended),
      await commandRedis(urls.durable, ended),
      clock,
    );
  }

  /** From now on a server's collector says this. */
  says(changes: Partial<StreamsHead> | null, server = 'main'): void {
    this.#said.set(server, changes);
  }

  /** Lets seconds pass: collectors publish, and these alerters tick. */
  async pass(seconds: number, ...alerters: readonly SteppedAlerter[]): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      this.#clock.advance(1_000);
      await this.#publish();
      for (const { alerter } of alerters) await alerter.tick();
    }
  }

  /** A command as the API writes it. */
  async command(command: Readonly<Record<string, unknown>>): Promise<void> {
    await this.durable.xadd(this.names.commands, '*', 'json', JSON.stringify({ by: 'ops', ...command }));
  }

  /** The newest message about alerts. */
  async published(): Promise<AlertsMessage> {
    return JSON.parse((await this.live.get(this.names.alertsLatest)) ?? 'null') as AlertsMessage;
  }

  /** Entries of a Redis stream, the newest last. */
  async entries(key: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const entries = await this.durable.xrange(key, '-', '+');
    return entries.map(([, [, json = '{}']]) => JSON.parse(json) as Record<string, unknown>);
  }

  async #publish(): Promise<void> {
    await Promise.all(
      Array.from(this.#said, async ([server, said]) => {
        if (said === null) return;
        const published = this.#servers.get(server) ?? publishedServer(this.live, this.names, server);
        this.#servers.set(server, published);
        await published.publish(said).catch(() => undefined);
      }),
    );
  }
}

/** What a webhook got, in the order in which it came. */
export interface GotMessage {
  readonly id: string;
  readonly body: string;
  readonly fired: readonly Alert[];
  readonly resolved: readonly Alert[];
}

export function gotMessages({ requests }: StandIn): readonly GotMessage[] {
  return requests.map(({ headers, body }) => {
    const { data } = JSON.parse(body) as { readonly data: Pick<GotMessage, 'fired' | 'resolved'> };
    return { id: String(headers['webhook-id']), body, fired: data.fired, resolved: data.resolved };
  });
}
