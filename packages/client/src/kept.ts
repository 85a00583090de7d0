import {
  type AvailabilityReport,
  type EventSeverity,
  type EventType,
  type HistoryAnswer,
  type MonitorEvent,
  type Protocol,
  type SessionRecord,
} from '@mediamtx-monitor/types';
import { readToken, type Token } from './admission.ts';
import { MonitorError, RequestError } from './errors.ts';
import { historyPath, type HistoryRequest, isHistory } from './history.ts';
import { ask, isProblem } from './http.ts';
import type { Ports } from './ports.ts';
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

export interface AvailabilityQuery {
  /** RFC 3339; 24 hours before `to` unless given. */
  readonly from?: string;
  /** RFC 3339; now unless given. */
  readonly to?: string;
  readonly server?: string;
  readonly stream?: string;
}

export interface KeptReaderOptions {
  readonly base: string;
  readonly token: Token;
  readonly ports: Ports;
}

/** From the beginning of what is kept. */
const BEGINNING = '0-0';
/** The most that the API answers at once. */
const LIMIT = 1_000;

/** Asks what the API knows of before. */
export class KeptReader {
  readonly #options: KeptReaderOptions;

  constructor(options: KeptReaderOptions) {
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
      const page = await this.#ask(`${path}${queryText({ ...query, ...more, since, limit: LIMIT })}`);
      const { items, next } = page;
      if (!Array.isArray(items) || typeof next !== 'string') throw unreadable();
      if (page['trimmed'] === true) onTrimmed?.();
      yield* items as Item[];
      isOver = page['more'] !== true || next === since;
      since = next;
    }
  }

  async #ask(pathAndQuery: string): Promise<Readonly<Record<string, unknown>>> {
    const { base, ports, token } = this.#options;
    if (ports.fetch === undefined) throw new MonitorError('no-fetch', 'No fetch here: pass one as fetch');
    const read = await readToken(token, ports);
    if ('code' in read)
      throw new RequestError(read.code === 'no-token' ? read.code : 'unauthorized', read.reason);
    const url = `${base}${pathAndQuery}`;
    const answered = await ask({ url, method: 'GET', token: read.token, aborter: ports.newAborter() }, ports);
    if (answered === undefined) throw new RequestError('unreachable', 'The API can not be reached.');
    const { answer, body } = answered;
    if (answer.status === 200) return body;
    const { detail, code } = body;
    const reason = typeof detail === 'string' ? detail : `The API answered ${answer.status}.`;
    throw new RequestError(isProblem(code) ? code : 'refused', reason, answer.status);
  }
}

function unreadable(): RequestError {
  return new RequestError(
    'bad-data',
    'The API answered something else than was asked for; is this client too old?',
    200,
  );
}
