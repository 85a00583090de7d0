/** What MediaMTX does on its ports, unless they are set otherwise. */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ['1935', 'RTMP'],
  ['1936', 'RTMPS'],
  ['8322', 'RTSPS'],
  ['8554', 'RTSP'],
  ['8888', 'HLS'],
  ['8889', 'WebRTC'],
  ['9996', 'playback'],
  ['9998', 'metrics'],
  ['9999', 'pprof'],
]);
const API_PORT = '9997';

/** What MediaMTX does on the port of this address, unless set otherwise; '' where that isn't known. */
export function serviceOfPort(url: string): string {
  return SERVICES.get(new URL(url).port) ?? '';
}

/** The same host with the port that MediaMTX's API has unless set otherwise. */
export function apiUrlOf(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${hostname}:${API_PORT}`;
}
