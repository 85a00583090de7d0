import ipaddr from 'ipaddr.js';

const MAPPED = '::ffff:';
const MAPPED_GROUPS = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;
/** Groups of an IPv6 address that belong to the network: a client has all the rest (/64) to itself. */
const NETWORK_GROUPS = 4;

/** An IP address; an IPv4 one that was mapped into IPv6 as itself. */
export function plainAddress(address: string): string {
  return address.startsWith(MAPPED) && address.includes('.') ? address.slice(MAPPED.length) : address;
}

/** The same text for all that may be written for an address (RFC 5952); a mapped IPv4 one as itself. */
export function canonicalAddress(address: string): string {
  // With a zone (`fe80::1%eth0`) it is no host of a URL, and nobody writes it in another way.
  const url = `http://[${address}]`;
  if (!URL.canParse(url)) return address.toLowerCase();
  const canonical = new URL(url).hostname.slice(1, -1);
  const [, high, low] = MAPPED_GROUPS.exec(canonical) ?? [];
  if (high === undefined || low === undefined) return canonical;
  return [high, low]
    .map((group) => parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}

/** What limits count by: an IPv4 address itself, of an IPv6 one its /64. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const network = groupsOf(address).slice(0, NETWORK_GROUPS);
  return `${network.map((group) => group.toString(16)).join(':')}::/64`;
}

/**
 * The eight groups of an IPv6 address, however it is written.
 * @throws {Error} for what is none
 */
export function groupsOf(address: string): readonly number[] {
  // Not every name that a zone may have (`fe80::1%eth0.1`) is one to ipaddr.js.
  return ipaddr.IPv6.parse(address.replace(/%.*$/, '')).parts;
}
