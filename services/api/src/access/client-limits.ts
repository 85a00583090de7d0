import { AddressCount, networkOf } from '@mediamtx-monitor/runtime';
import type { ProblemCode } from '@mediamtx-monitor/types';
import type { Caller, TakeFilter } from '../http/caller.ts';
import { RefusedError } from '../http/refusal.ts';

/** How many there may be at the same time. */
export interface ClientLimits {
  readonly inAll: number;
  /** Of one address; this machine's own don't count. */
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
      throw tooManyClients(`It has ${clients.inAll} clients, which is its limit`);
    if (network !== null && clients.of(network) >= this.#limits.perAddress) {
      throw tooManyClients(`Your address has ${clients.of(network)} clients here, which is its limit`);
    }
    return clients.add(network);
  }
}

/** How many clients have each filter. */
type Uses = Map<string, number>;

/** Counts the different filters that clients which stay connected have: each is work for every tick. */
export class FilterLimit {
  readonly #limits: ClientLimits;
  readonly #inAll: Uses = new Map();
  readonly #byAddress = new Map<string, Uses>();

  constructor(limits: ClientLimits) {
    this.#limits = limits;
  }

  /** Lets a client have filters, one after the other. */
  open({ address, isLoopback }: Caller): TakeFilter {
    const network = isLoopback ? null : networkOf(address);
    let held: string | undefined;
    return (filter) => {
      if (filter === held) return;
      if (held !== undefined) this.#release(network, held);
      held = undefined;
      if (filter !== undefined) this.#admit(network, filter);
      held = filter;
    };
  }

  #admit(network: string | null, filter: string): void {
    const { inAll, perAddress } = this.#limits;
    if (isFull(this.#inAll, filter, inAll)) {
      throw tooManyFilters(`Its clients have ${inAll} different filters, which is its limit`);
    }
    if (network !== null) {
      const own = this.#byAddress.get(network) ?? new Map<string, number>();
      if (isFull(own, filter, perAddress)) {
        throw tooManyFilters(
          `Clients of your address have ${perAddress} different filters here, which is its limit`,
        );
      }
      this.#byAddress.set(network, own);
      add(own, filter);
    }
    add(this.#inAll, filter);
  }

  #release(network: string | null, filter: string): void {
    remove(this.#inAll, filter);
    const own = network === null ? undefined : this.#byAddress.get(network);
    if (network === null || own === undefined) return;
    remove(own, filter);
    if (own.size === 0) this.#byAddress.delete(network);
  }
}

function isFull(uses: Uses, filter: string, limit: number): boolean {
  return uses.size >= limit && !uses.has(filter);
}

function add(uses: Uses, filter: string): void {
  uses.set(filter, (uses.get(filter) ?? 0) + 1);
}

function remove(uses: Uses, filter: string): void {
  const others = (uses.get(filter) ?? 0) - 1;
  if (others > 0) uses.set(filter, others);
  else uses.delete(filter);
}

function tooManyClients(what: string): RefusedError {
  return full('too-many-clients', `${what}; close one`);
}

function tooManyFilters(what: string): RefusedError {
  return full('too-many-filters', `${what}; take one that another client has, or none`);
}

function full(code: ProblemCode, what: string): RefusedError {
  return new RefusedError({
    code,
    detail: `${what}, or try again in ${RETRY_AFTER_S} s.`,
    headers: { 'Retry-After': String(RETRY_AFTER_S) },
  });
}
