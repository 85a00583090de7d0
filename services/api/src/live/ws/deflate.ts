import type { PerMessageDeflateOptions } from 'ws';
import { DEFLATE_WINDOW_BITS } from '../../tick/index.ts';

/**
 * How permessage-deflate (RFC 7692) is negotiated: ws inflates what clients send but compresses nothing. No window
 * is asked for, since a client that offers a smaller one, or can't choose, would be refused.
 */
export const DEFLATE_OPTIONS: PerMessageDeflateOptions = {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  threshold: Infinity,
};

const MAX_WINDOW_BITS = 15;

/**
 * Whether a client can inflate the ready compressed frames.
 * @param headers lines of the answer to its handshake
 */
export function takesDeflated(headers: readonly string[]): boolean {
  const agreed = headers.find((line) => line.startsWith('Sec-WebSocket-Extensions: permessage-deflate'));
  if (agreed === undefined) return false;
  const bits = /server_max_window_bits=(\d+)/.exec(agreed)?.[1] ?? MAX_WINDOW_BITS;
  return Number(bits) >= DEFLATE_WINDOW_BITS;
}
