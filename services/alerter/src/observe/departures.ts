import {
  CommandFailures,
  entriesIn,
  isText,
  type Logger,
  membersOf,
  type RedisClient,
} from '@mediamtx-monitor/runtime';
import type { AlertCause, RedisNames } from '@mediamtx-monitor/types';
import { subjectKey } from '../model.ts';

export interface DepartureWatchOptions {
  /** The durable Redis. */
  readonly redis: RedisClient;
  readonly names: RedisNames;
  readonly logger: Logger;
}

/** So many events are read at a time. */
const MAX_EVENTS = 1_000;
/** What went before that is at rest by now, as long as nobody expects it. */
const LOOK_BACK_MS = 600_000;
/** Of so many streams it is remembered why they went, those that went last; of none with a longer name, in characters. */
const MAX_REMEMBERED = 20_000;
const MAX_NAME_LENGTH = 512;
const FAILURE = `events can't be read, so that messages don't say why streams went`;

/** Follows the events of all servers, as far as they tell why streams went. */
export class DepartureWatch {
  readonly #options: DepartureWatchOptions;
  readonly #failures: CommandFailures;
  /** By key of the stream. */
  readonly #causes = new Map<string, AlertCause>();
  #lastId: string | null = null;

  constructor(options: DepartureWatchOptions) {
    this.#options = options;
    this.#failures = new CommandFailures(options.redis, options.logger);
  }

  /** Reads what is new. Never rejects. @param redisMs by Redis's clock, Unix time in ms */
  async read(redisMs: number): Promise<void> {
    const { redis, names } = this.#options;
    const behind = this.#lastId ?? `${Math.max(0, Math.round(redisMs) - LOOK_BACK_MS)}-0`;
    try {
      const reply: unknown = await redis.xread('COUNT', MAX_EVENTS, 'STREAMS', names.events, behind);
      const entries = Array.isArray(reply) ? entriesIn((reply as readonly unknown[][])[0]?.[1]) : [];
      for (const entry of entries) {
        const read = membersOf(entry, { type: isText, server: isText, stream: isText });
        if ('members' in read) this.#take(read.members);
      }
      this.#lastId = entries.at(-1)?.storedId ?? this.#lastId;
      this.#failures.clear(FAILURE);
    } catch (error) {
      this.#failures.handle(FAILURE, error);
    }
  }

  /** Why a stream isn't live any more; `null` = nobody knows. @param key of the stream */
  causeOf(key: string): AlertCause | null {
    return this.#causes.get(key) ?? null;
  }

  #take({ type, server, stream, sourceType, cause }: Readonly<Record<string, unknown>>): void {
    if (typeof server !== 'string' || typeof stream !== 'string' || stream.length > MAX_NAME_LENGTH) return;
    const key = subjectKey({ kind: 'stream', server, stream });
    switch (type) {
      case 'stream.online':
      case 'stream.restarted':
      case 'stream.recovered':
        this.#causes.delete(key);
        break;
      case 'stream.stalled':
        // A browser whose page is closed stalls until MediaMTX notices: that is no trouble.
        if (sourceType !== 'webRTCSession') this.#remember(key, 'stalled');
        break;
      case 'stream.offline': {
        const { source } = Object(cause) as { readonly source?: unknown };
        if (source === 'server-restarted' || source === 'path-changed') this.#remember(key, source);
        // MediaMTX's own text says it, which stands beside the reason.
        if (source === 'last-error') this.#causes.delete(key);
        break;
      }
    }
  }

  #remember(key: string, cause: AlertCause): void {
    this.#causes.delete(key);
    this.#causes.set(key, cause);
    const [oldest] = this.#causes.keys();
    if (this.#causes.size > MAX_REMEMBERED && oldest !== undefined) this.#causes.delete(oldest);
  }
}
