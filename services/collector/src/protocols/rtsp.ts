import type { RtspDetail } from '@mediamtx-monitor/types';
import { asCount, asFields, asText } from '../fields.ts';
import type { ListOutcome } from './list.ts';
import {
  allNull,
  commonFacts,
  type ConnectionFactBase,
  type ProtocolModule,
  type RawConnection,
  readConnections,
  withDetail,
} from './protocol.ts';
import { rtpCounters, rtpDetail, type RtpFact, rtpFact, rtpMeasures } from './rtp.ts';

type RtspName = 'rtsp' | 'rtsps';

export type RtspConnection = ConnectionFactBase & {
  readonly protocol: RtspName;
  readonly rtp: RtpFact;
  readonly transport: string | null;
  readonly tunnel: string | null;
  readonly packetsInError: number | null;
  readonly packetsDiscarded: number | null;
};

/** Session id → tunnel, as the list of connections has it (`session` since 1.11.0, `tunnel` since 1.15.0). */
type Tunnels = ReadonlyMap<string, string>;

const NO_TUNNELS: Tunnels = new Map();

/** Reads of each RTSP connection which session it serves and how it is tunnelled. */
export function readTunnels(items: readonly unknown[]): Tunnels {
  const tunnels = new Map<string, string>();
  for (const item of items) {
    const fields = asFields(item);
    const session = asText(fields?.['session']);
    const tunnel = asText(fields?.['tunnel']);
    if (session !== null && tunnel !== null) tunnels.set(session, tunnel);
  }
  return tunnels;
}

function tunnelsOf(connections: ListOutcome): Tunnels {
  return connections.kind === 'items' ? readTunnels(connections.items) : NO_TUNNELS;
}

function readSession(raw: RawConnection, protocol: RtspName, tunnels: Tunnels): RtspConnection | null {
  const { fields } = raw;
  const common = commonFacts(raw);
  if (common === null) return null;
  return withDetail(common, {
    protocol,
    rtp: rtpFact(fields, common.role),
    transport: asText(fields['transport']),
    tunnel: tunnels.get(common.id) ?? null,
    packetsInError: asCount(fields['inboundRTPPacketsInError'] ?? fields['rtpPacketsInError']),
    packetsDiscarded: asCount(fields['outboundRTPPacketsDiscarded']),
  });
}

type RtspModule<List extends string> = ProtocolModule<
  RtspConnection,
  { readonly protocol: RtspName; readonly rtsp: RtspDetail },
  List
>;

/** What RTSP does alike, encrypted or not. */
const alike = (protocol: RtspName) =>
  ({
    protocol,
    counters: ({ rtp }) => rtpCounters(rtp),
    discards: ({ packetsDiscarded }) => packetsDiscarded,
    rttMs: () => null,
    detail: ({ rtp, role, transport, tunnel, packetsInError, packetsDiscarded }, context) => ({
      protocol,
      rtsp: Object.assign(rtpDetail(rtp, role, context), {
        transport,
        tunnel,
        packetsInError,
        packetsDiscarded,
      }),
    }),
    measures: ({ rtsp }) => rtpMeasures(rtsp),
    blank: ({ rtsp }) => ({ protocol, rtsp: allNull(rtsp) }),
  }) satisfies Partial<RtspModule<never>>;

export const RTSP: RtspModule<'rtspconns' | 'rtspsessions'> = {
  ...alike('rtsp'),
  lists: [
    { name: 'rtspconns', newName: 'rtsp/conns', itemType: null, goesWith: 'rtspsessions' },
    { name: 'rtspsessions', newName: 'rtsp/sessions', itemType: 'rtspsession' },
  ],
  // Whether a source is encrypted isn't told.
  source: {
    type: 'rtspsource',
    link: (fields, privacy) => readSession({ fields, privacy, list: 'rtspsessions' }, 'rtsp', NO_TUNNELS),
  },
  normalise: ({ rtspconns, rtspsessions }, privacy) => {
    const tunnels = tunnelsOf(rtspconns);
    return readConnections('rtsp', 'rtspsessions', rtspsessions, privacy, (raw) =>
      readSession(raw, 'rtsp', tunnels),
    );
  },
};

export const RTSPS: RtspModule<'rtspsconns' | 'rtspssessions'> = {
  ...alike('rtsps'),
  lists: [
    { name: 'rtspsconns', newName: 'rtsps/conns', itemType: null, goesWith: 'rtspssessions' },
    { name: 'rtspssessions', newName: 'rtsps/sessions', itemType: 'rtspssession' },
  ],
  source: null,
  normalise: ({ rtspsconns, rtspssessions }, privacy) => {
    const tunnels = tunnelsOf(rtspsconns);
    return readConnections('rtsps', 'rtspssessions', rtspssessions, privacy, (raw) =>
      readSession(raw, 'rtsps', tunnels),
    );
  },
};
