import type { AddressPrivacy } from '@mediamtx-monitor/types';
import { asCount, asFields, asText } from '../fields.ts';
import type { ForwardFact } from '../facts.ts';
import { shownError } from './last-error.ts';
import { shownTarget } from '../addresses.ts';

/** What MediaMTX calls protocols otherwise than we do. */
const PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ['whip', 'webrtc'],
  ['whips', 'webrtc'],
]);

function protocolOf(value: unknown): string | null {
  const protocol = asText(value)?.toLowerCase() ?? null;
  return protocol === null ? null : (PROTOCOLS.get(protocol) ?? protocol);
}

/**
 * One item of `/v3/paths/forward-dests/list` or, before MediaMTX 1.21, `/v3/paths/forward/list`; `null` when it has no id
 * or place. Its `conf` is never read: it holds the destination's user, password and keys.
 */
export function normaliseForward(item: unknown, privacy: AddressPrivacy): ForwardFact | null {
  const fields = asFields(item);
  const id = asText(fields?.['id']);
  const position = fields?.['pos'];
  if (fields === null || id === null || !Number.isSafeInteger(position) || Number(position) < 1) return null;
  return {
    id,
    position: Number(position),
    // The older field tells rtmps from rtmp; 1.21 calls it deprecated.
    protocol: protocolOf(fields['protocol'] ?? fields['type']),
    state: asText(fields['state']),
    error: shownError(fields['lastError'], privacy),
    remoteAddr: shownTarget(asText(asFields(fields['typeSpecific'])?.['remoteAddr']), privacy),
    outboundBytes: asCount(fields['outboundBytes']),
  };
}
