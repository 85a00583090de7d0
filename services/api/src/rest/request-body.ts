import type { IncomingMessage } from 'node:http';

/** Node reads what is left of a request and drops it, so that the connection can be used again: up to this long. */
const MAX_DROPPED_BYTES = 65_536;

/** Whether a body comes with the request. No resource reads one. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

/** Whether its body is too long to be dropped, or nobody knows. */
export function hasLongBody({ headers }: IncomingMessage): boolean {
  return (
    headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > MAX_DROPPED_BYTES
  );
}
