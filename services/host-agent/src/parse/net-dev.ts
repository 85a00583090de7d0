import type { InterfaceFacts } from '../facts.ts';
import { parseCount, words } from './number.ts';

/**
 * Reads proc/net/dev. Its second line names the columns, those received first, as in
 * ` face |bytes packets errs drop …|bytes packets errs drop …`; a column that isn't named is `null`.
 */
export function parseNetDev(text: string): InterfaceFacts[] {
  const [, heading = '', ...lines] = text.split('\n');
  const [, inbound = [], outbound = []] = heading.split('|').map(words);
  return lines.flatMap((line) => {
    // Names of aliases hold colons themselves, and old kernels put no space after the last one.
    const colon = line.lastIndexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim();
    if (name === '') return [];
    const counts = words(line.slice(colon + 1)).map(parseCount);
    const received = (column: string): number | null => valueAt(counts, inbound.indexOf(column));
    const sent = (column: string): number | null => {
      const index = outbound.indexOf(column);
      return index === -1 ? null : valueAt(counts, inbound.length + index);
    };
    return [
      {
        name,
        inboundBytes: received('bytes'),
        outboundBytes: sent('bytes'),
        inboundErrors: received('errs'),
        outboundErrors: sent('errs'),
        inboundDrops: received('drop'),
        outboundDrops: sent('drop'),
      },
    ];
  });
}

const valueAt = (counts: readonly (number | null)[], index: number): number | null => counts[index] ?? null;

/** How the names begin of those that carry what another one carries too, or nothing that leaves the host. */
const VIRTUAL_PREFIXES = [
  ...['dummy', 'ifb', 'veth', 'vnet', 'tap', 'tun', 'wg', 'tailscale', 'zt', 'sit', 'gre', 'ip6', 'ipip'],
  ...['docker', 'podman', 'cni', 'cali', 'cilium', 'flannel', 'kube', 'lxc', 'lxdbr', 'incusbr'],
  ...[
    'br-',
    'br0',
    'br1',
    'virbr',
    'vmbr',
    'fwbr',
    'fwpr',
    'fwln',
    'ovs',
    'bond',
    'team',
    'vlan',
    'vxlan',
    'macv',
    'ipvl',
  ],
];

/** Loopback, the host's side of containers and virtual machines, bridges, tunnels, bonds, VLANs (`eth0.7`), aliases. */
function isVirtual(name: string): boolean {
  return name === 'lo' || /[.@:]/.test(name) || VIRTUAL_PREFIXES.some((prefix) => name.startsWith(prefix));
}

/**
 * The interfaces that carry the host's traffic, each byte once: those with a device behind them, where that is known
 * and there are any (in a system container there are none), else those whose name is not of a virtual one.
 */
export function carriers(
  interfaces: readonly InterfaceFacts[],
  withDevice: ReadonlySet<string>,
): InterfaceFacts[] {
  const physical = interfaces.filter(({ name }) => withDevice.has(name));
  return physical.length > 0 ? physical : interfaces.filter(({ name }) => !isVirtual(name));
}
