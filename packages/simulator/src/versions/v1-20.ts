import { SRT_STATISTICS } from './srt-members.ts';
import { members, type Version } from './version.ts';

const RTSP_CONN = members(`
  id created remoteAddr session tunnel inboundBytes outboundBytes bytesReceived bytesSent`);
const RTSP_SESSION = members(`
  id created remoteAddr state path query user userAgent transport profile conns
  inboundBytes inboundRTPPackets inboundRTPPacketsLost inboundRTPPacketsInError inboundRTPPacketsJitter
  inboundRTCPPackets inboundRTCPPacketsInError outboundBytes outboundRTPPackets
  outboundRTPPacketsReportedLost outboundRTPPacketsDiscarded outboundRTCPPackets
  bytesReceived bytesSent rtpPacketsReceived rtpPacketsSent rtpPacketsLost rtpPacketsInError
  rtpPacketsJitter rtcpPacketsReceived rtcpPacketsSent rtcpPacketsInError`);
const RTMP_CONN = members(`
  id created remoteAddr state path query user userAgent inboundBytes outboundBytes
  outboundFramesDiscarded bytesReceived bytesSent`);

/** 1.20.1. MoQ sessions were only recorded empty: theirs are from the source. */
export const V1_20: Version = {
  release: 'v1.20.1',
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
    hlssessions: members('id created remoteAddr path query user userAgent isCDN outboundBytes'),
    webrtcsessions: members(`
      id created remoteAddr peerConnectionEstablished localCandidate remoteCandidate state path query user
      userAgent inboundBytes inboundRTPPackets inboundRTPPacketsLost inboundRTPPacketsJitter
      inboundRTCPPackets outboundBytes outboundRTPPackets outboundRTCPPackets outboundFramesDiscarded
      bytesReceived bytesSent rtpPacketsReceived rtpPacketsSent rtpPacketsLost rtpPacketsJitter
      rtcpPacketsReceived rtcpPacketsSent`),
    moqsessions: members(`
      id created remoteAddr state path query userAgent transport version inboundBytes outboundBytes`),
  },
  webRTCType: 'webRTCSession',
  hlsReader: 'session',
  hlsInPathBytes: true,
  sortedReaders: true,
  srtLossTimes: 1,
  beyondLastPage: 'nothing',
  zeroItemsPerPage: 'refused',
  auth: true,
  groupedNames: false,
  staticSources: false,
  forwards: members('id pos created conf protocol state lastError outboundBytes'),
  errors: 'status-error',
  unauthorized: 'status-error',
};
