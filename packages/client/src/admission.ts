import { ask, refusalIn } from './http.ts';
import type { Aborter, Ports } from './ports.ts';
import type { AttemptFailure } from './connection-failure.ts';

/** The token, or what gets it before each connection; `undefined` or empty for none. */
export type Token = string | undefined | (() => string | undefined | Promise<string | undefined>);

type AskPorts = Pick<Ports, 'fetch' | 'timers'>;

/** What may stand in a header. */
const TOKEN = /^[\x21-\x7e]*$/;

/** The token to come with, empty for none. Never rejects. */
export async function readToken(
  given: Token,
  { report }: Pick<Ports, 'report'>,
): Promise<{ readonly token: string } | AttemptFailure> {
  let token: string;
  try {
    token = (typeof given === 'function' ? await given() : given) ?? '';
  } catch (error) {
    report(error);
    return { code: 'no-token', reason: 'The token function failed.' };
  }
  if (TOKEN.test(token)) return { token };
  return { code: 'unauthorized', reason: 'The token holds characters that none has.', isFinal: true };
}

/**
 * Asks for a ticket, which stands for the token in the socket's URL; `undefined` where none is needed. Never rejects.
 * @param url where tickets are given out
 */
export async function askForTicket(
  url: string,
  token: string,
  aborter: Aborter,
  ports: AskPorts,
): Promise<{ readonly ticket: string | undefined } | AttemptFailure> {
  const answered = await ask({ url, method: 'POST', token, aborter }, ports);
  if (answered === undefined) return { code: 'unreachable', reason: 'The API can not be reached.' };
  const refusal = refusalIn(answered);
  if (refusal !== undefined) return refusal;
  const { status } = answered.answer;
  const { ticket, detail } = answered.body;
  // Tickets are off, since no token is needed.
  if (status === 409) return { ticket: undefined };
  if (status < 300 && typeof ticket === 'string') return { ticket };
  const reason = typeof detail === 'string' ? detail : `The API gives no ticket: it answered ${status}.`;
  return { code: 'no-ticket', reason };
}

/**
 * Asks over HTTP what is against a socket that didn't open, which browsers aren't told. Never rejects.
 * @param url of the socket, for a plain request
 * @returns `reached`: the API answers, and has nothing against it; `undefined`: nothing answers
 */
export async function askWhy(
  url: string,
  aborter: Aborter,
  ports: AskPorts,
): Promise<AttemptFailure | 'reached' | undefined> {
  const answered = await ask({ url, method: 'GET', token: '', aborter }, ports);
  return answered && (refusalIn(answered) ?? 'reached');
}
