import { setTimeout as delay } from 'node:timers/promises';
import {
  type Clock,
  CommandFailures,
  connectInBackground,
  createCommandConnection,
  entriesIn,
  type Logger,
  type RedisClient,
  type RedisTarget,
  type StoredEntry,
} from '@mediamtx-monitor/runtime';
import { idAfter, idBefore, isIdOfEvent, isLaterEvent } from '@mediamtx-monitor/types';
import { Durable, FIRST, LAST } from './durable.ts';
import {
  EventLog,
  type LoggedEvent,
  MAX_LOG_BYTES,
  MAX_LOG_EVENTS,
  type OlderPage,
  type ReadOlder,
} from './event-log.ts';
import { OlderReads } from './older-reads.ts';
import { PageSize } from './page-size.ts';
import { loggedEvent, parseStoredEvent } from './stored-event.ts';

export interface EventFeedOptions {
  readonly redis: RedisTarget;
  /** Redis stream of the events. */
  readonly key: string;
  readonly logger: Logger;
  readonly clock: Clock;
  /** There are new events in the log, or some of before are gone. */
  readonly onEvents: () => void;
}

/** So long Redis waits for something new before it answers. */
const BLOCK_MS = 2_000;
/** Time for an answer beyond that. */
const PATIENCE_MS = 3_000;
const RETRY_MS = 500;
/** Of events that aren't in the log any more a page is held for each client that doesn't take it: it is small. */
const OLDER_BYTES = 32_768;
const FAILURE = `events can't be followed`;

/** What it counts. */
export interface EventFeedStats {
  /** Events read since the start, those that the log began with among them. */
  readonly events: number;
  /** Entries that are no events, since the start. */
  readonly unusable: number;
  /** Time since it was last known to have all there is, in ms; `null` when it never was. */
  readonly lagMs: number | null;
}

/**
 * Follows the Redis stream of events into their log, on connections of its own: in order, and none left out, whoever
 * was away meanwhile. Where what is kept went back (Redis was restored, or emptied), the log goes back with it.
 */
export class EventFeed {
  readonly log: EventLog;
  readonly #options: EventFeedOptions;
  /** Waits for what comes. */
  readonly #redis: RedisClient;
  /** Asks for what was before: whoever reads much of that on other connections doesn't hold this up. */
  readonly #durable: Durable;
  readonly #failures: CommandFailures;
  readonly #stopping = new AbortController();
  /** Id behind which it goes on; `undefined` before the first look. */
  #position: string | undefined;
  readonly #pageSize = new PageSize();
  readonly #olderPageSize = new PageSize();
  #events = 0;
  #unusable = 0;
  #currentMs: number | undefined;
  readonly #olderReads = new OlderReads();

  constructor(options: EventFeedOptions) {
    const { redis, logger } = options;
    this.#options = options;
    this.log = new EventLog({ topic: 'events', about: 'server', readOlder: this.#readOlder });
    this.#redis = createCommandConnection({
      ...redis,
      logger,
      commandTimeoutMs: BLOCK_MS + PATIENCE_MS,
      purpose: 'events',
    });
    this.#durable = new Durable({ redis, logger, purpose: 'events of before' });
    this.#failures = new CommandFailures(this.#redis, logger);
  }

  start(): void {
    connectInBackground(this.#redis);
    this.#durable.start();
    void this.#follow();
  }

  stop(): void {
    this.#stopping.abort();
    this.#redis.disconnect();
    this.#durable.stop();
  }

  get stats(): EventFeedStats {
    const nowMs = this.#options.clock.monotonicMs();
    return {
      events: this.#events,
      unusable: this.#unusable,
      lagMs: this.#currentMs === undefined ? null : nowMs - this.#currentMs,
    };
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await this.#resume();
        this.#failures.clear(FAILURE);
        for (;;) await this.#readOn();
      } catch (error) {
        this.#pageSize.failed();
        this.#failures.handle(FAILURE, error);
        await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Begins where it was; what is kept may be another than before. */
  async #resume(): Promise<void> {
    const durable = this.#durable;
    const { key } = this.#options;
    const position = this.#position;
    if (position === undefined) {
      await this.#fill();
      return;
    }
    const { firstId, lastId, storedLastId } = await durable.extent(key);
    const { entries } = await durable.range(key, { from: position, to: position, count: 1 });
    if (entries.length > 0 || position === storedLastId) return;
    if (firstId !== null && isLaterEvent(firstId, position)) await this.#fill();
    else await this.#rewind(lastId);
  }

  /** Has the log begin with the newest events. */
  async #fill(): Promise<void> {
    const durable = this.#durable;
    const { key } = this.#options;
    const { lastId, storedLastId } = await durable.extent(key);
    const pages: (readonly StoredEntry[])[] = [];
    let [count, bytes] = [0, 0];
    let from = lastId;
    while (count < MAX_LOG_EVENTS && bytes < MAX_LOG_BYTES) {
      const to = from;
      const { entries: page, isEnd } = await this.#pageSize.read((size) =>
        durable.newest(key, { from: FIRST, to, count: size }),
      );
      this.#pageSize.came(page);
      pages.push(page);
      count += page.length;
      bytes += page.reduce((sum, { length }) => sum + length, 0);
      const oldest = page.at(-1);
      if (oldest === undefined || isEnd) break;
      from = idBefore(oldest.id);
    }
    const entries = pages.flat().reverse();
    this.log.skipTo(entries[0] === undefined ? lastId : idBefore(entries[0].id));
    this.#position = entries.at(-1)?.storedId ?? storedLastId;
    this.#add(entries);
    this.#options.onEvents();
  }

  /** Goes back to where what is kept is still the same. */
  async #rewind(lastId: string): Promise<void> {
    const durable = this.#durable;
    const { key } = this.#options;
    const { log } = this;
    const known = new Map<string, LoggedEvent>();
    for (let place = log.start; place < log.end; place += 1) {
      const event = log.at(place);
      if (event !== undefined) known.set(event.id, event);
    }
    let fork: string | undefined;
    for (let next = idAfter(log.trimmedId); ;) {
      const from = next;
      const { entries: page, isEnd } = await this.#pageSize.read((size) =>
        durable.range(key, { from, to: log.newestId, count: size }),
      );
      this.#pageSize.came(page);
      const same = page.findLast((entry) => isSame(entry, known.get(entry.id)));
      fork = same?.id ?? fork;
      const last = page.at(-1);
      if (last === undefined || isEnd || last.id !== same?.id) break;
      next = idAfter(last.id);
    }
    fork ??= isLaterEvent(log.trimmedId, lastId) ? lastId : log.trimmedId;
    this.#position = fork;
    if (fork === log.newestId) return;
    this.#options.logger.warn('the events in Redis are others than before: it was restored, or emptied');
    log.rewind(fork);
    this.#options.onEvents();
  }

  /** Reads what comes next, and waits for it. */
  async #readOn(): Promise<void> {
    const durable = this.#durable;
    const { key, clock } = this.#options;
    const position = this.#position ?? LAST;
    const size = this.#pageSize.entries;
    const reply: unknown = await this.#redis.xread(
      'COUNT',
      size,
      'BLOCK',
      BLOCK_MS,
      'STREAMS',
      key,
      position,
    );
    const entries = Array.isArray(reply) ? entriesIn((reply as readonly unknown[][])[0]?.[1]) : [];
    this.#pageSize.came(entries);
    this.#position = entries.at(-1)?.storedId ?? position;
    const hasNew = this.#add(entries);
    if (entries.length === 0) {
      const { lastId, storedLastId } = await durable.extent(key);
      if (isLaterEvent(position, storedLastId)) await this.#rewind(lastId);
    }
    if (entries.length < size) {
      this.#currentMs = clock.monotonicMs();
      this.log.looked();
    }
    if (hasNew) this.#options.onEvents();
  }

  /** Adds entries to the log; whether any was new. */
  #add(entries: readonly StoredEntry[]): boolean {
    const added = this.#usable(entries).filter((event) => this.log.add(event));
    this.#events += added.length;
    return added.length > 0;
  }

  #usable(entries: readonly StoredEntry[]): LoggedEvent[] {
    return entries.flatMap((entry) => {
      const parsed = parseStoredEvent(entry);
      if (!('reason' in parsed)) return [loggedEvent(parsed)];
      this.#unusable += 1;
      this.#failures.log('an entry of the events is left out', parsed.reason);
      return [];
    });
  }

  readonly #readOlder: ReadOlder = (after, logStart, isIdle = false) =>
    this.#olderReads
      .take(isIdle, () => this.#olderPage(after, logStart))
      // A failure is logged; whoever asked asks again.
      .catch(() => undefined);

  async #olderPage(after: string, logStart: string): Promise<OlderPage> {
    const durable = this.#durable;
    const { key } = this.#options;
    const { firstId, isWhole } = await durable.extent(key);
    // Only of an event can it be told whether it is known; a place before others may be that of many.
    const from = isIdOfEvent(after) ? after : idAfter(after);
    const { entries: page, isEnd } = await this.#olderPageSize.read((count) =>
      durable.range(key, { from, to: logStart, count: count + 1 }),
    );
    this.#olderPageSize.came(page);
    const read = page.filter(({ id }) => id !== after);
    const entries = firstOf(read, OLDER_BYTES);
    const beforeFirst = firstId === null ? logStart : idBefore(firstId);
    const isTrimmed = !isWhole && isLaterEvent(beforeFirst, after);
    const last = isEnd && entries.length === read.length ? undefined : entries.at(-1);
    return {
      trimmedUntil: isTrimmed ? (isLaterEvent(beforeFirst, logStart) ? logStart : beforeFirst) : null,
      isKnown:
        page[0]?.id === after || !isIdOfEvent(after) || firstId === null || isLaterEvent(firstId, after),
      events: this.#usable(entries),
      untilId: last?.id ?? logStart,
    };
  }
}

/** Those that aren't longer together, but one at least. */
function firstOf(entries: readonly StoredEntry[], maxLength: number): readonly StoredEntry[] {
  let length = 0;
  const end = entries.findIndex(({ json }, place) => {
    length += json?.length ?? 0;
    return length > maxLength && place > 0;
  });
  return end === -1 ? entries : entries.slice(0, end);
}

function isSame({ json }: StoredEntry, event: LoggedEvent | undefined): boolean {
  if (json === null || event === undefined) return false;
  return event.json.includes(json.trimStart().slice(1));
}
