import type { Redis } from 'ioredis';
import {
  type Clock,
  connectInBackground,
  createCommandConnection,
  createSubscriberConnection,
  errorText,
  isReplyError,
  type Logger,
  readBounded,
  type RedisTarget,
  RedisTime,
} from '@mediamtx-monitor/runtime';
import {
  DEFAULT_SERVER_ID,
  isHostId,
  isServerId,
  MAX_HEAD_BYTES,
  MAX_HOST_BYTES,
  MAX_MESSAGE_BYTES,
  MAX_SUBJECTS,
  redisNames,
  type RedisNames,
  type Topic,
  TOPICS,
} from '@mediamtx-monitor/types';
import type { ServerValues, StoredValues } from './stored.ts';

const COMMAND_TIMEOUT_MS = 1_000;
const TIMED_OUT = 'Command timed out';

export interface RedisSourceOptions {
  readonly redis: RedisTarget;
  readonly keyPrefix: string;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly onMessage: (topic: Topic, message: Buffer) => void;
  /** A connection is there, at first or again: what was told meanwhile was missed. */
  readonly onReady: () => void;
}

/** The two connections to Redis: one hears the channel, one reads keys. Each comes back by itself. */
export class RedisSource {
  readonly #commands: Redis;
  readonly #subscriber: Redis;
  readonly #names: RedisNames;
  readonly #time: RedisTime;
  /** Topic by channel. */
  readonly #topics: ReadonlyMap<string, Topic>;
  readonly #options: RedisSourceOptions;
  #subscribed = false;
  /** What Redis said last to each thing that it refuses, so that each is told once. */
  readonly #refusals = new Map<string, string>();
  /** The head that was read last of each server, so that what is the same isn't read again. */
  readonly #heads = new Map<string, Buffer>();

  constructor(options: RedisSourceOptions) {
    const { redis, logger } = options;
    this.#options = options;
    const names = redisNames(options.keyPrefix);
    this.#names = names;
    this.#topics = new Map(TOPICS.map((topic) => [names.channel(topic), topic]));
    this.#commands = createCommandConnection({ ...redis, logger, commandTimeoutMs: COMMAND_TIMEOUT_MS });
    this.#time = new RedisTime(this.#commands, options.clock);
    this.#subscriber = createSubscriberConnection({ ...redis, logger, commandTimeoutMs: COMMAND_TIMEOUT_MS });
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

  /** Redis's Unix time in ms, as far as it is known; each read asks for it. */
  get redisNowMs(): number | undefined {
    return this.#time.nowMs;
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
  readServers(
    known: readonly string[],
    wanted: (server: string) => boolean,
  ): Promise<StoredValues<ServerValues>[]> {
    return this.#read(`keys of servers can't be read`, async () => {
      const listed = await this.#unlessRefused(`servers can't be listed`, () => this.#listServers());
      const all = new Set([DEFAULT_SERVER_ID, ...known, ...listed]);
      for (const server of this.#heads.keys()) if (!all.has(server)) this.#heads.delete(server);
      const servers = [...all].filter(wanted);
      return Promise.all(servers.map((server) => this.#readServer(server)));
    });
  }

  /**
   * Reads what is stored of all hosts that are listed and of those `known` already; but only of those `wanted`.
   * @throws when Redis doesn't answer
   */
  readHosts(known: readonly string[], wanted: (host: string) => boolean): Promise<StoredValues<Buffer>[]> {
    return this.#read(`keys of hosts can't be read`, async () => {
      const listed = await this.#unlessRefused(`hosts can't be listed`, () =>
        this.#commands.zrevrange(this.#names.hostsSeen, 0, MAX_SUBJECTS - 1),
      );
      const hosts = [...new Set([...known, ...listed.filter(isHostId)])].filter(wanted);
      const keys = hosts.map((host) => this.#names.host(host));
      const { values, tooLong } = await readBounded(this.#commands, keys, MAX_HOST_BYTES);
      return hosts.map((subject, index) => {
        const message = values[index] ?? null;
        if (tooLong.has(keys[index] ?? '')) return { subject, kind: 'too-long' };
        return message === null ? { subject, kind: 'nothing' } : { subject, kind: 'read', values: message };
      });
    });
  }

  async #read<Value>(refusal: string, read: () => Promise<Value>): Promise<Value> {
    try {
      await this.#readTime();
      const stored = await read();
      this.#refusals.delete(refusal);
      return stored;
    } catch (error) {
      this.#failed(this.#commands, error, refusal);
      throw error;
    }
  }

  /** A user of Redis that may not ask for its time gets ages by our own clock. */
  async #readTime(): Promise<void> {
    const refusal = `Redis's clock can't be read, so that our own has to do`;
    try {
      await this.#time.read();
      this.#refusals.delete(refusal);
    } catch (error) {
      if (!isReplyError(error)) throw error;
      this.#failed(this.#commands, error, refusal);
      this.#time.hear(this.#options.clock.wallMs());
    }
  }

  async #listServers(): Promise<string[]> {
    const count = await this.#commands.hlen(this.#names.servers);
    if (count <= MAX_SUBJECTS) return (await this.#commands.hkeys(this.#names.servers)).filter(isServerId);
    this.#refused(`servers can't be listed`, `there are ${count}, and at most ${MAX_SUBJECTS} are possible`);
    return [];
  }

  /** Without a list, those that are known are still read. */
  async #unlessRefused(refusal: string, list: () => Promise<string[]>): Promise<string[]> {
    try {
      return await list();
    } catch (error) {
      if (!isReplyError(error)) throw error;
      this.#failed(this.#commands, error, refusal);
      return [];
    }
  }

  /** All keys in one command, so that they are of the same tick; only the head where that is as it was. */
  async #readServer(subject: string): Promise<StoredValues<ServerValues>> {
    const { streamsMeta, latest } = this.#names;
    const keys = [streamsMeta(subject), latest('streams', subject), latest('connections', subject)];
    const [head] = (await readBounded(this.#commands, keys.slice(0, 1), MAX_HEAD_BYTES)).values;
    if (head != null && this.#heads.get(subject)?.equals(head) === true) return { subject, kind: 'same' };
    const { values, tooLong } = await readBounded(this.#commands, keys, MAX_MESSAGE_BYTES);
    const [meta = null, streams = null, connections = null] = values;
    if (meta === null) this.#heads.delete(subject);
    else this.#heads.set(subject, meta);
    if (tooLong.size > 0) return { subject, kind: 'too-long' };
    if (meta === null && streams === null && connections === null) return { subject, kind: 'nothing' };
    return { subject, kind: 'read', values: { meta, arrays: { streams, connections } } };
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
    if (isReplyError(error)) this.#refused(refusal, `Redis says ${errorText(error)}`);
  }

  #refused(refusal: string, why: string): void {
    if (why === this.#refusals.get(refusal)) return;
    this.#refusals.set(refusal, why);
    this.#options.logger.warn(`${refusal}: ${why}`);
  }
}
