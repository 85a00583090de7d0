import { readToken, type Token } from './admission.ts';
import { MonitorError, RequestError } from './errors.ts';
import { ask, isProblem, type TokenRequest } from './http.ts';
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
  { base, ports, token }: ApiOptions,
  { path, method = 'GET', body }: ApiQuestion,
): Promise<Readonly<Record<string, unknown>>> {
  if (ports.fetch === undefined) throw new MonitorError('no-fetch', 'No fetch here: pass one as fetch');
  const read = await readToken(token, ports);
  if ('code' in read)
    throw new RequestError(read.code === 'no-token' ? read.code : 'unauthorized', read.reason);
  const aborter = ports.newAborter();
  const question = { url: `${base}${path}`, method, token: read.token, aborter };
  const answered = await ask({ ...question, ...(body !== undefined && { body }) }, ports);
  if (answered === undefined) throw new RequestError('unreachable', 'The API can not be reached.');
  const { answer, body: answeredBody } = answered;
  if (answer.status >= 200 && answer.status < 300) return answeredBody;
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
