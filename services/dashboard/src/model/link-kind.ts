import type { StreamRecord } from '@mediamtx-monitor/types';
import { protocolOf } from './protocol.ts';

/** Protocols whose publishers report a round-trip time, and a loss. */
const WITH_RTT: readonly string[] = ['srt'];
const WITH_LOSS: readonly string[] = ['srt', 'rtsp', 'rtsps', 'webrtc'];

/** Why a number of a link is missing: its protocol has none; it has, and it isn't known; or the protocol isn't known. */
export type Absence =
  | { readonly kind: 'not-reported'; readonly protocol: string }
  | { readonly kind: 'not-known' | 'protocol-not-known' };

/** Over what a stream comes, or came last. */
export function sourceProtocol({
  sourceType,
  last,
}: Pick<StreamRecord, 'sourceType' | 'last'>): string | null {
  return protocolOf(sourceType) ?? last?.protocol ?? protocolOf(last?.sourceType ?? null);
}

export function whyNoRtt(protocol: string | null): Absence {
  return absence(protocol, WITH_RTT);
}

export function whyNoLoss(protocol: string | null): Absence {
  return absence(protocol, WITH_LOSS);
}

function absence(protocol: string | null, reporting: readonly string[]): Absence {
  if (protocol === null) return { kind: 'protocol-not-known' };
  return reporting.includes(protocol) ? { kind: 'not-known' } : { kind: 'not-reported', protocol };
}
