import type { CallAnswer, HttpCall } from '../http-call.ts';
import type { ToldLabels } from '../model.ts';
import type { DeliveryAttempt } from './attempt.ts';
import { EntryError } from '../entry-error.ts';
import { type TryEnding } from './ending.ts';

/** One request of a try; always POST. */
export type HttpRequest = Pick<HttpCall, 'url' | 'headers' | 'body'>;

/** A kind of target that is told over HTTP. */
export interface HttpKind {
  /** What is sent, one after the other. @throws {EntryError} */
  requests(attempt: DeliveryAttempt): Iterable<HttpRequest>;
  /** Whether 410 means that it is gone for good, and nothing is to be sent any more. */
  readonly canBeGone: boolean;
  /** What to look at where it answers that it doesn't take what is sent. */
  readonly advice: string;
  /** Looks into an answer with a good status, or into that of a failure, for what the status doesn't say. */
  readonly judge?: (answer: Pick<CallAnswer, 'body' | 'isCut'>, ending: TryEnding) => TryEnding;
  /** What fires there once all was taken. */
  readonly told?: (attempt: DeliveryAttempt) => readonly ToldLabels[];
}

/** The header that shows a token (RFC 6750). @throws {EntryError} where it can't be one */
export function bearer(token: string): Readonly<Record<string, string>> {
  if (!/^[\x21-\x7E]+$/.test(token))
    throw new EntryError('secretFile has to hold a token of printable ASCII, without spaces');
  return { authorization: `Bearer ${token}` };
}

/** A request with JSON. */
export function jsonRequest(
  url: URL,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpRequest {
  return {
    url,
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  };
}
