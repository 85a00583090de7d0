import type { AttemptFailure } from './connection-failure.ts';

const BASE_MS = 500;
const CAP_MS = 10_000;
/** So long a service's clients take to come back to it when it restarts, all together. */
const RESTART_SPREAD_MS = 1_000;
/** A wait that the API asks for is believed up to here. */
const MAX_ASKED_MS = 300_000;

/**
 * Time until the next try in whole ms: exponential with full jitter, so that the clients of a service that went away
 * come back spread out.
 * @param failures tries in a row before this one that brought nothing
 * @param random from 0 to below 1
 */
export function retryInMs(
  failures: number,
  { code, retryAfterMs = 0 }: AttemptFailure,
  random: number,
): number {
  const spreadMs = code === 'restarting' ? RESTART_SPREAD_MS : Math.min(CAP_MS, BASE_MS * 2 ** failures);
  return Math.round(Math.min(retryAfterMs, MAX_ASKED_MS) + random * spreadMs);
}
