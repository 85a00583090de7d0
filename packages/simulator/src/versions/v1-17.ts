import { SRT_STATISTICS } from './srt-members.ts';
import { members, type Version } from './version.ts';

const RTSP_CONN = members(`
  id created remoteAddr session tunnel inboundBytes outboundBytes bytesReceived bytesSent`);
const RTSP_SESSION = members(`
  id created remoteAddr state path query user transport profile conns
  inboundBytes inboundRTPPackets inboundRTPPacketsLost inboundRTPPacketsInError inboundRTPPacketsJitter
  inboundRTCPPackets inboundRTCPPacketsInError outboundBytes outboundRTPPackets
  outboundRTPPacketsReportedLost outboundRTPPacketsDiscarded outboundRTCPPackets
  bytesReceived bytesSent rtpPacketsReceived rtpPacketsSent rtpPacketsLost rtpPacketsInError
  rtpPacketsJitter rtcpPacketsReceived rtcpPacketsSent rtcpPacketsInError`);
const RTMP_CONN = members(`
  id created remoteAddr state path query user inboundBytes outboundBytes outboundFramesDiscarded
  bytesReceived bytesSent`);

/** 1.17.0: the last with HLS muxers as readers, the first with the present names of its numbers. */
export const V1_17: Version = {
  release: 'v1.17.0',
  lists: {
    info: members('version started'),
    paths: members(`
      name confName ready readyTime available availableTime online onlineTime source tracks tracks2 readers
      inboundBytes outboundBytes inboundFramesInError bytesReceived bytesSent`),
    srtconns: members(`
      id created remoteAddr state path query user ${SRT_STATISTICS} outboundFramesDiscarded`),
    rtspconns: RTSP_CONN,
    rtspsessions: RTSP_SESSION,
    rtspsconns: RTSP_CONN,
    rtspssessions: RTSP_SESSION,
    rtmpconns: RTMP_CONN,
    rtmpsconns: RTMP_CONN,
    hlsmuxers: members('path created lastRequest outboundBytes outboundFramesDiscarded bytesSent'),
    webrtcsessions: members(`
      id created remoteAddr peerConnectionEstablished localCandidate remoteCandidate state path query user
      inboundBytes inboundRTPPackets inboundRTPPacketsLost inboundRTPPacketsJitter inboundRTCPPackets
      outboundBytes outboundRTPPackets outboundRTCPPackets outboundFramesDiscarded
      bytesReceived bytesSent rtpPacketsReceived rtpPacketsSent rtpPacketsLost rtpPacketsJitter
      rtcpPacketsReceived rtcpPacketsSent`),
  },
  webRTCType: 'webRTCSession',
  hlsReader: 'muxer',
  hlsInPathBytes: false,
  sortedReaders: false,
  srtLossTimes: 1,
  beyondLastPage: 'nothing',
  zeroItemsPerPage: 'refused',
  auth: true,
  groupedNames: false,
  staticSources: false,
  forwards: null,
  errors: 'status-error',
  unauthorized: 'status-error',
};
