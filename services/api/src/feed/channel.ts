import {
  COMMAND_TIMEOUT_MS,
  CommandFailures,
  connectInBackground,
  createSubscriberConnection,
  isCluster,
  type Logger,
  type RedisClient,
  type RedisTarget,
} from '@mediamtx-monitor/runtime';

export interface ChannelOptions {
  readonly redis: RedisTarget;
  readonly logger: Logger;
  /** Those channels that are always followed are subscribed to, at first or again: what was published was missed. */
  readonly onReady: () => void;
  /** A message came. */
  readonly onContact: () => void;
}

/** What a channel is followed for. */
export interface ChannelUse {
  readonly receive: (message: Buffer) => void;
  /** It is subscribed to, while the others were before: what was published on it until then was missed. */
  readonly onSubscribed?: () => void;
  /** A channel that is subscribed to in the same command, and brings nothing. */
  readonly mark?: string | undefined;
}

interface Followed extends ChannelUse {
  isSubscribed: boolean;
}

/** The connection to Redis that receives what is published. It comes back by itself. */
export class Channel {
  readonly #redis: RedisClient;
  readonly #failures: CommandFailures;
  readonly #onReady: () => void;
  readonly #onContact: () => void;
  /** By name of the channel. */
  readonly #channels = new Map<string, Followed>();
  /** Those that are always followed. */
  readonly #standing = new Set<string>();
  #isOpen = false;

  constructor({ redis, logger, onReady, onContact }: ChannelOptions) {
    this.#redis = createSubscriberConnection({ ...redis, logger, commandTimeoutMs: COMMAND_TIMEOUT_MS });
    this.#failures = new CommandFailures(this.#redis, logger);
    this.#onReady = onReady;
    this.#onContact = onContact;
  }

  /** Has what is published on a channel received, always; to be called before the start. */
  receive(channel: string, receive: (message: Buffer) => void): void {
    this.#standing.add(channel);
    this.#channels.set(channel, { receive, isSubscribed: false });
  }

  /** Has what is published on a channel received until it is left. */
  follow(channel: string, use: ChannelUse): void {
    const followed: Followed = { ...use, isSubscribed: false };
    this.#channels.set(channel, followed);
    if (this.#redis.status === 'ready') void this.#subscribe(channel, followed);
  }

  /** Has nothing received of a channel any more that is followed. */
  leave(channel: string): void {
    const followed = this.#channels.get(channel);
    if (followed === undefined || !this.#channels.delete(channel)) return;
    if (this.#redis.status === 'ready') void this.#unsubscribe(channel, followed);
  }

  start(): void {
    this.#redis.on('ready', () => void this.#subscribeAll());
    // In a cluster: the node that has some of the channels may be back, or others have these.
    this.#redis.on('subscribersReady', () => void this.#subscribeMissing());
    this.#redis.on('close', () => {
      this.#isOpen = false;
      for (const followed of this.#channels.values()) followed.isSubscribed = false;
    });
    for (const event of ['messageBuffer', 'smessageBuffer']) {
      this.#redis.on(event, (channel: Buffer, message: Buffer) => {
        const followed = this.#channels.get(channel.toString());
        if (followed === undefined) return;
        followed.receive(message);
        this.#onContact();
      });
    }
    connectInBackground(this.#redis);
  }

  stop(): void {
    this.#redis.disconnect();
  }

  /** Whether anything may come, on a connection that looks alive. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether all channels that are followed are subscribed to, on a connection that looks alive. */
  get isSubscribed(): boolean {
    return this.#isOpen && [...this.#channels.values()].every((one) => one.isSubscribed);
  }

  /** Whether those are that always are. */
  get isStanding(): boolean {
    return this.#isOpen && [...this.#standing].every((channel) => this.#channels.get(channel)?.isSubscribed);
  }

  /** Connects the subscription anew, for when its connection only looks alive. */
  resubscribe(): void {
    this.#redis.disconnect(true);
  }

  async #subscribeAll(): Promise<void> {
    const done = await Promise.all(
      [...this.#channels].map(([channel, followed]) => this.#subscribe(channel, followed)),
    );
    if (!done.includes(true)) return;
    this.#isOpen = true;
    this.#onReady();
  }

  async #subscribeMissing(): Promise<void> {
    if (this.#redis.status !== 'ready') return;
    const missing = [...this.#channels].filter(([, { isSubscribed }]) => !isSubscribed);
    await Promise.all(missing.map(([channel, followed]) => this.#subscribe(channel, followed)));
  }

  /** Whether it is subscribed to now. */
  async #subscribe(channel: string, followed: Followed): Promise<boolean> {
    const failure = `channel ${channel} can't be subscribed to`;
    try {
      const redis = this.#redis;
      if (isCluster(redis)) await redis.ssubscribe(...namesOf(channel, followed));
      else await redis.subscribe(...namesOf(channel, followed));
      this.#failures.clear(failure);
      followed.isSubscribed = true;
      if (this.#isOpen) followed.onSubscribed?.();
      return true;
    } catch (error) {
      this.#failures.handle(failure, error);
      return false;
    }
  }

  async #unsubscribe(channel: string, followed: Followed): Promise<void> {
    try {
      const redis = this.#redis;
      if (isCluster(redis)) await redis.sunsubscribe(...namesOf(channel, followed));
      else await redis.unsubscribe(...namesOf(channel, followed));
    } catch (error) {
      this.#failures.handle(`channel ${channel} can't be left`, error);
    }
  }
}

function namesOf(channel: string, { mark }: ChannelUse): readonly string[] {
  return mark === undefined ? [channel] : [channel, mark];
}
