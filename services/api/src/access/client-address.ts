import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyAddr from 'proxy-addr';
import { plainAddress } from './address.ts';

/** Tells the IP address of the client a request is from; '' where its connection is already gone. */
export type ClientAddress = (request: IncomingMessage) => string;

/** Some proxies add a port, as in `192.0.2.1:5000` and `[2001:db8::1]:5000`. */
const WITH_PORT = /^\[(.+)\](?::\d+)?$|^([\d.]+):\d+$/;

/**
 * Makes what tells the address of clients: the other end of the connection, or behind proxies the nearest
 * address in X-Forwarded-For that isn't a trusted proxy's.
 * @param proxies trusted ones: addresses, networks, or proxy-addr's names of networks
 * @throws {TypeError} for a network that is none
 */
export function createClientAddress(proxies: readonly string[]): ClientAddress {
  if (proxies.length === 0) return peerOf;
  const isTrusted = proxyAddr.compile([...proxies]);
  return (request) => {
    // From the connection's other end outwards; only the last may be anything but a trusted proxy.
    const hops = proxyAddr.all(request, isTrusted).map(addressIn);
    return hops.findLast((hop) => hop !== undefined) ?? peerOf(request);
  };
}

/**
 * Makes what tells whether an address is a trusted proxy's.
 * @param proxies as for `createClientAddress`
 */
export function createProxyTrust(proxies: readonly string[]): (address: string) => boolean {
  if (proxies.length === 0) return () => false;
  const isTrusted = proxyAddr.compile([...proxies]);
  return (address) => isIP(address) !== 0 && isTrusted(address, 0);
}

function peerOf({ socket }: IncomingMessage): string {
  return plainAddress(socket.remoteAddress ?? '');
}

function addressIn(hop: string | undefined): string | undefined {
  const text = hop ?? '';
  const [, bracketed, dotted] = WITH_PORT.exec(text) ?? [];
  const address = bracketed ?? dotted ?? text;
  return isIP(address) === 0 ? undefined : plainAddress(address.toLowerCase());
}
