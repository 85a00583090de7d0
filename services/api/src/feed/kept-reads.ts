import {
  eventIdMs,
  idBefore,
  isIdOfEvent,
  isLaterEvent,
  type MonitorEvent,
  NO_EVENT_ID,
  type NotificationEntry,
  type RedisNames,
  type SessionRecord,
} from '@mediamtx-monitor/types';
import { type Durable, NO_CURSOR } from './durable.ts';
import { PageLimit, PageSize } from './page-size.ts';
import { type Reader, ReadTurns } from './read-turns.ts';
import { type Choose, scan, type ScanRange, type ScanResult } from './scan.ts';
import { type KeptEvent, parseStoredEvent } from './stored-event.ts';
import { type KeptNotification, parseStoredNotification } from './stored-notification.ts';
import { parseOpenSession, parseStoredSession } from './stored-session.ts';

export interface KeptOptions {
  readonly durable: Durable;
  readonly names: RedisNames;
  readonly monotonicMs: () => number;
}

/** A read may look at tens of thousands of entries; an office behind one address may have 90 pages that ask at once. */
const LONG_READS = { atOnce: 3, maxWaiting: 180, maxWaitingPerAddress: 90, maxWaitMs: 10_000 } as const;
/** A report looks at more, and holds what it makes of that: pages of before don't wait for it. */
const REPORTS = { atOnce: 2, maxWaiting: 60, maxWaitingPerAddress: 12, maxWaitMs: 10_000 } as const;

/** What Redis streams there are. */
export type KeptKind = 'events' | 'sessions' | 'notifications';

/** Where what is kept ends. */
export interface KeptEnd {
  /** Id of the newest that ever was. */
  readonly lastId: string;
  /** Whether any is kept. */
  readonly hasAny: boolean;
}

/** What happened in a window, and before. */
export interface HistoryRange {
  /** Ids, the second one left out. */
  readonly from: string;
  readonly before: string;
  /** At most so many entries of the window are looked at, and so many before it. */
  readonly maxEntries: number;
  readonly maxEntriesBefore: number;
}

/** What was read of what happened. */
interface HistoryRead {
  /** Whether there is more in the window. */
  readonly hasMore: boolean;
  /** Since when all is kept, as far as it was looked back (Unix time in ms); `null` = nothing was ever removed. */
  readonly keptSinceMs: number | null;
}

/** Has taken in turn what happened. */
export type ReadHistory = (range: HistoryRange, take: (event: MonitorEvent) => void) => Promise<HistoryRead>;

/** How the JSON of an event about a connection begins, as collectors write it. */
const OF_CONNECTION = '{"type":"connection.';
const CONNECTION = 'connection ';

/** What the durable Redis keeps of before, as it is asked for; reads take turns, and what can't be used is left out and counted. */
export class KeptReads {
  readonly #durable: Durable;
  readonly #names: RedisNames;
  readonly #monotonicMs: () => number;
  readonly #turns = new ReadTurns(LONG_READS);
  readonly #reportTurns = new ReadTurns(REPORTS);
  readonly #pageLimits = {
    events: new PageLimit(),
    sessions: new PageLimit(),
    notifications: new PageLimit(),
    open: new PageLimit(),
  };
  #unusable = 0;

  constructor({ durable, names, monotonicMs }: KeptOptions) {
    this.#durable = durable;
    this.#names = names;
    this.#monotonicMs = monotonicMs;
  }

  /** Entries that could not be used since the start, each time that they were read. */
  get unusable(): number {
    return this.#unusable;
  }

  /**
   * Events that are wanted, the newest last.
   * @throws {RedisAwayError|RedisRefusedError}
   * @throws {BusyError}
   */
  events(
    range: ScanRange,
    wants: (event: MonitorEvent) => boolean,
    reader: Reader,
  ): Promise<ScanResult<KeptEvent>> {
    return this.#turns.take(reader, () =>
      this.#scan('events', range, reader, (entry) => {
        const parsed = parseStoredEvent(entry);
        if (!('reason' in parsed)) return wants(parsed.event) ? parsed : undefined;
        this.#unusable += 1;
        return undefined;
      }),
    );
  }

  /**
   * Has work done in a turn of its own that reads what happened to streams and servers, but not to connections, which are
   * most.
   * @throws {RedisAwayError|RedisRefusedError}
   * @throws {BusyError}
   */
  withHistory<Value>(reader: Reader, work: (read: ReadHistory) => Promise<Value>): Promise<Value> {
    return this.#reportTurns.take(reader, () => work((range, take) => this.#history(range, take, reader)));
  }

  /** Nothing is held: where what came before begins is looked for first, and then all is read from there on. */
  async #history(
    { from, before, maxEntries, maxEntriesBefore }: HistoryRange,
    take: (event: MonitorEvent) => void,
    reader: Reader,
  ): Promise<HistoryRead> {
    const choose = (entry: Parameters<Choose<never>>[0]): undefined => {
      if (entry.json?.startsWith(OF_CONNECTION) === true) return;
      const parsed = parseStoredEvent(entry);
      if ('reason' in parsed) this.#unusable += 1;
      else take(parsed.event);
    };
    const all = { limit: 1, maxEntries: Infinity };
    const backwards = { ...all, after: null, before: from, maxEntries: maxEntriesBefore };
    const { previous } = await this.#scan('events', backwards, reader, () => undefined);
    const after = previous === null ? NO_EVENT_ID : idBefore(previous);
    const keptSinceMs = previous === null ? await this.#eventsSince() : -Infinity;
    await this.#scan('events', { ...all, after, before: from }, reader, choose);
    const window = { ...all, after: idBefore(from), before, maxEntries };
    const { more: hasMore } = await this.#scan('events', window, reader, choose);
    return { hasMore, keptSinceMs };
  }

  /**
   * Closed sessions that are wanted, those that ended last last.
   * @throws {RedisAwayError|RedisRefusedError}
   * @throws {BusyError}
   */
  sessions(
    range: ScanRange,
    wants: (session: SessionRecord) => boolean,
    reader: Reader,
  ): Promise<ScanResult<SessionRecord>> {
    return this.#turns.take(reader, () =>
      this.#scan('sessions', range, reader, (entry) => {
        const parsed = parseStoredSession(entry);
        if (!('reason' in parsed)) return wants(parsed.session) ? parsed.session : undefined;
        this.#unusable += 1;
        return undefined;
      }),
    );
  }

  /**
   * What became of messages to targets, the newest last.
   * @throws {RedisAwayError|RedisRefusedError}
   * @throws {BusyError}
   */
  notifications(range: ScanRange, reader: Reader): Promise<ScanResult<KeptNotification>> {
    return this.#turns.take(reader, () =>
      this.#scan('notifications', range, reader, (entry) => {
        const parsed = parseStoredNotification(entry);
        if (!('reason' in parsed)) return parsed;
        this.#unusable += 1;
        return undefined;
      }),
    );
  }

  /**
   * What became of a message, by the id of the entry; `undefined` where there is none.
   * @throws {RedisAwayError|RedisRefusedError}
   */
  async notification(id: string): Promise<NotificationEntry | undefined> {
    const range = { from: id, to: id, count: 1 };
    const [entry] = (await this.#durable.range(this.#names.notifications, range)).entries;
    const parsed = entry && parseStoredNotification(entry);
    return parsed !== undefined && 'notification' in parsed ? parsed.notification : undefined;
  }

  /**
   * Where what is kept ends.
   * @throws {RedisAwayError|RedisRefusedError}
   */
  async end(what: KeptKind): Promise<KeptEnd> {
    const { firstId, lastId } = await this.#durable.extent(this.#names[what]);
    return { lastId, hasAny: firstId !== null };
  }

  /**
   * Whether entries after this id aren't kept any more, or it isn't kept itself though older ones are, or it is
   * ahead of all: what is kept went back; and the id of the newest that ever was.
   * @throws {RedisAwayError|RedisRefusedError}
   */
  async trimmedAfter(
    what: KeptKind,
    id: string,
  ): Promise<{ readonly trimmed: boolean; readonly lastId: string }> {
    const key = this.#names[what];
    const { firstId, lastId, isWhole } = await this.#durable.extent(key);
    const isLost = isLaterEvent(id, lastId) || (isIdOfEvent(id) && (await this.#isUnknown(key, firstId, id)));
    const isOlder = !isWhole && isLaterEvent(firstId === null ? lastId : idBefore(firstId), id);
    return { trimmed: isLost || isOlder, lastId };
  }

  /** Since when all events are kept (Unix time in ms, by Redis's clock); `null` where none was ever removed. */
  async #eventsSince(): Promise<number | null> {
    const { firstId, lastId, isWhole } = await this.#durable.extent(this.#names.events);
    return isWhole ? null : eventIdMs(firstId ?? lastId);
  }

  async #isUnknown(key: string, firstId: string | null, id: string): Promise<boolean> {
    if (firstId === null || isLaterEvent(firstId, id)) return false;
    return (await this.#durable.range(key, { from: id, to: id, count: 1 })).entries.length === 0;
  }

  /**
   * Whether events tell of a server so far, though none of them may be kept any more.
   * @throws {RedisAwayError|RedisRefusedError}
   */
  tellsOf(server: string): Promise<boolean> {
    return this.#durable.hasAny([this.#names.eventBaseline(server)]);
  }

  /**
   * Has taken sessions of servers that are open, as they were written down last: their totals may be minutes old. One may
   * come more than once.
   * @throws {RedisAwayError|RedisRefusedError}
   * @throws {BusyError}
   */
  openSessions(
    servers: readonly string[],
    take: (session: SessionRecord) => void,
    reader: Reader,
  ): Promise<void> {
    return this.#turns.take(reader, async () => {
      let workMs = 0;
      const size = new PageSize(this.#pageLimits.open);
      try {
        for (const server of servers) {
          for await (const texts of this.#connectionsOf(server, size, reader.signal)) {
            const startMs = this.#monotonicMs();
            for (const json of texts) this.#takeOpen(json, server, take);
            workMs += this.#monotonicMs() - startMs;
          }
        }
      } finally {
        reader.spent(workMs);
      }
    });
  }

  async *#connectionsOf(
    server: string,
    size: PageSize,
    signal: AbortSignal,
  ): AsyncGenerator<readonly string[]> {
    let cursor = NO_CURSOR;
    do {
      const from = cursor;
      const { next, texts } = await size.read((count) => {
        signal.throwIfAborted();
        const range = { cursor: from, pattern: `${CONNECTION}*`, count };
        return this.#durable.fields(this.#names.eventBaseline(server), range);
      });
      size.came(texts);
      yield texts;
      cursor = next;
    } while (cursor !== NO_CURSOR);
  }

  #takeOpen(json: string, server: string, take: (session: SessionRecord) => void): void {
    const session = parseOpenSession(json);
    if (session?.server === server) take(session);
    else this.#unusable += 1;
  }

  #scan<Item>(
    what: KeptKind,
    range: ScanRange,
    reader: Reader,
    choose: Choose<Item>,
  ): Promise<ScanResult<Item>> {
    const [durable, key, monotonicMs] = [this.#durable, this.#names[what], this.#monotonicMs];
    const pageSize = new PageSize(this.#pageLimits[what]);
    return scan({ durable, key, monotonicMs, reader, pageSize }, range, choose);
  }
}
