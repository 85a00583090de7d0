export { isLoopback } from '@mediamtx-monitor/runtime';

const MAPPED = '::ffff:';
const GROUPS = 8;
/** Groups of an IPv6 address that belong to the network: a client has all the rest (/64) to itself. */
const NETWORK_GROUPS = 4;

/** An IP address; an IPv4 one that was mapped into IPv6 as itself. */
export function plainAddress(address: string): string {
  return address.startsWith(MAPPED) && address.includes('.') ? address.slice(MAPPED.length) : address;
}

/** What limits count by: an IPv4 address itself, of an IPv6 one its /64. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const groups = groupsOf(head);
  if (tail !== undefined) {
    const last = groupsOf(tail);
    groups.push(...Array<string>(Math.max(GROUPS - groups.length - last.length, 0)).fill('0'), ...last);
  }
  const network = groups.slice(0, NETWORK_GROUPS).map((group) => parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}

/** An IPv4 address at the end takes the place of two groups. */
function groupsOf(part: string): string[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
}
