import type { ServerOptions } from 'node:http';

/** Time for a request's headers, so that whoever sends them byte by byte holds no connection for long. */
const HEADERS_TIMEOUT_MS = 10_000;
/** Time for a whole request; none of ours has a body worth waiting for. */
const REQUEST_TIMEOUT_MS = 20_000;
const TIMEOUT_CHECK_MS = 2_000;

/**
 * How long a server waits for a request.
 * @param headersTimeoutMs for its headers
 */
export function requestTimes(
  headersTimeoutMs = HEADERS_TIMEOUT_MS,
): Pick<ServerOptions, 'headersTimeout' | 'requestTimeout' | 'connectionsCheckingInterval'> {
  return {
    headersTimeout: headersTimeoutMs,
    requestTimeout: Math.max(headersTimeoutMs, REQUEST_TIMEOUT_MS),
    connectionsCheckingInterval: Math.min(headersTimeoutMs, TIMEOUT_CHECK_MS),
  };
}
