import { isIPv4, isIPv6 } from 'node:net';

/** A `Host` header: a name or address, and a port that doesn't matter here. */
const HOST = /^(\[[^\]]*\]|[^:[\]]*)(?::\d*)?$/;

/**
 * Whether a `Host` header names this service beyond doubt: localhost, an IP address, or one of the names that
 * were allowed. Any other name may be a web page's own that was made to point here (DNS rebinding): to the
 * browser, page and service would be of one origin.
 * @param allowed names in lower case
 */
export function isOwnHost(host: string, allowed: ReadonlySet<string>): boolean {
  const name = HOST.exec(host)?.[1] ?? '';
  if (isIPv4(name) || name === 'localhost') return true;
  if (name.startsWith('[')) return isIPv6(name.slice(1, -1));
  const plain = name.toLowerCase().replace(/\.$/, '');
  return plain === 'localhost' || plain.endsWith('.localhost') || allowed.has(plain);
}
