import { SRT_STATISTICS } from './srt-members.ts';
import { members, type Version } from './version.ts';

const RTSP_CONN = members('id created remoteAddr bytesReceived bytesSent session');
const RTSP_SESSION = members(`
  id created remoteAddr state path query transport bytesReceived bytesSent
  rtpPacketsReceived rtpPacketsSent rtpPacketsLost rtpPacketsInError rtpPacketsJitter
  rtcpPacketsReceived rtcpPacketsSent rtcpPacketsInError`);
const RTMP_CONN = members('id created remoteAddr state path query bytesReceived bytesSent');

/** 1.13.0. */
export const V1_13: Version = {
  release: 'v1.13.0',
  lists: {
    paths: members('name confName source ready readyTime tracks bytesReceived bytesSent readers'),
    srtconns: members(`id created remoteAddr state path query ${SRT_STATISTICS}`),
    rtspconns: RTSP_CONN,
    rtspsessions: RTSP_SESSION,
    rtspsconns: RTSP_CONN,
    rtspssessions: RTSP_SESSION,
    rtmpconns: RTMP_CONN,
    rtmpsconns: RTMP_CONN,
    hlsmuxers: members('path created lastRequest bytesSent'),
    webrtcsessions: members(`
      id created remoteAddr peerConnectionEstablished localCandidate remoteCandidate state path query
      bytesReceived bytesSent`),
  },
  webRTCType: 'webRTCSession',
  hlsReader: 'muxer',
  hlsInPathBytes: true,
  sortedReaders: false,
  srtLossTimes: 1,
  beyondLastPage: 'nothing',
  zeroItemsPerPage: 'refused',
  auth: true,
  groupedNames: false,
  staticSources: false,
  forwards: null,
  errors: 'error',
  unauthorized: 'empty',
};
