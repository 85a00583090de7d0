import type { Socket } from 'node:net';
import { AddressCount, isLoopback, networkOf, plainAddress } from '@mediamtx-monitor/runtime';

const WINDOW_MS = 60_000;
/** So many addresses are remembered; past that the one whose minute began first is forgotten. */
const MAX_ADDRESSES = 100_000;

interface Window {
  readonly endsMs: number;
  count: number;
}

/** Counts requests by address, in minutes that begin with an address's first request. */
export class RequestLimit {
  readonly #perMinute: number;
  readonly #monotonicMs: () => number;
  readonly #maxAddresses: number;
  /** In order of their ends. */
  readonly #windows = new Map<string, Window>();

  constructor(perMinute: number, monotonicMs: () => number, maxAddresses = MAX_ADDRESSES) {
    this.#perMinute = perMinute;
    this.#monotonicMs = monotonicMs;
    this.#maxAddresses = maxAddresses;
  }

  /**
   * Counts a request; tells in how many ms the address may ask again, 0 when this one is within the limit.
   * @param times as how many it counts
   */
  count(address: string, times = 1): number {
    const nowMs = this.#monotonicMs();
    const window = this.#windows.get(address);
    if (window === undefined || window.endsMs <= nowMs) {
      this.#begin(address, nowMs, times);
      return 0;
    }
    window.count += times;
    return window.count > this.#perMinute ? window.endsMs - nowMs : 0;
  }

  #begin(address: string, nowMs: number, count: number): void {
    this.#windows.delete(address);
    for (const [other, { endsMs }] of this.#windows) {
      if (endsMs > nowMs && this.#windows.size < this.#maxAddresses) break;
      this.#windows.delete(other);
    }
    this.#windows.set(address, { endsMs: nowMs + WINDOW_MS, count });
  }
}

/** Connections beyond those of live clients: for requests, of one address and of all together. */
const FOR_REQUESTS_PER_ADDRESS = 100;
const FOR_REQUESTS = 1_000;

export interface ConnectionLimitOptions {
  /** Live clients at the same time, in all and of one address. */
  readonly maxClients: number;
  readonly maxClientsPerAddress: number;
  /** Whether an address is a proxy's, whose connections are those of many. */
  readonly isProxy: (address: string) => boolean;
}

/** Bounds the connections that one address may hold: each costs memory, whether something is asked on it or not. */
export class ConnectionLimit {
  /** Connections in all. */
  readonly max: number;
  readonly #maxPerAddress: number;
  readonly #isProxy: (address: string) => boolean;
  readonly #connections = new AddressCount();

  constructor({ maxClients, maxClientsPerAddress, isProxy }: ConnectionLimitOptions) {
    this.max = maxClients + FOR_REQUESTS;
    this.#maxPerAddress = maxClientsPerAddress + FOR_REQUESTS_PER_ADDRESS;
    this.#isProxy = isProxy;
  }

  /** Counts a connection until it closes; tells whether there is room for it. */
  admit(socket: Socket): boolean {
    const address = plainAddress(socket.remoteAddress ?? '');
    if (isLoopback(address) || this.#isProxy(address)) return true;
    const network = networkOf(address);
    if (this.#connections.of(network) >= this.#maxPerAddress) return false;
    socket.once('close', this.#connections.add(network));
    return true;
  }
}
