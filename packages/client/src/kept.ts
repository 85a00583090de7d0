import type {
  Alert,
  AlertsAnswer,
  AvailabilityReport,
  EventSeverity,
  EventType,
  HistoryAnswer,
  MonitorEvent,
  NotificationEntry,
  Protocol,
  SessionRecord,
  Severity,
} from '@mediamtx-monitor/types';
import { type ApiOptions, askApi, unreadable } from './api-request.ts';
import { historyPath, type HistoryRequest, isHistory } from './history.ts';
import { queryText } from './url.ts';

/** What is told of before. Times are RFC 3339; a cursor is the id of an event or of a page before. */
interface KeptQuery {
  readonly since?: string;
  readonly until?: string;
  readonly server?: string;
  /** Glob for stream names. */
  readonly stream?: string;
  /** Some after the cursor in `since` aren't kept any more. */
  readonly onTrimmed?: () => void;
  /** The newest come first, and it is asked for so many at once: for who needs a few. Not together with `since`. */
  readonly newestFirst?: number;
}

export interface EventsQuery extends KeptQuery {
  readonly type?: readonly EventType[];
  readonly severity?: readonly EventSeverity[];
}

export interface SessionsQuery extends KeptQuery {
  readonly state?: 'open' | 'closed';
  readonly role?: SessionRecord['role'];
  readonly protocol?: readonly Protocol[];
}

export interface AlertsQuery {
  /** All but pending ones unless given; `silenced`: those that fire and of which nobody is told. */
  readonly state?: readonly (Alert['state'] | 'silenced')[];
  readonly severity?: readonly Severity[];
  readonly server?: string;
  /** Glob for stream names. */
  readonly stream?: string;
}

export type NotificationsQuery = Pick<KeptQuery, 'since' | 'until' | 'onTrimmed'>;

export interface AvailabilityQuery {
  /** RFC 3339; 24 hours before `to` unless given. */
  readonly from?: string;
  /** RFC 3339; now unless given. */
  readonly to?: string;
  readonly server?: string;
  readonly stream?: string;
}

type Filters = Readonly<Record<string, string | undefined>>;

/** From the beginning of what is kept. */
const BEGINNING = '0-0';
/** The most that the API answers at once. */
const LIMIT = 1_000;

/** Asks what the API knows of before. */
export class KeptReader {
  readonly #options: ApiOptions;

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /** What happened, in order, up to now. @throws {RequestError} */
  events({ type, severity, ...query }: EventsQuery): AsyncGenerator<MonitorEvent> {
    return this.#pages<MonitorEvent>('/api/events', query, {
      type: type?.join(),
      severity: severity?.join(),
    });
  }

  /** Who was there, closed ones in the order in which they ended, then those that are open. @throws {RequestError} */
  sessions({ state, role, protocol, ...query }: SessionsQuery): AsyncGenerator<SessionRecord> {
    return this.#pages<SessionRecord>('/api/sessions', query, { state, role, protocol: protocol?.join() });
  }

  /** What became of messages to targets, in order, up to now. @throws {RequestError} */
  notifications(query: NotificationsQuery): AsyncGenerator<NotificationEntry> {
    return this.#pages<NotificationEntry>('/api/notifications', query, {});
  }

  /** What is wrong now, and who is told of it. @throws {RequestError} */
  async alerts({ state, severity, server, stream }: AlertsQuery): Promise<AlertsAnswer> {
    const query = { state: state?.join(), severity: severity?.join(), server, stream };
    const body = await this.#ask(`/api/alerts${queryText(query)}`);
    const { items, targets, silences } = body;
    if (![items, targets, silences].every(Array.isArray)) throw unreadable();
    return body as unknown as AlertsAnswer;
  }

  /** How streams ran. @throws {RequestError} */
  async availability(query: AvailabilityQuery): Promise<AvailabilityReport> {
    const body = await this.#ask(`/api/reports/availability${queryText({ ...query })}`);
    if (!Array.isArray(body['items'])) throw unreadable();
    return body as unknown as AvailabilityReport;
  }

  /** How something was. @throws {RequestError} */
  async history(request: HistoryRequest): Promise<HistoryAnswer> {
    const body = await this.#ask(historyPath(request));
    if (!isHistory(body)) throw unreadable();
    return body;
  }

  #pages<Item>(path: string, query: KeptQuery, more: Filters): AsyncGenerator<Item> {
    const { since, onTrimmed, newestFirst, ...rest } = query;
    const filters = { ...rest, ...more };
    return newestFirst === undefined
      ? this.#forwards<Item>(path, filters, since, onTrimmed)
      : this.#backwards<Item>(path, filters, newestFirst);
  }

  async *#forwards<Item>(
    path: string,
    filters: Filters,
    first = BEGINNING,
    onTrimmed?: () => void,
  ): AsyncGenerator<Item> {
    for (let since = first, isOver = false; !isOver;) {
      const page = await this.#ask(`${path}${queryText({ ...filters, since, limit: LIMIT })}`);
      const { items, next } = page;
      if (!Array.isArray(items) || typeof next !== 'string') throw unreadable();
      if (page['trimmed'] === true) onTrimmed?.();
      yield* items as Item[];
      isOver = page['more'] !== true || next === since;
      since = next;
    }
  }

  async *#backwards<Item>(path: string, filters: Filters, limit: number): AsyncGenerator<Item> {
    for (let until = filters['until'], isOver = false; !isOver;) {
      const page = await this.#ask(`${path}${queryText({ ...filters, until, limit })}`);
      const { items, previous } = page;
      if (!Array.isArray(items)) throw unreadable();
      yield* (items as Item[]).toReversed();
      isOver = typeof previous !== 'string' || previous === until;
      if (typeof previous === 'string') until = previous;
    }
  }

  #ask(path: string): Promise<Readonly<Record<string, unknown>>> {
    return askApi(this.#options, { path });
  }
}
