import type { Caller } from '../shared/caller.ts';
import { RefusedError } from '../shared/refusal.ts';
import { networkOf } from './address.ts';

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
  readonly #byAddress = new Map<string, number>();
  #inAll = 0;

  constructor(limits: ClientLimits) {
    this.#limits = limits;
  }

  /**
   * Counts a client until the returned function is called.
   * @throws {RefusedError} `too-many-clients`
   */
  admit({ address, isLoopback }: Caller): () => void {
    const network = isLoopback ? null : networkOf(address);
    if (this.#inAll >= this.#limits.inAll) throw full(`It has ${this.#inAll} clients, which is its limit`);
    if (network !== null && this.#countOf(network) >= this.#limits.perAddress) {
      throw full(`Your address has ${this.#countOf(network)} clients here, which is its limit`);
    }
    this.#add(network, 1);
    let here = true;
    return () => {
      if (here) this.#add(network, -1);
      here = false;
    };
  }

  #countOf(network: string): number {
    return this.#byAddress.get(network) ?? 0;
  }

  #add(network: string | null, change: 1 | -1): void {
    this.#inAll += change;
    if (network === null) return;
    const count = this.#countOf(network) + change;
    if (count === 0) this.#byAddress.delete(network);
    else this.#byAddress.set(network, count);
  }
}

function full(what: string): RefusedError {
  return new RefusedError({
    code: 'too-many-clients',
    detail: `${what}; close one, or try again in ${RETRY_AFTER_S} s.`,
    headers: { 'Retry-After': String(RETRY_AFTER_S) },
  });
}
