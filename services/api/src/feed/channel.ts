import type { Redis } from 'ioredis';
import {
  connectInBackground,
  createSubscriberConnection,
  type Logger,
  type RedisTarget,
} from '@mediamtx-monitor/runtime';
import type { RedisNames, SnapshotTopic } from '@mediamtx-monitor/types';
import { COMMAND_TIMEOUT_MS, ConnectionFailures } from './connection-failures.ts';

export interface ChannelOptions {
  readonly redis: RedisTarget;
  readonly names: RedisNames;
  readonly logger: Logger;
  /** The channels are subscribed to, at first or again: what was published meanwhile was missed. */
  readonly onReady: () => void;
  /** A message came. */
  readonly onContact: () => void;
}

/** The connection to Redis that receives what is published. It comes back by itself. */
export class Channel {
  readonly #redis: Redis;
  readonly #names: RedisNames;
  readonly #failures: ConnectionFailures;
  readonly #onReady: () => void;
  readonly #onContact: () => void;
  /** By name of the channel. */
  readonly #receivers = new Map<string, (message: Buffer) => void>();
  #isSubscribed = false;

  constructor({ redis, names, logger, onReady, onContact }: ChannelOptions) {
    this.#redis = createSubscriberConnection({ ...redis, logger, commandTimeoutMs: COMMAND_TIMEOUT_MS });
    this.#names = names;
    this.#failures = new ConnectionFailures(this.#redis, logger);
    this.#onReady = onReady;
    this.#onContact = onContact;
  }

  /** Has a topic's messages received; to be called before the start. */
  receive(topic: SnapshotTopic, receiver: (message: Buffer) => void): void {
    this.#receivers.set(this.#names.channel(topic), receiver);
  }

  start(): void {
    this.#redis.on('ready', () => void this.#subscribe());
    this.#redis.on('close', () => {
      this.#isSubscribed = false;
    });
    this.#redis.on('messageBuffer', (channel: Buffer, message: Buffer) => {
      const receive = this.#receivers.get(channel.toString());
      if (receive === undefined) return;
      receive(message);
      this.#onContact();
    });
    connectInBackground(this.#redis);
  }

  stop(): void {
    this.#redis.disconnect();
  }

  /** Whether the channels are subscribed to, on a connection that looks alive. */
  get isSubscribed(): boolean {
    return this.#isSubscribed;
  }

  /** Connects the subscription anew, for when its connection only looks alive. */
  resubscribe(): void {
    this.#redis.disconnect(true);
  }

  async #subscribe(): Promise<void> {
    const channels = [...this.#receivers.keys()];
    const failure = `channels ${channels.join(', ')} can't be subscribed to`;
    try {
      await this.#redis.subscribe(...channels);
      this.#failures.clear(failure);
      this.#isSubscribed = true;
      this.#onReady();
    } catch (error) {
      this.#failures.handle(failure, error);
    }
  }
}
