import type { HistoryAnswer } from '@mediamtx-monitor/types';
import { RequestError } from './errors.ts';
import { queryText } from './url.ts';

/** Whose history, of which time. */
export interface HistoryRequest {
  /** Of a stream; with `server` where several servers have it. */
  readonly stream?: string;
  /** Of a server, where no stream is named. */
  readonly server?: string;
  /** Of a host. */
  readonly host?: string;
  /** RFC 3339; the 15 minutes before `to` unless given. */
  readonly from?: string;
  /** RFC 3339; now unless given. */
  readonly to?: string;
  /** Chosen by the length of the time unless given. */
  readonly stepSeconds?: number;
  /** All there are unless given. */
  readonly fields?: readonly string[];
}

/**
 * Path and query that ask for history.
 * @throws {RequestError} `invalid-request` where nothing is named, or too much
 */
export function historyPath(request: HistoryRequest): string {
  return `${pathOf(request)}${queryOf(request)}`;
}

function pathOf({ stream, server, host }: HistoryRequest): string {
  if (host !== undefined && stream === undefined && server === undefined) {
    return `/api/hosts/${encodeURIComponent(host)}/history`;
  }
  if (host === undefined && stream !== undefined) return `/api/streams/${encodeURIComponent(stream)}/history`;
  if (host === undefined && server !== undefined) return `/api/servers/${encodeURIComponent(server)}/history`;
  throw new RequestError(
    'invalid-request',
    'Name a stream (with its server or without), a server or a host.',
  );
}

function queryOf({ stream, server, from, to, stepSeconds, fields }: HistoryRequest): string {
  return queryText({
    server: stream === undefined ? undefined : server,
    from,
    to,
    step: stepSeconds,
    fields: fields?.join(),
  });
}

/** Whether that is an answer with history, all lists as long as it says. */
export function isHistory(body: unknown): body is HistoryAnswer {
  if (!isObject(body)) return false;
  const { from, to, stepSeconds, fields } = body;
  if (typeof from !== 'string' || typeof to !== 'string' || typeof stepSeconds !== 'number') return false;
  const steps = (Date.parse(to) - Date.parse(from)) / stepSeconds / 1_000;
  return (
    isObject(fields) &&
    Object.values(fields).every(
      (field) =>
        isObject(field) &&
        Object.entries(field).every(([name, list]) => isList(list, steps, name === 'worst')),
    )
  );
}

function isList(list: unknown, length: number, isText: boolean): boolean {
  const type = isText ? 'string' : 'number';
  return (
    Array.isArray(list) &&
    list.length === length &&
    list.every((each) => each === null || typeof each === type)
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
