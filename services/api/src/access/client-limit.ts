import { AddressCount, networkOf } from '@mediamtx-monitor/runtime';
import type { Caller } from '../http/caller.ts';
import { RefusedError } from '../http/refusal.ts';

export interface ClientLimits {
  /** Clients at the same time. */
  readonly inAll: number;
  /** Clients of one address at the same time; this machine's own don't count. */
  readonly perAddress: number;
}

/** After what a client may ask whether there is room, in seconds. */
const RETRY_AFTER_S = 10;

/** Counts clients that stay connected (WebSocket and SSE). */
export class ClientLimit {
  readonly #limits: ClientLimits;
  readonly #clients = new AddressCount();

  constructor(limits: ClientLimits) {
    this.#limits = limits;
  }

  /**
   * Counts a client until the returned function is called.
   * @throws {RefusedError} `too-many-clients`
   */
  admit({ address, isLoopback }: Caller): () => void {
    const clients = this.#clients;
    const network = isLoopback ? null : networkOf(address);
    if (clients.inAll >= this.#limits.inAll)
      throw full(`It has ${clients.inAll} clients, which is its limit`);
    if (network !== null && clients.of(network) >= this.#limits.perAddress) {
      throw full(`Your address has ${clients.of(network)} clients here, which is its limit`);
    }
    return clients.add(network);
  }
}

function full(what: string): RefusedError {
  return new RefusedError({
    code: 'too-many-clients',
    detail: `${what}; close one, or try again in ${RETRY_AFTER_S} s.`,
    headers: { 'Retry-After': String(RETRY_AFTER_S) },
  });
}
