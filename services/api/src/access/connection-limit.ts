import type { Socket } from 'node:net';
import { AddressCount, isLoopback, networkOf, plainAddress } from '@mediamtx-monitor/runtime';

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
