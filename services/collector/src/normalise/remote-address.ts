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
