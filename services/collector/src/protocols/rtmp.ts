import type { RtmpDetail } from '@mediamtx-monitor/types';
import { asCount } from '../fields.ts';
import {
  allNull,
  commonFacts,
  type ConnectionFactBase,
  NOT_MEASURED,
  type ProtocolModule,
  type RawConnection,
  connectionsIn,
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
  Readonly<Record<List, RtmpConnection>>
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
    figures: ({ rtmp }) => ({
      rttMs: null,
      rttP95Ms: null,
      lossPercent: null,
      discards: rtmp.framesDiscarded,
    }),
    blank: ({ rtmp }) => ({ protocol, rtmp: allNull(rtmp) }),
  }) satisfies Partial<RtmpModule<never>>;

export const RTMP: RtmpModule<'rtmpconns'> = {
  ...alike('rtmp'),
  lists: [
    { name: 'rtmpconns', newName: 'rtmp/conns', itemType: 'rtmpconn', read: (raw) => read(raw, 'rtmp') },
  ],
  // Whether a source is encrypted isn't told.
  source: {
    type: 'rtmpsource',
    link: (fields, privacy) => read({ fields, privacy, list: 'rtmpconns' }, 'rtmp'),
  },
  normalise: ({ rtmpconns }) => connectionsIn('rtmp', 'rtmpconns', rtmpconns),
};

export const RTMPS: RtmpModule<'rtmpsconns'> = {
  ...alike('rtmps'),
  lists: [
    { name: 'rtmpsconns', newName: 'rtmps/conns', itemType: 'rtmpsconn', read: (raw) => read(raw, 'rtmps') },
  ],
  source: null,
  normalise: ({ rtmpsconns }) => connectionsIn('rtmps', 'rtmpsconns', rtmpsconns),
};
