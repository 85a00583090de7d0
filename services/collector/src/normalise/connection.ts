import type { ListName } from '../facts.ts';
import type { Role } from '@mediamtx-monitor/types';
import { asMeasure, asText, asTimeMs, type Fields } from './fields.ts';
import { type AddressPrivacy, shownAddress } from './remote-address.ts';

/** What a protocol's normaliser is given: the raw item, and how much of addresses may be shown. */
export interface RawConnection {
  readonly fields: Fields;
  readonly privacy: AddressPrivacy;
  readonly list: ListName;
}

/** What every protocol's items tell in the same fields. The field `query` is never read: it may hold passwords. */
export interface CommonFacts {
  readonly id: string;
  readonly list: ListName;
  readonly stream: string | null;
  readonly role: Role;
  readonly remoteAddr: string | null;
  readonly user: string | null;
  readonly userAgent: string | null;
  readonly openedAtMs: number | null;
  readonly inboundBytes: number | null;
  readonly outboundBytes: number | null;
}

/** MediaMTX's `state`: `idle`, `read` or `publish`. HLS has none: its sessions read. */
function roleOf(state: unknown): Role {
  return state === 'publish' || state === 'read' ? state : 'idle';
}

/** The common part of a connection; `null` when it has no id. Byte counts: new names since 1.17.0, never for SRT. */
export function commonFacts({ fields, privacy, list }: RawConnection): CommonFacts | null {
  const id = asText(fields['id']);
  if (id === null) return null;
  return {
    id,
    list,
    stream: asText(fields['path']),
    role: roleOf(fields['state']),
    remoteAddr: shownAddress(asText(fields['remoteAddr']), privacy),
    user: asText(fields['user']),
    userAgent: asText(fields['userAgent']),
    openedAtMs: asTimeMs(fields['created']),
    inboundBytes: asMeasure(fields['inboundBytes'] ?? fields['bytesReceived']),
    outboundBytes: asMeasure(fields['outboundBytes'] ?? fields['bytesSent']),
  };
}
