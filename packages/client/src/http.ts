import { type ProblemCode, PROBLEMS } from '@mediamtx-monitor/types';
import type { Aborter, HttpAnswer, RequestPorts } from './ports.ts';
import type { AttemptFailure } from './connection-failure.ts';

/** A short answer, read to its end. */
export interface ReadAnswer {
  readonly answer: HttpAnswer;
  /** Members of its body; none where that is no object. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface TokenRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** JSON to be sent; none unless given. */
  readonly body?: string;
  /** Empty for none. */
  readonly token: string;
  /** Ends the request when nobody waits for it any more. */
  readonly aborter: Aborter;
}

const ANSWER_MS = 10_000;

/** Asks something that is answered shortly; `undefined` when nothing answers in time, or nothing here can ask. */
export async function ask(
  { url, method, token, aborter, body }: TokenRequest,
  { fetch, timers }: Pick<RequestPorts, 'fetch' | 'timers'>,
): Promise<ReadAnswer | undefined> {
  if (fetch === undefined) return undefined;
  const timer = timers.setTimeout(() => {
    aborter.abort();
  }, ANSWER_MS);
  try {
    const headers = {
      ...headersFor(token),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    };
    const signal = aborter.signal;
    const answer = await fetch(url, { method, headers, signal, ...(body !== undefined && { body }) });
    return { answer, body: await bodyOf(answer) };
  } catch {
    // What is thrown may hold the header.
    return undefined;
  } finally {
    timers.clearTimeout(timer);
  }
}

/** @param token empty for none */
export function headersFor(token: string): Record<string, string> {
  return token === '' ? {} : { Authorization: `Bearer ${token}` };
}

/** Never rejects. Of what is no JSON but CSV, its text is the only member, `csv`. */
export async function bodyOf(answer: HttpAnswer): Promise<ReadAnswer['body']> {
  if (answer.text !== undefined && answer.headers.get('Content-Type')?.startsWith('text/csv') === true) {
    const csv = await answer.text().catch(() => undefined);
    return csv === undefined ? {} : { csv };
  }
  const body: unknown = await answer.json().catch(() => undefined);
  return typeof body === 'object' ? { ...body } : {};
}

/** What the API has against who asks; `undefined` for an answer that says nothing of that. */
export function refusalIn({ answer: { status, headers }, body }: ReadAnswer): AttemptFailure | undefined {
  const said = saidIn(body, `The API answered ${status}.`);
  switch (status) {
    case 401:
      return { code: 'unauthorized', ...said, isFinal: true };
    case 403:
      return { code: 'forbidden', ...said, isFinal: true };
    case 429:
      return { code: 'too-many-requests', ...said, ...retryAfter(headers) };
    // 502 and 504 are of proxies whose API isn't there.
    case 502:
    case 503:
    case 504:
      return { code: 'unreachable', ...said, ...retryAfter(headers) };
    default:
      return undefined;
  }
}

/** What an answer's problem document says. @param otherwise the reason where it says none */
export function saidIn(
  { detail, code }: ReadAnswer['body'],
  otherwise: string,
): Pick<AttemptFailure, 'reason' | 'problem'> {
  const reason = typeof detail === 'string' ? detail : otherwise;
  return { reason, ...(isProblem(code) && { problem: code }) };
}

export function isProblem(code: unknown): code is ProblemCode {
  return typeof code === 'string' && Object.hasOwn(PROBLEMS, code);
}

/** A proxy may send a date instead; then the usual backoff has to do. */
function retryAfter(headers: HttpAnswer['headers']): Pick<AttemptFailure, 'retryAfterMs'> {
  const text = headers.get('Retry-After') ?? '';
  return /^\d+$/.test(text) ? { retryAfterMs: Number(text) * 1000 } : {};
}
