import type { Aborter, Fetch, HttpAnswer, Ports } from './ports.ts';
import type { Setback } from './trouble.ts';

/** The API lets this client in, with a ticket where one is needed, or it doesn't. */
export type Admission = { readonly ticket: string | undefined } | Setback;

const OPEN: Admission = { ticket: undefined };

/** The token, or what gets it before each connection; `undefined` or empty for none. */
export type Token = string | undefined | (() => string | undefined | Promise<string | undefined>);

export interface AdmissionRequest {
  /** Where tickets are given out. */
  readonly url: string;
  readonly token: Token;
  /** Asks without a token too: only this way a browser is told that one is needed. */
  readonly always: boolean;
  /** Ends the request when nobody waits for it any more. */
  readonly aborter: Aborter;
}

const ANSWER_MS = 10_000;
/** What may stand in a header. */
const TOKEN = /^[\x21-\x7e]*$/;

/** Asks for a ticket, which stands for the token in the socket's URL. Never rejects. */
export async function admit(
  { url, token: given, always, aborter }: AdmissionRequest,
  { fetch, timers, report }: Pick<Ports, 'fetch' | 'timers' | 'report'>,
): Promise<Admission> {
  let token: string;
  try {
    token = (typeof given === 'function' ? await given() : given) ?? '';
  } catch (error) {
    report(error);
    return { code: 'no-token', reason: 'The token function failed.' };
  }
  if (fetch === undefined || (token === '' && !always)) return OPEN;
  if (!TOKEN.test(token)) {
    return { code: 'unauthorized', reason: 'The token holds characters that none has.', isFinal: true };
  }
  const timer = timers.setTimeout(() => {
    aborter.abort();
  }, ANSWER_MS);
  try {
    return await ask(fetch, url, token, aborter);
  } catch {
    // What is thrown may hold the header.
    return token === '' ? OPEN : { code: 'unreachable', reason: 'The API can not be reached.' };
  } finally {
    timers.clearTimeout(timer);
  }
}

async function ask(fetch: Fetch, url: string, token: string, { signal }: Aborter): Promise<Admission> {
  const headers: Record<string, string> = token === '' ? {} : { Authorization: `Bearer ${token}` };
  const answer = await fetch(url, { method: 'POST', headers, signal });
  const body: unknown = await answer.json().catch(() => undefined);
  return admissionOf(answer, typeof body === 'object' ? { ...body } : {}, token !== '');
}

/** Without a token only a clear no counts: the socket itself may be open to all. */
function admissionOf(
  { status, headers }: HttpAnswer,
  { ticket, detail }: Readonly<Record<string, unknown>>,
  hasToken: boolean,
): Admission {
  const reason = typeof detail === 'string' ? detail : `The API gives no ticket: it answered ${status}.`;
  if (status === 401) return { code: 'unauthorized', reason, isFinal: true };
  if (status === 403) return { code: 'forbidden', reason, isFinal: true };
  if (status === 429) return { code: 'too-many-requests', reason, ...retryAfter(headers) };
  if (status === 503) return { code: 'unreachable', reason, ...retryAfter(headers) };
  // 409: tickets are off, since no token is needed.
  if (status === 409 || !hasToken) return OPEN;
  return status < 300 && typeof ticket === 'string' ? { ticket } : { code: 'no-ticket', reason };
}

/** A proxy may send a date instead; then the usual backoff has to do. */
function retryAfter(headers: HttpAnswer['headers']): Pick<Setback, 'retryAfterMs'> {
  const text = headers.get('Retry-After') ?? '';
  return /^\d+$/.test(text) ? { retryAfterMs: Number(text) * 1000 } : {};
}
