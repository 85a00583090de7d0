import type { Protocol } from '@mediamtx-monitor/types';
import type { ListName } from '../../src/protocols/index.ts';
import { type RawItem, recordedItems } from './polls.ts';

/** The lists that tell connections, and whose. */
export const CONNECTION_LISTS = [
  { list: 'srtconns', protocol: 'srt' },
  { list: 'rtspsessions', protocol: 'rtsp' },
  { list: 'rtspssessions', protocol: 'rtsps' },
  { list: 'rtmpconns', protocol: 'rtmp' },
  { list: 'rtmpsconns', protocol: 'rtmps' },
  { list: 'hlsmuxers', protocol: 'hls' },
  { list: 'hlssessions', protocol: 'hls' },
  { list: 'webrtcsessions', protocol: 'webrtc' },
  { list: 'moqsessions', protocol: 'moq' },
] as const satisfies readonly { list: ListName; protocol: Protocol }[];
export type SampledList = (typeof CONNECTION_LISTS)[number]['list'];

/** No MoQ client was there when the answers were recorded; its fields are those of MediaMTX's source (1.20.0). */
const MOQ_SESSION: RawItem = {
  id: '2b0c5f0e-6f3c-4b8d-9a53-1d2c4b8e7f10',
  created: '2026-11-22T13:32:17.489440765Z',
  remoteAddr: '127.0.0.1:40000',
  state: 'publish',
  path: 'moq-cam',
  query: 'token=moqtok',
  userAgent: 'moq-js',
  version: 'draft-14',
  transport: 'webtransport',
  inboundBytes: 1_000,
  outboundBytes: 20,
};

function sampleOf(list: SampledList): RawItem {
  if (list === 'moqsessions') return MOQ_SESSION;
  const [first] = recordedItems('1.20.1', list);
  if (first === undefined) throw new Error(`no ${list} recorded`);
  return first;
}

/** An item of each list with all its fields, as MediaMTX 1.20.1 sends it. */
export const SAMPLES = Object.fromEntries(
  CONNECTION_LISTS.map(({ list }) => [list, sampleOf(list)]),
) as Readonly<Record<SampledList, RawItem>>;
