import { readToken, type Token } from './admission.ts';
import { MonitorError, RequestError } from './errors.ts';
import { ask, isProblem, type ReadAnswer, type TokenRequest } from './http.ts';
import type { RequestPorts } from './ports.ts';

export interface ApiOptions {
  readonly base: string;
  readonly token: Token;
  readonly ports: RequestPorts;
}

/** What is asked of the API: something to read, unless said otherwise. */
export interface ApiQuestion extends Partial<Pick<TokenRequest, 'method' | 'body'>> {
  readonly path: string;
}

/**
 * Asks the API something. Resolves with the members of the answer.
 * @throws {RequestError}
 */
export async function askApi(
  options: ApiOptions,
  question: ApiQuestion,
): Promise<Readonly<Record<string, unknown>>> {
  const { body } = await answerOf(options, question);
  return body;
}

/**
 * Asks the API for CSV. Resolves with all of it: where an answer says that there is more, that is asked for as well.
 * @throws {RequestError}
 */
export async function askForCsv(options: ApiOptions, path: string): Promise<string> {
  const [resource = path] = path.split('?');
  const parts: string[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const { answer, body } = await answerOf(options, { path: next });
    const { csv } = body;
    if (typeof csv !== 'string') throw unreadable();
    // Each has a line of names.
    parts.push(parts.length === 0 ? csv : csv.slice(csv.indexOf('\n') + 1));
    const query = /^<(\?[^>]*)>; rel="next"/.exec(answer.headers.get('Link') ?? '')?.[1];
    next = query === undefined ? undefined : `${resource}${query}`;
  }
  return parts.join('');
}

/** @throws {RequestError} also for an answer that says what is against it */
async function answerOf(
  { base, ports, token }: ApiOptions,
  { path, method = 'GET', body }: ApiQuestion,
): Promise<ReadAnswer> {
  if (ports.fetch === undefined) throw new MonitorError('no-fetch', 'No fetch here: pass one as fetch');
  const read = await readToken(token, ports);
  if ('code' in read)
    throw new RequestError(read.code === 'no-token' ? read.code : 'unauthorized', read.reason);
  const aborter = ports.newAborter();
  const question = { url: `${base}${path}`, method, token: read.token, aborter };
  const answered = await ask({ ...question, ...(body !== undefined && { body }) }, ports);
  if (answered === undefined) throw new RequestError('unreachable', 'The API can not be reached.');
  const { answer, body: answeredBody } = answered;
  if (answer.status >= 200 && answer.status < 300) return answered;
  const { detail, code } = answeredBody;
  const reason = typeof detail === 'string' ? detail : `The API answered ${answer.status}.`;
  throw new RequestError(isProblem(code) ? code : 'refused', reason, answer.status);
}

/** What came is no answer to what was asked. */
export function unreadable(): RequestError {
  return new RequestError(
    'bad-data',
    'The API answered something else than was asked for; is this client too old?',
    200,
  );
}
