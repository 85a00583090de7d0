import type { RtmpDetail } from '@mediamtx-monitor/types';
import { asCount } from '../fields.ts';
import {
  allNull,
  commonFacts,
  type ConnectionFactBase,
  NOT_MEASURED,
  type ProtocolModule,
  type RawConnection,
  readConnections,
  withDetail,
} from './protocol.ts';

type RtmpName = 'rtmp' | 'rtmps';

export type RtmpConnection = ConnectionFactBase & {
  readonly protocol: RtmpName;
  readonly framesDiscarded: number | null;
};

function read(raw: RawConnection, protocol: RtmpName): RtmpConnection | null {
  const common = commonFacts(raw);
  if (common === null) return null;
  return withDetail(common, { protocol, framesDiscarded: asCount(raw.fields['outboundFramesDiscarded']) });
}

type RtmpModule<List extends string> = ProtocolModule<
  RtmpConnection,
  { readonly protocol: RtmpName; readonly rtmp: RtmpDetail },
  List
>;

/** What RTMP does alike, encrypted or not. */
const alike = (protocol: RtmpName) =>
  ({
    protocol,
    counters: () => [null],
    discards: ({ framesDiscarded }) => framesDiscarded,
    rttMs: () => null,
    detail: ({ framesDiscarded }) => ({ protocol, rtmp: { framesDiscarded } }),
    measures: () => NOT_MEASURED,
    blank: ({ rtmp }) => ({ protocol, rtmp: allNull(rtmp) }),
  }) satisfies Partial<RtmpModule<never>>;

export const RTMP: RtmpModule<'rtmpconns'> = {
  ...alike('rtmp'),
  lists: [{ name: 'rtmpconns', newName: 'rtmp/conns', itemType: 'rtmpconn' }],
  // Whether a source is encrypted isn't told.
  source: {
    type: 'rtmpsource',
    link: (fields, privacy) => read({ fields, privacy, list: 'rtmpconns' }, 'rtmp'),
  },
  normalise: ({ rtmpconns }, privacy) =>
    readConnections('rtmp', 'rtmpconns', rtmpconns, privacy, (raw) => read(raw, 'rtmp')),
};

export const RTMPS: RtmpModule<'rtmpsconns'> = {
  ...alike('rtmps'),
  lists: [{ name: 'rtmpsconns', newName: 'rtmps/conns', itemType: 'rtmpsconn' }],
  source: null,
  normalise: ({ rtmpsconns }, privacy) =>
    readConnections('rtmps', 'rtmpsconns', rtmpsconns, privacy, (raw) => read(raw, 'rtmps')),
};
