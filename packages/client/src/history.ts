import type { HistoryAnswer, ProblemCode } from '@mediamtx-monitor/types';
import { readToken, type Token } from './admission.ts';
import { ask, type ReadAnswer, refusalIn } from './http.ts';
import type { Ports } from './ports.ts';
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

/** History that could not be had. */
export class HistoryError extends Error {
  override readonly name = 'HistoryError';
  /** That of the API's problem, or `unreachable`, `unauthorized`, `bad-data`, `invalid-request`. */
  readonly code: ProblemCode | 'unreachable' | 'bad-data' | 'invalid-request';

  constructor(code: HistoryError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Asks for history, and checks what comes.
 * @throws {HistoryError}
 */
export async function askForHistory(
  base: string,
  token: Token,
  request: HistoryRequest,
  ports: Ports,
): Promise<HistoryAnswer> {
  const url = `${base}${pathOf(request)}${queryOf(request)}`;
  const read = await readToken(token, ports);
  if (!('token' in read)) throw new HistoryError('unauthorized', read.reason);
  const answered = await ask({ url, method: 'GET', token: read.token, aborter: ports.newAborter() }, ports);
  if (answered === undefined) throw new HistoryError('unreachable', 'The API can not be reached.');
  if (answered.answer.status !== 200) throw problemIn(answered);
  if (!isHistory(answered.body)) {
    throw new HistoryError(
      'bad-data',
      'The API answered something that is no history; is this client too old?',
    );
  }
  return answered.body;
}

function pathOf({ stream, server, host }: HistoryRequest): string {
  if (host !== undefined && stream === undefined && server === undefined) {
    return `/api/hosts/${encodeURIComponent(host)}/history`;
  }
  if (host === undefined && stream !== undefined) return `/api/streams/${encodeURIComponent(stream)}/history`;
  if (host === undefined && server !== undefined) return `/api/servers/${encodeURIComponent(server)}/history`;
  throw new HistoryError(
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

function problemIn(answered: ReadAnswer): HistoryError {
  const refusal = refusalIn(answered);
  const { code, detail } = answered.body;
  const reason = typeof detail === 'string' ? detail : `The API answered ${answered.answer.status}.`;
  return new HistoryError(
    typeof code === 'string' ? (code as ProblemCode) : 'unreachable',
    refusal?.reason ?? reason,
  );
}

function isHistory(body: unknown): body is HistoryAnswer {
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
