import {
  eventIdMs,
  idBefore,
  isIdOfEvent,
  isLaterEvent,
  type MonitorEvent,
  type RedisNames,
  type SessionRecord,
} from '@mediamtx-monitor/types';
import type { Durable } from './durable.ts';
import { PageSize } from './page-size.ts';
import { type Asker, ReadTurns } from './read-turns.ts';
import { type Choose, scan, type ScanRange, type ScanResult } from './scan.ts';
import { type KeptEvent, parseStoredEvent } from './stored-event.ts';
import { parseOpenSession, parseStoredSession } from './stored-session.ts';

export interface KeptOptions {
  readonly durable: Durable;
  readonly names: RedisNames;
  readonly monotonicMs: () => number;
}

/** A read may look at tens of thousands of entries. */
const LONG_READS = { atOnce: 3, maxWaiting: 60, maxWaitingPerAddress: 12 } as const;

/** What Redis streams there are. */
export type KeptKind = 'events' | 'sessions';

/** How the JSON of an event about a connection begins, as collectors write it. */
const OF_CONNECTION = '{"type":"connection.';
const CONNECTION = 'connection ';

/** What the durable Redis keeps of before, as it is asked for; reads take turns, and what can't be used is left out and counted. */
export class KeptReads {
  readonly #durable: Durable;
  readonly #names: RedisNames;
  readonly #monotonicMs: () => number;
  readonly #turns = new ReadTurns(LONG_READS);
  readonly #pageSizes = { events: new PageSize(), sessions: new PageSize() };
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
    asker: Asker,
  ): Promise<ScanResult<KeptEvent>> {
    return this.#scan('events', range, asker, (entry) => {
      const parsed = parseStoredEvent(entry);
      if (!('reason' in parsed)) return wants(parsed.event) ? parsed : undefined;
      this.#unusable += 1;
      return undefined;
    });
  }

  /**
   * What happened to streams and servers, but not to connections, which are most; those that are to be kept, the newest
   * last.
   * @throws {RedisAwayError|RedisRefusedError}
   * @throws {BusyError}
   */
  history(
    range: Omit<ScanRange, 'limit'>,
    keeps: (event: MonitorEvent) => boolean,
    asker: Asker,
  ): Promise<ScanResult<MonitorEvent>> {
    return this.#scan('events', { ...range, limit: Infinity }, asker, (entry) => {
      if (entry.json?.startsWith(OF_CONNECTION) === true) return undefined;
      const parsed = parseStoredEvent(entry);
      if (!('reason' in parsed)) return keeps(parsed.event) ? parsed.event : undefined;
      this.#unusable += 1;
      return undefined;
    });
  }

  /**
   * Closed sessions that are wanted, those that ended last last.
   * @throws {RedisAwayError|RedisRefusedError}
   * @throws {BusyError}
   */
  sessions(
    range: ScanRange,
    wants: (session: SessionRecord) => boolean,
    asker: Asker,
  ): Promise<ScanResult<SessionRecord>> {
    return this.#scan('sessions', range, asker, (entry) => {
      const parsed = parseStoredSession(entry);
      if (!('reason' in parsed)) return wants(parsed.session) ? parsed.session : undefined;
      this.#unusable += 1;
      return undefined;
    });
  }

  /**
   * Whether events or sessions after this id aren't kept any more, or it isn't kept itself though older ones are: what is
   * kept went back; and the id of the newest that ever was.
   * @throws {RedisAwayError|RedisRefusedError}
   */
  async trimmedAfter(
    what: KeptKind,
    id: string,
  ): Promise<{ readonly trimmed: boolean; readonly lastId: string }> {
    const key = this.#names[what];
    const { firstId, lastId, isWhole } = await this.#durable.extent(key);
    const isLost = isIdOfEvent(id) && (isLaterEvent(id, lastId) || (await this.#isUnknown(key, firstId, id)));
    const isOlder = !isWhole && isLaterEvent(firstId === null ? lastId : idBefore(firstId), id);
    return { trimmed: isLost || isOlder, lastId };
  }

  /**
   * Since when all events are kept (Unix time in ms, by Redis's clock); `null` where none was ever removed.
   * @throws {RedisAwayError|RedisRefusedError}
   */
  async eventsSince(): Promise<number | null> {
    const { firstId, lastId, isWhole } = await this.#durable.extent(this.#names.events);
    return isWhole ? null : eventIdMs(firstId ?? lastId);
  }

  async #isUnknown(key: string, firstId: string | null, id: string): Promise<boolean> {
    if (firstId === null || isLaterEvent(firstId, id)) return false;
    return (await this.#durable.range(key, { from: id, to: id, count: 1 })).length === 0;
  }

  /**
   * Sessions of servers that are open and wanted, as they were written down last: their totals may be minutes old.
   * @throws {RedisAwayError|RedisRefusedError}
   * @throws {BusyError}
   */
  openSessions(
    servers: readonly string[],
    wants: (session: SessionRecord) => boolean,
    asker: Asker,
  ): Promise<readonly SessionRecord[]> {
    return this.#turns.take(asker, async () => {
      const found: (readonly SessionRecord[])[] = [];
      let workMs = 0;
      try {
        for (const server of servers) {
          const make = (json: string): SessionRecord | undefined => {
            const startMs = this.#monotonicMs();
            const session = this.#openSessionIn(json, server);
            const wanted = session !== undefined && wants(session) ? session : undefined;
            workMs += this.#monotonicMs() - startMs;
            return wanted;
          };
          const sessions = await this.#durable.fields(
            this.#names.eventBaseline(server),
            `${CONNECTION}*`,
            make,
          );
          found.push([...sessions.values()]);
        }
      } finally {
        asker.spent(workMs);
      }
      return found.flat();
    });
  }

  #openSessionIn(json: string, server: string): SessionRecord | undefined {
    const session = parseOpenSession(json);
    if (session?.server === server) return session;
    this.#unusable += 1;
    return undefined;
  }

  #scan<Item>(
    what: KeptKind,
    range: ScanRange,
    asker: Asker,
    choose: Choose<Item>,
  ): Promise<ScanResult<Item>> {
    const [durable, key, monotonicMs] = [this.#durable, this.#names[what], this.#monotonicMs];
    const source = { durable, key, monotonicMs, asker, pageSize: this.#pageSizes[what] };
    return this.#turns.take(asker, () => scan(source, range, choose));
  }
}
