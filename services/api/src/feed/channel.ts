import {
  COMMAND_TIMEOUT_MS,
  CommandFailures,
  connectInBackground,
  createSubscriberConnection,
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

interface Followed {
  readonly receive: (message: Buffer) => void;
  /** It is subscribed to, while the others were before. */
  readonly onSubscribed: (() => void) | undefined;
  isWanted: boolean;
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
  #isOpen = false;

  constructor({ redis, logger, onReady, onContact }: ChannelOptions) {
    this.#redis = createSubscriberConnection({ ...redis, logger, commandTimeoutMs: COMMAND_TIMEOUT_MS });
    this.#failures = new CommandFailures(this.#redis, logger);
    this.#onReady = onReady;
    this.#onContact = onContact;
  }

  /** Has what is published on a channel received; to be called before the start. */
  receive(channel: string, receive: (message: Buffer) => void): void {
    this.#channels.set(channel, { receive, onSubscribed: undefined, isWanted: true, isSubscribed: false });
  }

  /**
   * As `receive`, while the channel is followed; to be called before the start.
   * @param onSubscribed told when it is from now on: what was published before was missed
   * @returns what has it followed, or not any more
   */
  receiveWhile(
    channel: string,
    receive: (message: Buffer) => void,
    onSubscribed: () => void,
  ): (isFollowed: boolean) => void {
    const followed: Followed = { receive, onSubscribed, isWanted: false, isSubscribed: false };
    this.#channels.set(channel, followed);
    return (isFollowed) => {
      followed.isWanted = isFollowed;
      if (this.#redis.status !== 'ready') return;
      if (isFollowed) void this.#subscribe(channel, followed);
      else void this.#unsubscribe(channel, followed);
    };
  }

  start(): void {
    this.#redis.on('ready', () => void this.#subscribeAll());
    this.#redis.on('close', () => {
      this.#isOpen = false;
      for (const followed of this.#channels.values()) followed.isSubscribed = false;
    });
    this.#redis.on('messageBuffer', (channel: Buffer, message: Buffer) => {
      const followed = this.#channels.get(channel.toString());
      if (followed === undefined) return;
      followed.receive(message);
      this.#onContact();
    });
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
    return this.#isOpen && [...this.#channels.values()].every((one) => one.isSubscribed || !one.isWanted);
  }

  /** Connects the subscription anew, for when its connection only looks alive. */
  resubscribe(): void {
    this.#redis.disconnect(true);
  }

  async #subscribeAll(): Promise<void> {
    const wanted = [...this.#channels].filter(([, { isWanted }]) => isWanted);
    const done = await Promise.all(wanted.map(([channel, followed]) => this.#subscribe(channel, followed)));
    if (!done.includes(true)) return;
    this.#isOpen = true;
    this.#onReady();
  }

  /** Whether it is subscribed to now. */
  async #subscribe(channel: string, followed: Followed): Promise<boolean> {
    const failure = `channel ${channel} can't be subscribed to`;
    try {
      await this.#redis.subscribe(channel);
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
    followed.isSubscribed = false;
    try {
      await this.#redis.unsubscribe(channel);
    } catch (error) {
      this.#failures.handle(`channel ${channel} can't be left`, error);
    }
  }
}
