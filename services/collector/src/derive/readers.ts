import type { Protocol } from '@mediamtx-monitor/types';

/** The protocol of each reader type, in lower case, since MediaMTX's spelling drifts between versions. */
const PROTOCOL_OF: Readonly<Record<string, Protocol>> = {
  srtconn: 'srt',
  rtspsession: 'rtsp',
  rtspssession: 'rtsps',
  rtmpconn: 'rtmp',
  rtmpsconn: 'rtmps',
  hlsmuxer: 'hls',
  hlssession: 'hls',
  webrtcsession: 'webrtc',
  moqsession: 'moq',
};

/** Number of readers by protocol; those of no protocol of ours (as `hidden`, 1.18) are `other`. */
export function readersByProtocol(types: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const type of types) {
    const protocol = PROTOCOL_OF[type] ?? 'other';
    counts[protocol] = (counts[protocol] ?? 0) + 1;
  }
  return counts;
}
