import type { Protocol } from '@mediamtx-monitor/types';

/** The protocol of each type of reader or publisher, in lower case, since MediaMTX's spelling drifts between versions. */
const PROTOCOL_OF: ReadonlyMap<string, Protocol> = new Map<string, Protocol>([
  ['srtconn', 'srt'],
  ['rtspsession', 'rtsp'],
  ['rtspssession', 'rtsps'],
  ['rtmpconn', 'rtmp'],
  ['rtmpsconn', 'rtmps'],
  ['hlsmuxer', 'hls'],
  ['hlssession', 'hls'],
  ['webrtcsession', 'webrtc'],
  ['moqsession', 'moq'],
]);

/** The protocol a type of reader or publisher belongs to; `null` for one of no protocol of ours. */
export function protocolOf(type: string): Protocol | null {
  return PROTOCOL_OF.get(type.toLowerCase()) ?? null;
}

/** Number of readers by protocol; those of no protocol of ours (as `hidden`, 1.18) are `other`. */
export function readersByProtocol(types: readonly string[]): Readonly<Record<string, number>> {
  const counts: Partial<Record<Protocol | 'other', number>> = {};
  for (const type of types) {
    const protocol = protocolOf(type) ?? 'other';
    counts[protocol] = (counts[protocol] ?? 0) + 1;
  }
  return counts;
}
