import {
  idBefore,
  isLaterEvent,
  type MonitorEvent,
  type RedisNames,
  type SessionRecord,
} from '@mediamtx-monitor/types';
import type { Durable } from './durable.ts';
import { scan, type ScanRange, type ScanResult, type ScanSource } from './scan.ts';
import { type KeptEvent, parseStoredEvent } from './stored-event.ts';
import { parseOpenSession, parseStoredSession } from './stored-session.ts';

export interface KeptOptions {
  readonly durable: Durable;
  readonly names: RedisNames;
  readonly monotonicMs: () => number;
}

/** How the JSON of an event about a connection begins, as collectors write it. */
const OF_CONNECTION = '{"type":"connection.';
const CONNECTION = 'connection ';

/** What the durable Redis keeps of before, as it is asked for; what of it can't be used is left out and counted. */
export class KeptReads {
  readonly #durable: Durable;
  readonly #names: RedisNames;
  readonly #monotonicMs: () => number;
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
   * @throws {StoreAwayError}
   */
  events(range: ScanRange, wants: (event: MonitorEvent) => boolean): Promise<ScanResult<KeptEvent>> {
    return scan(this.#sourceOf('events'), range, (entry) => {
      const parsed = parseStoredEvent(entry);
      if (!('reason' in parsed)) return wants(parsed.event) ? parsed : undefined;
      this.#unusable += 1;
      return undefined;
    });
  }

  /**
   * What happened to streams and servers, but not to connections, which are most; those that are to be kept, the newest
   * last.
   * @throws {StoreAwayError}
   */
  history(
    range: Omit<ScanRange, 'limit'>,
    keeps: (event: MonitorEvent) => boolean,
  ): Promise<ScanResult<MonitorEvent>> {
    return scan(this.#sourceOf('events'), { ...range, limit: Infinity }, (entry) => {
      if (entry.json?.startsWith(OF_CONNECTION) === true) return undefined;
      const parsed = parseStoredEvent(entry);
      if (!('reason' in parsed)) return keeps(parsed.event) ? parsed.event : undefined;
      this.#unusable += 1;
      return undefined;
    });
  }

  /**
   * Closed sessions that are wanted, those that ended last last.
   * @throws {StoreAwayError}
   */
  sessions(range: ScanRange, wants: (session: SessionRecord) => boolean): Promise<ScanResult<SessionRecord>> {
    return scan(this.#sourceOf('sessions'), range, (entry) => {
      const parsed = parseStoredSession(entry);
      if (!('reason' in parsed)) return wants(parsed.session) ? parsed.session : undefined;
      this.#unusable += 1;
      return undefined;
    });
  }

  /**
   * Whether events or sessions after this id aren't kept any more.
   * @throws {StoreAwayError}
   */
  async isTrimmedAfter(what: 'events' | 'sessions', id: string): Promise<boolean> {
    const { firstId, lastId, isWhole } = await this.#durable.extent(this.#names[what]);
    return !isWhole && isLaterEvent(firstId === null ? lastId : idBefore(firstId), id);
  }

  /**
   * Sessions of a server that are open, as they were written down last: their totals may be minutes old.
   * @throws {StoreAwayError}
   */
  async openSessions(server: string): Promise<readonly SessionRecord[]> {
    const fields = await this.#durable.fields(this.#names.eventBaseline(server), `${CONNECTION}*`);
    return [...fields.values()].flatMap((json) => {
      const session = parseOpenSession(json);
      if (session?.server === server) return [session];
      this.#unusable += 1;
      return [];
    });
  }

  #sourceOf(what: 'events' | 'sessions'): ScanSource {
    return { durable: this.#durable, key: this.#names[what], monotonicMs: this.#monotonicMs };
  }
}
