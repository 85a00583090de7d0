import type {
  Alert,
  AlertsAnswer,
  AvailabilityReport,
  EventSeverity,
  EventType,
  Health,
  HistoryAnswer,
  MonitorEvent,
  NotificationEntry,
  Protocol,
  SessionRecord,
  Severity,
  StreamRecord,
  StreamState,
} from '@mediamtx-monitor/types';
import { type ApiOptions, askApi, askForCsv, unreadable } from './api-request.ts';
import { historyPath, type HistoryRequest, isHistory } from './history.ts';
import { queryText, type QueryValue } from './url.ts';

/** Which servers a question is about; all unless given. */
export interface ServersQuery {
  readonly server?: string;
  /** Those that have all these labels now, each as `name:value`. */
  readonly label?: readonly string[];
}

/** What is told of before. Times are RFC 3339; a cursor is the id of an event or of a page before. */
interface KeptQuery extends ServersQuery {
  readonly since?: string;
  readonly until?: string;
  /** Glob for stream names. */
  readonly stream?: string;
  /** Some after the cursor in `since` aren't kept any more. */
  readonly onTrimmed?: () => void;
}

export interface EventsQuery extends KeptQuery {
  readonly type?: readonly EventType[];
  readonly severity?: readonly EventSeverity[];
  /** Of the events of connections only those that did this; others all the same. */
  readonly role?: SessionRecord['role'];
}

export interface SessionsQuery extends KeptQuery {
  readonly state?: 'open' | 'closed';
  readonly role?: SessionRecord['role'];
  readonly protocol?: readonly Protocol[];
}

/** One page of what is told of before: without `since` the newest. */
export type PageOf<Query extends KeptQuery> = Omit<Query, 'onTrimmed'> & {
  /** At most 1000; 100 unless given. */
  readonly limit?: number;
};

/** A page of what was. */
export interface KeptPage<Item> {
  /** In order. */
  readonly items: readonly Item[];
  /** As `since` it leads to what comes after. */
  readonly next: string;
  /** As `until` it leads to what was before; `null` where nothing is kept before. */
  readonly previous: string | null;
  /** Whether there may be more in the time asked for: with `since` after `next`, else before `previous`. */
  readonly more: boolean;
  /** Some after the cursor in `since` aren't kept any more. */
  readonly trimmed: boolean;
}

export interface AlertsQuery extends ServersQuery {
  /** All but pending ones unless given; `silenced`: those that fire and of which nobody is told. */
  readonly state?: readonly (Alert['state'] | 'silenced')[];
  readonly severity?: readonly Severity[];
  /** Glob for stream names. */
  readonly stream?: string;
}

export type NotificationsQuery = Pick<KeptQuery, 'since' | 'until' | 'onTrimmed'>;

export interface AvailabilityQuery extends ServersQuery {
  /** RFC 3339; 24 hours before `to` unless given. */
  readonly from?: string;
  /** RFC 3339; now unless given. */
  readonly to?: string;
  readonly stream?: string;
}

export interface StreamsQuery extends ServersQuery {
  readonly state?: readonly StreamState[];
  readonly health?: readonly Health[];
  /** A part of the name, in any letter case. */
  readonly search?: string;
  /** All that match unless given. */
  readonly limit?: number;
}

/** From the beginning of what is kept. */
const BEGINNING = '0-0';
/** The most that the API answers at once. */
const LIMIT = 1_000;

/** Asks what the API knows, of now and of before. */
export class KeptReader {
  readonly #options: ApiOptions;

  constructor(options: ApiOptions) {
    this.#options = options;
  }

  /** What happened, in order, up to now. @throws {RequestError} */
  events({ type, severity, role, ...query }: EventsQuery): AsyncGenerator<MonitorEvent> {
    const more = { type: type?.join(), severity: severity?.join(), role };
    return this.#pages<MonitorEvent>('/api/events', query, more);
  }

  /** One page of what happened. @throws {RequestError} */
  eventsPage({ type, severity, ...query }: PageOf<EventsQuery>): Promise<KeptPage<MonitorEvent>> {
    return this.#page('/api/events', { ...query, type: type?.join(), severity: severity?.join() });
  }

  /** One page of who was there. @throws {RequestError} */
  sessionsPage({ protocol, ...query }: PageOf<SessionsQuery>): Promise<KeptPage<SessionRecord>> {
    return this.#page('/api/sessions', { ...query, protocol: protocol?.join() });
  }

  /** All of that time as CSV. @throws {RequestError} */
  sessionsCsv({ protocol, since = BEGINNING, ...query }: Omit<SessionsQuery, 'onTrimmed'>): Promise<string> {
    const values = { ...query, since, protocol: protocol?.join(), limit: LIMIT };
    return askForCsv(this.#options, `/api/sessions.csv${queryText(values)}`);
  }

  /** How streams ran, as CSV. @throws {RequestError} */
  availabilityCsv(query: AvailabilityQuery): Promise<string> {
    return askForCsv(this.#options, `/api/reports/availability.csv${queryText({ ...query })}`);
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
  async alerts({ state, severity, ...others }: AlertsQuery): Promise<AlertsAnswer> {
    const query = { state: state?.join(), severity: severity?.join(), ...others };
    const body = await this.#ask(`/api/alerts${queryText(query)}`);
    const { items, targets, silences } = body;
    if (![items, targets, silences].every(Array.isArray)) throw unreadable();
    return body as unknown as AlertsAnswer;
  }

  /** Streams as they are now. @throws {RequestError} */
  async streams({ state, health, ...others }: StreamsQuery): Promise<readonly StreamRecord[]> {
    const query = { ...others, state: state?.join(), health: health?.join() };
    const { items } = await this.#ask(`/api/streams${queryText(query)}`);
    if (!Array.isArray(items)) throw unreadable();
    return items as StreamRecord[];
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

  async *#pages<Item>(
    path: string,
    { since: first = BEGINNING, onTrimmed, ...query }: KeptQuery,
    more: Readonly<Record<string, string | undefined>>,
  ): AsyncGenerator<Item> {
    for (let since = first, isOver = false; !isOver;) {
      const page = await this.#page<Item>(path, { ...query, ...more, since, limit: LIMIT });
      if (page.trimmed) onTrimmed?.();
      yield* page.items;
      isOver = !page.more || page.next === since;
      since = page.next;
    }
  }

  async #page<Item>(path: string, query: Readonly<Record<string, QueryValue>>): Promise<KeptPage<Item>> {
    const { items, next, previous, more, trimmed } = await this.#ask(`${path}${queryText(query)}`);
    if (!Array.isArray(items) || typeof next !== 'string') throw unreadable();
    return {
      items: items as Item[],
      next,
      previous: typeof previous === 'string' ? previous : null,
      more: more === true,
      trimmed: trimmed === true,
    };
  }

  #ask(path: string): Promise<Readonly<Record<string, unknown>>> {
    return askApi(this.#options, { path });
  }
}
