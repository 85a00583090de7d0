import { isIPv4, isIPv6 } from 'node:net';

const V4_KEPT = 3;
const V6_KEPT = 3;
const V6_GROUPS = 8;
const V4_IN_V6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

function maskV4(address: string): string {
  return [...address.split('.').slice(0, V4_KEPT), '0'].join('.');
}

/** The first 48 bits of an IPv6 address, in the one form that all its spellings have in common. */
function maskV6(address: string): string {
  // An embedded IPv4 address stands for the last two groups.
  const plain = address.replace(/%.*$/, '').replace(/\d+\.\d+\.\d+\.\d+$/, '0:0');
  const [before = '', after] = plain.split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? 0 : V6_GROUPS - head.length - tail.length;
  const groups = [...head, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...tail];
  const kept = groups.slice(0, V6_KEPT).map((group) => parseInt(group, 16).toString(16));
  return `${kept.join(':')}::`;
}

/** One IP address, masked to its /24 or /48; `null` where it is none. */
export function maskAddress(address: string): string | null {
  const embedded = V4_IN_V6.exec(address)?.[1];
  const v4 = embedded ?? address;
  if (isIPv4(v4)) return maskV4(v4);
  return isIPv6(address) ? maskV6(address) : null;
}
