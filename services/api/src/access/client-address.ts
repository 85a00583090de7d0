import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { canonicalAddress, isLoopback, plainAddress } from '@mediamtx-monitor/runtime';
import proxyAddr from 'proxy-addr';
import type { Caller } from '../http/caller.ts';

/** Tells where a request is from; its address is '' where the connection is already gone. */
export type ClientAddress = (request: IncomingMessage) => Pick<Caller, 'address' | 'isLoopback'>;

type IsProxy = ReturnType<typeof createProxyTrust>;

/** Nobody has that many proxies in a row; beyond them nothing is looked at. */
const MAX_HOPS = 16;

/** Some proxies add a port, as in `192.0.2.1:5000` and `[2001:db8::1]:5000`. */
const WITH_PORT = /^\[(.+)\](?::\d+)?$|^([\d.]+):\d+$/;

/**
 * Makes what tells the address of clients: the other end of the connection, or behind proxies the nearest
 * address in X-Forwarded-For that isn't a trusted proxy's. What came through a trusted proxy is never this machine,
 * whatever that header says or whether it is there: else a proxy that leaves it out would free everyone of limits.
 * @param proxies trusted ones: addresses, networks, or proxy-addr's names of networks
 * @throws {TypeError} for a network that is none
 */
export function createClientAddress(proxies: readonly string[]): ClientAddress {
  const isProxy = createProxyTrust(proxies);
  return ({ socket, headers }) => {
    const peer = plainAddress(socket.remoteAddress ?? '');
    if (!isProxy(peer)) return { address: peer, isLoopback: isLoopback(peer) };
    return {
      address: clientBehind(peer, String(headers['x-forwarded-for'] ?? ''), isProxy),
      isLoopback: false,
    };
  };
}

/**
 * Makes what tells whether an address is a trusted proxy's.
 * @param proxies as for `createClientAddress`
 * @throws {TypeError} for a network that is none
 */
export function createProxyTrust(proxies: readonly string[]): (address: string) => boolean {
  if (proxies.length === 0) return () => false;
  const isTrusted = proxyAddr.compile([...proxies]);
  return (address) => isTrusted(address, 0);
}

/** Of a client that nobody names, the last proxy that is known: all such clients share what that one may do. */
function clientBehind(proxy: string, forwarded: string, isProxy: IsProxy): string {
  let nearest = proxy;
  // From the connection's other end outwards: what stands further out, anyone may have written.
  for (const hop of forwarded.split(',').slice(-MAX_HOPS).reverse()) {
    const text = hop.trim();
    if (text === '') continue;
    const address = addressIn(text);
    if (address === undefined) return nearest;
    nearest = address;
    if (!isProxy(address)) return nearest;
  }
  return nearest;
}

function addressIn(hop: string): string | undefined {
  const [, bracketed, dotted] = WITH_PORT.exec(hop) ?? [];
  const address = bracketed ?? dotted ?? hop;
  return isIP(address) === 0 ? undefined : canonicalAddress(address);
}

/** What proxies say of the client they ask for. */
const OF_PROXIES = ['x-forwarded-for', 'forwarded', 'x-real-ip'] as const;

/** Whether a proxy has passed this request on, by what it says in its headers. */
export function isPassedOn(headers: IncomingHttpHeaders): boolean {
  return OF_PROXIES.some((name) => headers[name] !== undefined);
}

/** Once one passes on requests from this machine and isn't trusted. */
export const UNTRUSTED_PROXY =
  'a proxy on this machine passes requests on, but TRUST_PROXY does not name it: all who come through it count as ' +
  'this machine itself, which has no limits but MAX_CLIENTS. Set TRUST_PROXY=loopback';
