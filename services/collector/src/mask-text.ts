import { isIPv6 } from 'node:net';
import { REMOVED } from '@mediamtx-monitor/runtime';
import type { AddressPrivacy } from '@mediamtx-monitor/types';
import { maskAddress } from './ip-address.ts';

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
