import type { ConnectionFact, ConnectionFactBase, ListName, ProtocolFact } from '../facts.ts';
import type { AddressPrivacy, Role } from '@mediamtx-monitor/types';
import { asCount, asText, asTimeMs, type Fields } from '../fields.ts';
import { shownAddress } from '../addresses.ts';

/** What a protocol's normaliser is given: the raw item, and how much of addresses may be shown. */
export interface RawConnection {
  readonly fields: Fields;
  readonly privacy: AddressPrivacy;
  readonly list: ListName;
}

/** MediaMTX's `state`: `idle`, `read` or `publish`. */
function roleOf(state: unknown): Role {
  return state === 'publish' || state === 'read' ? state : 'idle';
}

/**
 * What every protocol's items tell in the same fields; `null` when there is no id. Byte counts have new names since
 * 1.17.0, but never for SRT. The field `query` is never read: it may hold passwords.
 */
export function commonFacts(
  { fields, privacy, list }: RawConnection,
  id: string | null = asText(fields['id']),
  role: Role = roleOf(fields['state']),
): ConnectionFactBase | null {
  if (id === null) return null;
  return {
    id,
    list,
    stream: asText(fields['path']),
    role,
    remoteAddr: shownAddress(asText(fields['remoteAddr']), privacy),
    user: asText(fields['user']),
    userAgent: asText(fields['userAgent']),
    openedAtMs: asTimeMs(fields['created']),
    inboundBytes: asCount(fields['inboundBytes'] ?? fields['bytesReceived']),
    outboundBytes: asCount(fields['outboundBytes'] ?? fields['bytesSent']),
  };
}

/**
 * Completes the common facts with what the protocol tells. For objects of this size V8 takes twenty times as long
 * to spread them as to assign to the fresh one.
 */
export function withDetail(common: ConnectionFactBase, detail: ProtocolFact): ConnectionFact {
  return Object.assign(common, detail);
}
