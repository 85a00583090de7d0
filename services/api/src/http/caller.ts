import type { CLOSE_CODES } from '@mediamtx-monitor/types';

/**
 * Has a client's filter of streams take the place of the one it had, if any; `undefined` for all streams.
 * @throws {RefusedError} when there is no room for it: then the client has none any more
 */
export type TakeFilter = (filter: string | undefined) => void;

/** Who asks. */
export interface Caller {
  /** IP address of the client: behind proxies that of the nearest untrusted hop, or of the last that is known. */
  readonly address: string;
  /** Whether it is this machine, and no trusted proxy on it: of all limits only that of clients in all counts for it. */
  readonly isLoopback: boolean;
  /** Name of the token it came with; `null` where no tokens are set. */
  readonly tokenName: string | null;
  /** Whether it came with a ticket in place of the token itself. */
  readonly byTicket: boolean;
}

/** What let clients in holds no more. */
export interface Revocation {
  /** Why they are sent away, as the close codes name it. */
  readonly reason: keyof Pick<typeof CLOSE_CODES, 'tokenRemoved' | 'ticketVoid'>;
  /** Whether a client came by it. */
  readonly concerns: (caller: Caller) => boolean;
}
