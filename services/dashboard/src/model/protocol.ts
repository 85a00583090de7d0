import type { StreamRecord } from '@mediamtx-monitor/types';

const KIND_SUFFIX = /(session|conn|source)$/;

/**
 * Protocol of a source, from its kind as any MediaMTX version spells it: `srtConn` → `srt`, `webRTCSession` →
 * `webrtc`, `rpiCameraSource` → `rpicamera`; `null` without a source.
 */
export function protocolOf(sourceType: string | null): string | null {
  return sourceType === null ? null : sourceType.toLowerCase().replace(KIND_SUFFIX, '');
}

/** How many watch a stream over a protocol, whatever text that is. */
function readersOver(protocol: string, { readersByProtocol }: StreamRecord): number {
  return Object.hasOwn(readersByProtocol, protocol) ? (readersByProtocol[protocol] ?? 0) : 0;
}

/** Whether a stream comes in or is watched over a protocol. */
export function usesProtocol(stream: StreamRecord, protocol: string): boolean {
  return protocolOf(stream.sourceType) === protocol || readersOver(protocol, stream) > 0;
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['srt', 'SRT'],
  ['rtsp', 'RTSP'],
  ['rtsps', 'RTSPS'],
  ['rtmp', 'RTMP'],
  ['rtmps', 'RTMPS'],
  ['hls', 'HLS'],
  ['webrtc', 'WebRTC'],
  ['moq', 'MoQ'],
  ['udp', 'UDP'],
  ['rtp', 'RTP'],
  ['mpegts', 'MPEG-TS'],
  ['rpicamera', 'Raspberry Pi'],
]);

/** A protocol as it is written; one that isn't known stays as it is. */
export function protocolName(protocol: string): string {
  return NAMES.get(protocol) ?? protocol;
}

/** Protocols whose publishers report a round-trip time, and a loss. */
const WITH_RTT: readonly string[] = ['srt'];
const WITH_LOSS: readonly string[] = ['srt', 'rtsp', 'rtsps', 'webrtc'];

/** Why a number of a link is missing: its protocol has none; it has, and it isn't known; or the protocol isn't known. */
export type MissingNumber =
  | { readonly kind: 'not-reported'; readonly protocol: string }
  | { readonly kind: 'not-known' | 'protocol-not-known' };

/** Over what a stream comes, or came last. */
export function sourceProtocol({
  sourceType,
  last,
}: Pick<StreamRecord, 'sourceType' | 'last'>): string | null {
  return protocolOf(sourceType) ?? last?.protocol ?? protocolOf(last?.sourceType ?? null);
}

export function whyNoRtt(protocol: string | null): MissingNumber {
  return missingNumber(protocol, WITH_RTT);
}

export function whyNoLoss(protocol: string | null): MissingNumber {
  return missingNumber(protocol, WITH_LOSS);
}

function missingNumber(protocol: string | null, reporting: readonly string[]): MissingNumber {
  if (protocol === null) return { kind: 'protocol-not-known' };
  return reporting.includes(protocol) ? { kind: 'not-known' } : { kind: 'not-reported', protocol };
}
