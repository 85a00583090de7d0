import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Representation, send } from './answer.ts';
import { type Refusal, RefusedError } from './refusal.ts';
import type { RouteAnswer } from './route.ts';
import type { StatusReader } from './status-page.ts';
import { pathOf } from './url.ts';

/** Whatever name isn't there is refused alike, so that nobody learns which others are. */
export const NO_STATUS_PAGE: Refusal = { code: 'not-found', detail: 'There is no status page here.' };

/** Whether a URL is where status pages are, however it is written. */
export function isOfStatusPages(url: string): boolean {
  const path = pathOf(url);
  return path === '/status' || path.startsWith('/status/');
}

/** Answers with what was found. */
export function sendFound(response: ServerResponse, answer: Representation | undefined): void {
  if (answer === undefined) throw new RefusedError(NO_STATUS_PAGE);
  send(response, answer);
}

export function readerOf({ headers }: IncomingMessage): StatusReader {
  return { acceptLanguage: headers['accept-language'], acceptEncoding: headers['accept-encoding'] };
}

/** An answer of one of them. */
export const found = (answer: Omit<RouteAnswer, 'headers'>): Readonly<Record<200, RouteAnswer>> => ({
  200: { ...answer, headers: ['ETag', 'Vary'] },
});

/** What all of them have in common: links to them may have got parameters on their way. */
export const OF_EVERYONE = {
  method: 'get',
  isExact: true,
  parameters: 'any',
  problems: ['not-found'],
  open: true,
} as const;
