import {
  type Clock,
  COMMAND_TIMEOUT_MS,
  CommandFailures,
  connectInBackground,
  createCommandConnection,
  isReplyError,
  listHosts,
  listServers,
  type Logger,
  readBounded,
  type ReadMoment,
  type RedisClient,
  type RedisTarget,
  RedisTime,
} from '@mediamtx-monitor/runtime';
import {
  type AlertsHead,
  DEFAULT_SERVER_ID,
  type HostsHead,
  MAX_HEAD_BYTES,
  MAX_HOST_BYTES,
  MAX_MESSAGE_BYTES,
  MAX_SUBJECTS,
  type MessageHead,
  type RedisNames,
  type ServerTopic,
} from '@mediamtx-monitor/types';
import {
  parseStoredAlerts,
  parseStoredHost,
  parseStoredServer,
  type ServerValues,
  type StoredTicks,
  type StoredValues,
} from '../tick/index.ts';

export interface KeysOptions {
  readonly redis: RedisTarget;
  readonly names: RedisNames;
  readonly logger: Logger;
  readonly clock: Clock;
  /** The connection is there, at first or again. */
  readonly onReady: () => void;
  /** Keys of servers were read. */
  readonly onContact: () => void;
}

const SERVER_TOPICS: readonly ServerTopic[] = ['streams', 'connections'];

/** Which arrays of a server are asked for. */
export interface AskedArrays<Topic> {
  readonly topics: readonly Topic[];
  /** Whether they are held already, as new as the head that is known. */
  readonly areHeld: boolean;
}

/** The connection to Redis that reads keys. It comes back by itself. */
export class Keys {
  /** Redis's clock; each read asks for it. */
  readonly time: RedisTime;
  readonly #redis: RedisClient;
  readonly #names: RedisNames;
  readonly #clock: Clock;
  readonly #failures: CommandFailures;
  readonly #onReady: () => void;
  readonly #onContact: () => void;
  /** The head that was read last of each server, so that what is the same isn't read again. */
  readonly #lastHeads = new Map<string, Buffer>();

  constructor({ redis, names, logger, clock, onReady, onContact }: KeysOptions) {
    this.#redis = createCommandConnection({ ...redis, logger, commandTimeoutMs: COMMAND_TIMEOUT_MS });
    this.#names = names;
    this.#clock = clock;
    this.time = new RedisTime(this.#redis, clock);
    this.#failures = new CommandFailures(this.#redis, logger);
    this.#onReady = onReady;
    this.#onContact = onContact;
  }

  start(): void {
    this.#redis.on('ready', this.#onReady);
    connectInBackground(this.#redis);
  }

  stop(): void {
    this.#redis.disconnect();
  }

  /**
   * Reads what is stored: of all servers that are listed, of `main`, which a writer of the plain key doesn't
   * list, and of those `known` already; but only of those that are `wanted`, and of these the arrays asked for.
   * @throws when Redis doesn't answer
   */
  readServers(
    arraysOf: (server: string) => AskedArrays<ServerTopic>,
    known: readonly string[],
    wanted: (server: string) => boolean,
  ): Promise<StoredTicks<MessageHead>[]> {
    return this.#read(`keys of servers can't be read`, async () => {
      const listed = await this.#unlessRefused(`servers can't be listed`, () => this.#listServers());
      const all = new Set([DEFAULT_SERVER_ID, ...known, ...listed]);
      for (const server of this.#lastHeads.keys()) if (!all.has(server)) this.#lastHeads.delete(server);
      const values = await Promise.all(
        [...all].filter(wanted).map((server) => this.#readServer(server, arraysOf(server))),
      );
      this.#onContact();
      return values.map((stored) => parseStoredServer(stored, this.#readMoment()));
    });
  }

  /**
   * Reads what is stored of all hosts that are listed and of those `known` already; but only of those `wanted`.
   * @throws when Redis doesn't answer
   */
  readHosts(known: readonly string[], wanted: (host: string) => boolean): Promise<StoredTicks<HostsHead>[]> {
    return this.#read(`keys of hosts can't be read`, async () => {
      const listed = await this.#unlessRefused(`hosts can't be listed`, () =>
        listHosts(this.#redis, this.#names),
      );
      const hosts = [...new Set([...known, ...listed])].filter(wanted);
      const keys = hosts.map((host) => this.#names.host(host));
      const { values, unusable } = await readBounded(this.#redis, keys, MAX_HOST_BYTES);
      return hosts.map((subject, index) => {
        const stored = storedValue(subject, values[index], unusable.get(keys[index] ?? ''));
        return parseStoredHost(stored, this.#readMoment());
      });
    });
  }

  /**
   * Reads the alerts message, if it is `wanted`.
   * @param subject what it is about
   * @throws when Redis doesn't answer
   */
  readAlerts(subject: string, wanted: (subject: string) => boolean): Promise<StoredTicks<AlertsHead>[]> {
    return this.#read(`alerts can't be read`, async () => {
      if (!wanted(subject)) return [];
      const key = this.#names.alertsLatest;
      const { values, unusable } = await readBounded(this.#redis, [key], MAX_MESSAGE_BYTES);
      const stored = storedValue(subject, values[0], unusable.get(key));
      return [parseStoredAlerts(stored, this.#readMoment())];
    });
  }

  async #read<Stored>(failure: string, read: () => Promise<Stored>): Promise<Stored> {
    try {
      await this.#readTime();
      const stored = await read();
      this.#failures.clear(failure);
      return stored;
    } catch (error) {
      this.#failures.handle(failure, error);
      throw error;
    }
  }

  /** A user of Redis that may not ask for its time gets ages by our own clock. */
  async #readTime(): Promise<void> {
    const failure = `Redis's clock can't be read, so that our own has to do`;
    try {
      await this.time.read();
      this.#failures.clear(failure);
    } catch (error) {
      if (!isReplyError(error)) throw error;
      this.#failures.handle(failure, error);
      this.time.update(this.#clock.wallMs());
    }
  }

  #readMoment(): ReadMoment {
    const { wallMs, monotonicMs } = this.#clock;
    return { redisMs: this.time.nowMs ?? wallMs(), monotonicMs: monotonicMs() };
  }

  async #listServers(): Promise<readonly string[]> {
    const { ids, count } = await listServers(this.#redis, this.#names);
    if (count > MAX_SUBJECTS) {
      this.#failures.log(
        `servers can't be listed`,
        `there are ${count}, and at most ${MAX_SUBJECTS} are possible`,
      );
    }
    return ids;
  }

  /** Without a list, those that are known are still read. */
  async #unlessRefused(failure: string, list: () => Promise<readonly string[]>): Promise<readonly string[]> {
    try {
      return await list();
    } catch (error) {
      if (!isReplyError(error)) throw error;
      this.#failures.handle(failure, error);
      return [];
    }
  }

  /** All keys in one command, so that they are of the same tick; only the head where that is as it was. */
  async #readServer(
    subject: string,
    { topics, areHeld }: AskedArrays<ServerTopic>,
  ): Promise<StoredValues<ServerValues>> {
    const { streamsMeta, latest } = this.#names;
    const headKey = streamsMeta(subject);
    const [head] = (await readBounded(this.#redis, [headKey], MAX_HEAD_BYTES)).values;
    const isSame = head != null && this.#lastHeads.get(subject)?.equals(head) === true;
    if (isSame && areHeld) return { subject, kind: 'same' };
    // What has no head is known by its arrays.
    const read = head == null ? SERVER_TOPICS : topics;
    if (head != null && read.length === 0) {
      this.#lastHeads.set(subject, head);
      return { subject, kind: 'read', values: { meta: head, arrays: new Map() } };
    }
    const keys = [headKey, ...read.map((topic) => latest(topic, subject))];
    const { values, unusable } = await readBounded(this.#redis, keys, MAX_MESSAGE_BYTES);
    const [meta = null, ...arrays] = values;
    if (meta === null) this.#lastHeads.delete(subject);
    else this.#lastHeads.set(subject, meta);
    const [why] = unusable.values();
    if (why !== undefined) return { subject, kind: 'unusable', why };
    if (meta === null && arrays.every((array) => array === null)) return { subject, kind: 'nothing' };
    const byTopic = new Map(read.map((topic, index) => [topic, arrays[index] ?? null]));
    return { subject, kind: 'read', values: { meta, arrays: byTopic } };
  }
}

/** What stands in a key. @param why it can't be used, if so */
function storedValue(
  subject: string,
  value: Buffer | null | undefined,
  why: string | undefined,
): StoredValues<Buffer> {
  if (why !== undefined) return { subject, kind: 'unusable', why };
  return value == null ? { subject, kind: 'nothing' } : { subject, kind: 'read', values: value };
}
