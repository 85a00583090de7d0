import type { ServerResponse } from 'node:http';
import { SAFE_HEADERS } from '../http/safe-headers.ts';
import { varyOf } from '../http/vary.ts';

const VARY = 'Accept-Encoding';

/** What every JSON answer ends its head with: names and values in turn, as `writeHead` takes them fastest. */
export const LAST_HEADERS: readonly string[] = [...Object.entries(SAFE_HEADERS).flat(), 'Vary', VARY];

/**
 * Writes the head of an answer.
 * @param headers names and values in turn, with LAST_HEADERS at the end
 */
export function writeHead(response: ServerResponse, status: number, headers: string[]): void {
  const vary = varyOf(response, VARY);
  response.writeHead(status, vary === VARY ? headers : headers.with(-1, vary));
}
