import { type Interest, interestOf } from '../feed/index.ts';
import { readQuery } from './query.ts';

/** Query parameters by which a live client says what it wants to be told. */
export const INTEREST_PARAMETERS = ['topics', 'server', 'stream'] as const;

/**
 * Reads from a request's URL what a live client wants to be told.
 * @throws {RefusedError} that names what is wrong
 */
export function readInterest(url: string): Interest {
  return interestOf(readQuery(url, INTEREST_PARAMETERS));
}
