import {
  type ConnectionRecord,
  NOTHING_DERIVED,
  type ProtocolDetail,
  type StreamRecord,
} from '@mediamtx-monitor/types';

/**
 * A stream's record while the path list can't be read: what MediaMTX said stays as last read; what is derived from
 * it isn't known any more.
 */
export function carriedStream(record: StreamRecord, unknownSince: string): StreamRecord {
  if (record.state === 'unknown' && record.since === unknownSince) return record;
  return { ...record, ...NOTHING_DERIVED, since: unknownSince };
}

/** `detail` with nothing known in it. */
function blank<Detail extends object>(detail: Detail): { [Key in keyof Detail]: null } {
  return Object.fromEntries(Object.keys(detail).map((key) => [key, null])) as { [Key in keyof Detail]: null };
}

function blankDetail(record: ConnectionRecord): ProtocolDetail {
  switch (record.protocol) {
    case 'srt':
      return { protocol: 'srt', srt: blank(record.srt) };
    case 'rtsp':
    case 'rtsps':
      return { protocol: record.protocol, rtsp: blank(record.rtsp) };
    case 'rtmp':
    case 'rtmps':
      return { protocol: record.protocol, rtmp: blank(record.rtmp) };
    case 'hls':
      return { protocol: 'hls', hls: blank(record.hls) };
    case 'webrtc':
      return { protocol: 'webrtc', webrtc: blank(record.webrtc) };
    case 'moq':
      return { protocol: 'moq', moq: blank(record.moq) };
  }
}

/** A connection's record while its list can't be read: who it was stays, how it is isn't known. */
export function carriedConnection(record: ConnectionRecord): ConnectionRecord {
  if (record.health === 'unknown') return record;
  return {
    ...record,
    inboundMbps: null,
    outboundMbps: null,
    health: 'unknown',
    reasons: [],
    ...blankDetail(record),
  };
}
