import { networkOf } from '@mediamtx-monitor/runtime';
import type { Caller, TakeFilter } from '../http/caller.ts';
import { RefusedError } from '../http/refusal.ts';

export interface FilterLimits {
  /** Different filters at the same time. */
  readonly inAll: number;
  /** Those of one address; this machine's own don't count. */
  readonly perAddress: number;
}

/** After what a client may ask whether there is room, in seconds. */
const RETRY_AFTER_S = 10;

/** How many clients have each filter. */
type Uses = Map<string, number>;

/** Counts the different filters that clients which stay connected have: each is work for every tick. */
export class FilterLimit {
  readonly #limits: FilterLimits;
  readonly #inAll: Uses = new Map();
  readonly #byAddress = new Map<string, Uses>();

  constructor(limits: FilterLimits) {
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
      throw full(`Its clients have ${inAll} different filters, which is its limit`);
    }
    if (network !== null) {
      const own = this.#byAddress.get(network) ?? new Map<string, number>();
      if (isFull(own, filter, perAddress)) {
        throw full(`Clients of your address have ${perAddress} different filters here, which is its limit`);
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

function full(what: string): RefusedError {
  return new RefusedError({
    code: 'too-many-filters',
    detail: `${what}; take one that another client has, or none, or try again in ${RETRY_AFTER_S} s.`,
    headers: { 'Retry-After': String(RETRY_AFTER_S) },
  });
}
