import type { IncomingMessage } from 'node:http';
import { parametersOf } from '../http/url.ts';

const BEARER = /^bearer +(\S+) *$/i;
const BEARER_PROTOCOL = 'bearer.';

/** The token of an `Authorization` header; of any other scheme there is none. */
export function bearerOf({ headers }: IncomingMessage): string | undefined {
  return BEARER.exec(headers.authorization ?? '')?.[1];
}

/** The token among a WebSocket's subprotocols, as in `mediamtx-monitor.v1, bearer.<token>`. */
export function bearerProtocolOf({ headers }: IncomingMessage): string | undefined {
  const offered = headers['sec-websocket-protocol']?.split(',').map((protocol) => protocol.trim());
  return offered?.find((protocol) => protocol.startsWith(BEARER_PROTOCOL))?.slice(BEARER_PROTOCOL.length);
}

/** The ticket in a request's URL, given once. */
export function ticketOf({ url = '' }: IncomingMessage): string | undefined {
  const tickets = parametersOf(url).getAll('ticket');
  return tickets.length === 1 ? tickets[0] : undefined;
}
