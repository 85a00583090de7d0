import { members, type Version } from './version.ts';

const RTSP_CONN = members('id created remoteAddr bytesReceived bytesSent');
const RTSP_SESSION = members('id created remoteAddr state path transport bytesReceived bytesSent');
const CONN = members('id created remoteAddr state path bytesReceived bytesSent');

/** 1.2.0, the first with `/v3`. */
export const V1_2: Version = {
  release: 'v1.2.0',
  lists: {
    paths: members('name confName source ready readyTime tracks bytesReceived readers'),
    srtconns: CONN,
    rtspconns: RTSP_CONN,
    rtspsessions: RTSP_SESSION,
    rtspsconns: RTSP_CONN,
    rtspssessions: RTSP_SESSION,
    rtmpconns: CONN,
    rtmpsconns: CONN,
    hlsmuxers: members('path created lastRequest bytesSent'),
    webrtcsessions: members(`
      id created remoteAddr peerConnectionEstablished localCandidate remoteCandidate state path
      bytesReceived bytesSent`),
  },
  webRTCType: 'webRTCSession',
  hlsReader: 'muxer',
  hlsInPathBytes: true,
  sortedReaders: false,
  srtLossTimes: 1,
  beyondLastPage: 'last-item',
  zeroItemsPerPage: 'exits',
  auth: false,
  groupedNames: false,
  staticSources: false,
  forwards: null,
  errors: 'empty',
  unauthorized: 'empty',
};
