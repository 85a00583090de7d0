import type { Redis } from 'ioredis';
import {
  connectInBackground,
  createCommandConnection,
  createSubscriberConnection,
  errorText,
  type Logger,
} from '@mediamtx-monitor/runtime';
import {
  DEFAULT_SERVER_ID,
  isHostId,
  isServerId,
  redisNames,
  type RedisNames,
  type Topic,
  TOPICS,
} from '@mediamtx-monitor/types';
import type { StoredHost, StoredServer } from './parse.ts';

const COMMAND_TIMEOUT_MS = 1_000;
const TIMED_OUT = 'Command timed out';

export interface RedisSourceOptions {
  readonly url: string;
  readonly keyPrefix: string;
  readonly logger: Logger;
  readonly onMessage: (topic: Topic, message: Buffer) => void;
  /** A connection is there, at first or again: what was told meanwhile was missed. */
  readonly onReady: () => void;
}

/** The two connections to Redis: one hears the channel, one reads keys. Each comes back by itself. */
export class RedisSource {
  readonly #commands: Redis;
  readonly #subscriber: Redis;
  readonly #names: RedisNames;
  /** Topic by channel. */
  readonly #topics: ReadonlyMap<string, Topic>;
  readonly #options: RedisSourceOptions;
  #subscribed = false;
  /** What Redis said last to each thing that it refuses, so that each is told once. */
  readonly #refusals = new Map<string, string>();

  constructor(options: RedisSourceOptions) {
    const { url, logger } = options;
    this.#options = options;
    const names = redisNames(options.keyPrefix);
    this.#names = names;
    this.#topics = new Map(TOPICS.map((topic) => [names.channel(topic), topic]));
    this.#commands = createCommandConnection({ url, logger, commandTimeoutMs: COMMAND_TIMEOUT_MS });
    this.#subscriber = createSubscriberConnection({ url, logger, commandTimeoutMs: COMMAND_TIMEOUT_MS });
  }

  start(): void {
    this.#commands.on('ready', this.#options.onReady);
    this.#subscriber.on('ready', () => void this.#subscribe());
    this.#subscriber.on('close', () => {
      this.#subscribed = false;
    });
    this.#subscriber.on('messageBuffer', (channel: Buffer, message: Buffer) => {
      const topic = this.#topics.get(channel.toString());
      if (topic !== undefined) this.#options.onMessage(topic, message);
    });
    connectInBackground(this.#commands);
    connectInBackground(this.#subscriber);
  }

  stop(): void {
    this.#commands.disconnect();
    this.#subscriber.disconnect();
  }

  /** Whether the channels are subscribed to, on a connection that looks alive. */
  get subscribed(): boolean {
    return this.#subscribed;
  }

  /** Connects the subscription anew, for when its connection only looks alive. */
  resubscribe(): void {
    this.#subscriber.disconnect(true);
  }

  /**
   * Reads what is stored: of all servers that are listed, of `main`, which a writer of the plain key doesn't
   * list, and of those `known` already; but only of those that are `wanted`.
   * @throws when Redis doesn't answer
   */
  readServers(known: readonly string[], wanted: (server: string) => boolean): Promise<StoredServer[]> {
    return this.#read(`keys of servers can't be read`, async () => {
      const listed = (await this.#commands.hkeys(this.#names.servers)).filter(isServerId);
      const servers = [...new Set([DEFAULT_SERVER_ID, ...known, ...listed])].filter(wanted);
      return Promise.all(servers.map((server) => this.#readServer(server)));
    });
  }

  /**
   * Reads what is stored of all hosts that are listed and of those `known` already; but only of those `wanted`.
   * @throws when Redis doesn't answer
   */
  readHosts(known: readonly string[], wanted: (host: string) => boolean): Promise<StoredHost[]> {
    return this.#read(`keys of hosts can't be read`, async () => {
      const listed = (await this.#commands.zrange(this.#names.hostsSeen, '0', '-1')).filter(isHostId);
      const hosts = [...new Set([...known, ...listed])].filter(wanted);
      if (hosts.length === 0) return [];
      const messages = await this.#commands.mgetBuffer(hosts.map((host) => this.#names.host(host)));
      return hosts.map((host, index) => ({ host, message: messages[index] ?? null }));
    });
  }

  async #read<Stored>(refusal: string, read: () => Promise<Stored>): Promise<Stored> {
    try {
      const stored = await read();
      this.#refusals.delete(refusal);
      return stored;
    } catch (error) {
      this.#failed(this.#commands, error, refusal);
      throw error;
    }
  }

  /** All keys in one command, so that they are of the same tick. */
  async #readServer(server: string): Promise<StoredServer> {
    const [meta, streams, connections] = await this.#commands.mgetBuffer(
      this.#names.streamsMeta(server),
      this.#names.latest('streams', server),
      this.#names.latest('connections', server),
    );
    return {
      server,
      meta: meta ?? null,
      arrays: { streams: streams ?? null, connections: connections ?? null },
    };
  }

  async #subscribe(): Promise<void> {
    const channels = [...this.#topics.keys()];
    const refusal = `channels ${channels.join(', ')} can't be subscribed to`;
    try {
      await this.#subscriber.subscribe(...channels);
      this.#refusals.delete(refusal);
      this.#subscribed = true;
      this.#options.onReady();
    } catch (error) {
      this.#failed(this.#subscriber, error, refusal);
    }
  }

  #failed(connection: Redis, error: unknown, refusal: string): void {
    if (!(error instanceof Error)) return;
    // The other end of a connection that times out may be gone for good; a new connection costs little.
    if (error.message === TIMED_OUT) connection.disconnect(true);
    if (error.name !== 'ReplyError' || error.message === this.#refusals.get(refusal)) return;
    this.#refusals.set(refusal, error.message);
    this.#options.logger.warn(`${refusal}: Redis says ${errorText(error)}`);
  }
}
