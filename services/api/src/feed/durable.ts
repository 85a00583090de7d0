import {
  CommandFailures,
  connectInBackground,
  createCommandConnection,
  entriesIn,
  eventIdOf,
  isReplyError,
  LAST_ID,
  type Logger,
  type RedisClient,
  type RedisTarget,
  type StoredEntry,
  withinTimeout,
} from '@mediamtx-monitor/runtime';
import { NO_EVENT_ID } from '@mediamtx-monitor/types';

/** Entries of a Redis stream from one id to another, both among them. */
export interface EntryRange {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

export interface EntryPage {
  readonly entries: readonly StoredEntry[];
  /** Whether Redis has no more in the range. */
  readonly isEnd: boolean;
}

/** Some of the fields of a hash. */
export interface FieldRange {
  readonly cursor: string;
  readonly pattern: string;
  /** About so many. */
  readonly count: number;
}

export interface FieldPage {
  readonly next: string;
  readonly texts: readonly string[];
}

/** What is known of a Redis stream as a whole. */
export interface StreamExtent {
  /** Id of the first entry that is kept; `null` where none is. */
  readonly firstId: string | null;
  /** Id of the newest entry that it ever had, as `eventIdOf` has it. */
  readonly lastId: string;
  /** The same as Redis has it. */
  readonly storedLastId: string;
  /** Whether it never had an entry before the first one. */
  readonly isWhole: boolean;
}

/** First and last of all ids that are read: no event is behind. */
export const FIRST = '-';
export const LAST = LAST_ID;

const NOTHING: StreamExtent = {
  firstId: null,
  lastId: NO_EVENT_ID,
  storedLastId: NO_EVENT_ID,
  isWhole: true,
};
const NO_KEY = /no such key/;
/** What is asked has a time of its own, which is shorter; this one is for what a connection begins with, in ms. */
const CONNECTION_TIMEOUT_MS = 5_000;
/** Where the fields of a hash begin, and what comes behind the last. */
export const NO_CURSOR = '0';

export interface DurableOptions {
  readonly redis: RedisTarget;
  readonly logger: Logger;
  /** What its connection is for, as people are told. */
  readonly purpose: string;
}

/**
 * A connection to the durable Redis that is asked. It comes back by itself; without it each read fails at once
 * (`RedisAwayError`), as it does where Redis refuses (`RedisRefusedError`).
 */
export class Durable {
  readonly #redis: RedisClient;
  readonly #failures: CommandFailures;

  constructor({ redis, logger, purpose }: DurableOptions) {
    this.#redis = createCommandConnection({
      ...redis,
      logger,
      commandTimeoutMs: CONNECTION_TIMEOUT_MS,
      purpose,
    });
    this.#failures = new CommandFailures(this.#redis, logger);
  }

  start(): void {
    connectInBackground(this.#redis);
  }

  stop(): void {
    this.#redis.disconnect();
  }

  /** @throws {RedisAwayError|RedisRefusedError} */
  range(key: string, { from, to, count }: EntryRange): Promise<EntryPage> {
    return this.#read(key, async () =>
      pageOf(await withinTimeout(this.#redis.xrange(key, from, to, 'COUNT', count)), count),
    );
  }

  /**
   * The same, the newest first.
   * @throws {RedisAwayError|RedisRefusedError}
   */
  newest(key: string, { from, to, count }: EntryRange): Promise<EntryPage> {
    return this.#read(key, async () =>
      pageOf(await withinTimeout(this.#redis.xrevrange(key, to, from, 'COUNT', count)), count),
    );
  }

  /** @throws {RedisAwayError|RedisRefusedError} */
  extent(key: string): Promise<StreamExtent> {
    return this.#read(key, async () => {
      try {
        return extentIn(await withinTimeout(this.#redis.xinfo('STREAM', key)));
      } catch (error) {
        if (isReplyError(error) && NO_KEY.test(error.message)) return NOTHING;
        throw error;
      }
    });
  }

  /**
   * Some of the fields of a hash, by names that match a pattern of Redis, and the cursor that leads to others. Each comes at
   * least once on the way from the first to the last cursor; both are `NO_CURSOR`.
   * @throws {RedisAwayError|RedisRefusedError}
   */
  fields(key: string, { cursor, pattern, count }: FieldRange): Promise<FieldPage> {
    return this.#read(key, async () => {
      const scanning = this.#redis.hscan(key, cursor, 'MATCH', pattern, 'COUNT', count);
      const [next, pairs] = await withinTimeout(scanning);
      return { next, texts: pairs.filter((_, place) => place % 2 === 1) };
    });
  }

  /**
   * Whether any of these keys is there.
   * @throws {RedisAwayError|RedisRefusedError}
   */
  hasAny(keys: readonly [string, ...string[]]): Promise<boolean> {
    return this.#read(keys[0], async () => (await withinTimeout(this.#redis.exists(...keys))) > 0);
  }

  /**
   * Appends an entry with the field `json` to a Redis stream, of which about so many entries are kept. Resolves with its id.
   * @throws {RedisAwayError|RedisRefusedError}
   */
  append(key: string, json: string, maxEntries: number): Promise<string> {
    return this.#ask(`${key} can't be written`, async () => {
      const adding = this.#redis.xadd(key, 'MAXLEN', '~', maxEntries, '*', 'json', json);
      return (await withinTimeout(adding)) ?? NO_EVENT_ID;
    });
  }

  #read<Value>(key: string, read: () => Promise<Value>): Promise<Value> {
    return this.#ask(`${key} can't be read`, read);
  }

  async #ask<Value>(failure: string, ask: () => Promise<Value>): Promise<Value> {
    try {
      const value = await ask();
      this.#failures.clear(failure);
      return value;
    } catch (error) {
      throw this.#failures.handle(failure, error);
    }
  }
}

function pageOf(reply: unknown, count: number): EntryPage {
  const entries = entriesIn(reply);
  return { entries, isEnd: entries.length < count };
}

/** What XINFO STREAM answers: names and values by turns. */
function extentIn(reply: unknown): StreamExtent {
  const values = Array.isArray(reply) ? (reply as readonly unknown[]) : [];
  const valueOf = (name: string): unknown => values[values.indexOf(name) + 1];
  const [first] = entriesIn([valueOf('first-entry')]);
  const lastId = valueOf('last-generated-id');
  const storedLastId = typeof lastId === 'string' ? lastId : NO_EVENT_ID;
  return {
    firstId: first?.id ?? null,
    lastId: eventIdOf(storedLastId),
    storedLastId,
    // Told since Redis 7; without, whoever asks for what may have been before is told that something was.
    isWhole: values.includes('entries-added') && valueOf('entries-added') === valueOf('length'),
  };
}
