import { isIPv4, isIPv6 } from 'node:net';
import { groupsOf, REMOVED } from '@mediamtx-monitor/runtime';
import type { AddressPrivacy } from '@mediamtx-monitor/types';

const V4_KEPT = 3;
const V6_KEPT = 3;
const V4_IN_V6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

function maskV4(address: string): string {
  return [...address.split('.').slice(0, V4_KEPT), '0'].join('.');
}

/** The first 48 bits of an IPv6 address, in the one form that all its spellings have in common. */
function maskV6(address: string): string {
  const kept = groupsOf(address).slice(0, V6_KEPT);
  return `${kept.map((group) => group.toString(16)).join(':')}::`;
}

/** One IP address, masked to its /24 or /48; `null` where it is none. */
export function maskAddress(address: string): string | null {
  const embedded = V4_IN_V6.exec(address)?.[1];
  const v4 = embedded ?? address;
  if (isIPv4(v4)) return maskV4(v4);
  return isIPv6(address) ? maskV6(address) : null;
}

/** `host:port` or `[host]:port` as it may be shown; masked, the port goes too. */
export function shownAddress(address: string | null, privacy: AddressPrivacy): string | null {
  if (privacy === 'full' || address === null) return address;
  if (privacy === 'none') return null;
  const host =
    /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? (isIPv6(address) ? address : address.replace(/:\d*$/, ''));
  return maskAddress(host);
}

const CANDIDATE = /^([a-z]+\/[a-z]+)\/([^/]+)\/\d+$/i;

/**
 * A WebRTC candidate, `kind/protocol/address/port` in MediaMTX, as it may be shown: without its address where that
 * can't be masked, and not at all where it looks otherwise.
 */
export function shownCandidate(candidate: string | null, privacy: AddressPrivacy): string | null {
  if (privacy === 'full' || candidate === null) return candidate;
  const [, kind, address = ''] = CANDIDATE.exec(candidate) ?? [];
  if (kind === undefined) return null;
  const masked = privacy === 'none' ? null : maskAddress(address);
  return masked === null ? kind : `${kind}/${masked}`;
}

/** What MediaMTX tells where it connects to: never an address with user or path, whatever it is. */
const HOST_AND_PORT = /^(?:\[[\da-f:.]+(?:%[\w.-]+)?\]|[\w.-]+)(?::\d{1,5})?$/i;

/** Whether a text is no more than a host and a port. */
export function isHostAndPort(text: string | null): boolean {
  return text !== null && HOST_AND_PORT.test(text);
}

/** Where MediaMTX sends a stream to, as it may be shown. */
export function shownTarget(address: string | null, privacy: AddressPrivacy): string | null {
  return isHostAndPort(address) ? shownAddress(address, privacy) : null;
}

/** Four numbers with dots in between, and the port behind them; a full stop may follow. */
const V4 = /(?<![\w.])((?:\d{1,3}\.){3}\d{1,3})(?!\w|\.\d)(?:[:/]\d+)?/g;
const V6_IN_BRACKETS = /\[([\da-f:.]+(?:%[\w.-]+)?)\](?::\d+)?/gi;
/** Whatever looks a little like an IPv6 address; whether it is one is asked apart. */
const MAYBE_V6 = /(?<![\w:.])([\da-f]*:[\da-f:.]*[\da-f:](?:%[\w.-]+)?)(?:\/\d+)?/gi;

/** A text without the hosts of the IP addresses in it, and without their ports: as REMOTE_ADDR has them. */
export function maskText(text: string, privacy: AddressPrivacy): string {
  if (privacy === 'full') return text;
  const shown = (address: string): string => (privacy === 'none' ? null : maskAddress(address)) ?? REMOVED;
  const masked = text
    .replace(V6_IN_BRACKETS, (all, address: string) => (isIPv6(address) ? shown(address) : all))
    .replace(MAYBE_V6, (all, address: string) => (isIPv6(address) ? shown(address) : all))
    .replace(V4, (_all, address: string) => shown(address));
  // A text that is an address and nothing else is as good as not told.
  return masked === REMOVED ? '' : masked;
}
