import { rounded } from '@mediamtx-monitor/model';
import {
  BITS_PER_BYTE,
  BITS_PER_MEGABIT,
  type HostInterface,
  type HostNetwork,
  type HostTraffic,
} from '@mediamtx-monitor/types';
import { Cached, type HostFiles } from './files.ts';
import { growth, parseCount, perSecond, words } from './numbers.ts';

/** Counters of a network interface; `null` where the kernel has no such column. */
export interface InterfaceFacts {
  readonly name: string;
  readonly inboundBytes: number | null;
  readonly outboundBytes: number | null;
  readonly inboundErrors: number | null;
  readonly outboundErrors: number | null;
  readonly inboundDrops: number | null;
  readonly outboundDrops: number | null;
}

/** Reads the counters of the interfaces that carry the host's traffic. */
export class NetworkReader {
  readonly #files: HostFiles;
  readonly #path: string;
  readonly #devices: Cached<ReadonlySet<string>>;

  constructor(files: HostFiles, monotonicMs: () => number) {
    this.#files = files;
    // The network is that of the process that reads, so below another root that of its first process is read.
    this.#path = files.root === '' ? '/proc/net/dev' : '/proc/1/net/dev';
    this.#devices = new Cached(() => findDevices(files), monotonicMs);
  }

  /** `null` when they can't be seen. */
  read(): InterfaceFacts[] | null {
    return this.#files.parsed(this.#path, (text) => carriers(parseNetDev(text), this.#devices.value));
  }
}

/**
 * Finds the interfaces that have a device behind them. One whose master has a device too is left out: the master
 * counts its traffic (as with the virtual functions of Azure).
 */
function findDevices(files: HostFiles): ReadonlySet<string> {
  const folder = '/sys/class/net';
  const counts = (name: string): boolean =>
    files.exists(`${folder}/${name}/device`) && !files.exists(`${folder}/${name}/master/device`);
  return new Set(files.names(folder)?.filter(counts));
}

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
    const received = (column: string): number | null => counts[inbound.indexOf(column)] ?? null;
    const sent = (column: string): number | null => {
      const index = outbound.indexOf(column);
      return index === -1 ? null : (counts[inbound.length + index] ?? null);
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

/** How the names begin of those that carry what another one carries too, or nothing that leaves the host. */
const VIRTUAL_PREFIXES = [
  ...['dummy', 'ifb', 'veth', 'vnet', 'tap', 'tun', 'wg', 'tailscale', 'zt', 'sit', 'gre', 'ip6', 'ipip'],
  ...['docker', 'podman', 'cni', 'cali', 'cilium', 'flannel', 'kube', 'lxc', 'lxdbr', 'incusbr'],
  ...['br-', 'br0', 'br1', 'virbr', 'vmbr', 'fwbr', 'fwpr', 'fwln', 'ovs'],
  ...['bond', 'team', 'vlan', 'vxlan', 'macv', 'ipvl'],
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

const DECIMALS = 3;

function deriveInterface(
  before: InterfaceFacts | undefined,
  now: InterfaceFacts,
  elapsedMs: number,
): HostInterface {
  const rate = (count: (facts: InterfaceFacts) => number | null): number | null =>
    before === undefined ? null : perSecond(growth(count(before), count(now)), elapsedMs);
  const shown = (count: (facts: InterfaceFacts) => number | null): number | null =>
    rounded(rate(count), DECIMALS);
  const megabits = (count: (facts: InterfaceFacts) => number | null): number | null => {
    const bytes = rate(count);
    return bytes === null ? null : rounded((bytes * BITS_PER_BYTE) / BITS_PER_MEGABIT, DECIMALS);
  };
  return {
    name: now.name,
    inboundMbps: megabits((facts) => facts.inboundBytes),
    outboundMbps: megabits((facts) => facts.outboundBytes),
    inboundErrorsPerSecond: shown((facts) => facts.inboundErrors),
    outboundErrorsPerSecond: shown((facts) => facts.outboundErrors),
    inboundDropsPerSecond: shown((facts) => facts.inboundDrops),
    outboundDropsPerSecond: shown((facts) => facts.outboundDrops),
  };
}

/** Sum of those that are known; `null` when none is. */
function sumOf(
  interfaces: readonly HostInterface[],
  rate: (each: HostTraffic) => number | null,
): number | null {
  const known = interfaces.map(rate).filter((each) => each !== null);
  if (known.length === 0) return null;
  const sum = known.reduce((total, each) => total + each, 0);
  return rounded(sum, DECIMALS);
}

/** Traffic since the last tick, from proc/net/dev. */
export function deriveNetwork(
  before: readonly InterfaceFacts[] | null,
  now: readonly InterfaceFacts[] | null,
  elapsedMs: number,
): HostNetwork {
  const known = new Map(before?.map((facts) => [facts.name, facts]));
  const interfaces = now?.map((facts) => deriveInterface(known.get(facts.name), facts, elapsedMs)) ?? null;
  const total = (rate: (each: HostTraffic) => number | null): number | null => sumOf(interfaces ?? [], rate);
  return {
    inboundMbps: total((each) => each.inboundMbps),
    outboundMbps: total((each) => each.outboundMbps),
    inboundErrorsPerSecond: total((each) => each.inboundErrorsPerSecond),
    outboundErrorsPerSecond: total((each) => each.outboundErrorsPerSecond),
    inboundDropsPerSecond: total((each) => each.inboundDropsPerSecond),
    outboundDropsPerSecond: total((each) => each.outboundDropsPerSecond),
    interfaces,
  };
}
