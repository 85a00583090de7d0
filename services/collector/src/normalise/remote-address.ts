import { isIPv6 } from 'node:net';
import type { AddressPrivacy } from '@mediamtx-monitor/types';
import { maskAddress } from '../ip-address.ts';

const CANDIDATE = /^([a-z]+\/[a-z]+)\/([^/]+)\/\d+$/i;

/** `host:port` or `[host]:port` as it may be shown; masked, the port goes too. */
export function shownAddress(address: string | null, privacy: AddressPrivacy): string | null {
  if (privacy === 'full' || address === null) return address;
  if (privacy === 'none') return null;
  const host =
    /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? (isIPv6(address) ? address : address.replace(/:\d*$/, ''));
  return maskAddress(host);
}

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
