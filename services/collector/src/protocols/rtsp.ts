import type { RtspDetail } from '@mediamtx-monitor/types';
import { asCount, asText } from '../fields.ts';
import type { ListOutcome } from './list.ts';
import {
  allNull,
  commonFacts,
  type ConnectionFactBase,
  type ProtocolModule,
  type RawConnection,
  connectionsIn,
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

/** What a connection's item tells of the session that it serves (`session` since 1.11.0, `tunnel` since 1.15.0). */
export interface RtspTunnel {
  readonly session: string | null;
  readonly tunnel: string | null;
}

function readTunnel({ fields }: RawConnection): RtspTunnel {
  return { session: asText(fields['session']), tunnel: asText(fields['tunnel']) };
}

/** The sessions, each with how its connection is tunnelled. */
function withTunnels(
  sessions: ListOutcome<RtspConnection>,
  connections: ListOutcome<RtspTunnel>,
): ListOutcome<RtspConnection> {
  const tunnels = new Map<string, string>();
  for (const connection of connections.kind === 'items' ? connections.items : []) {
    const { session = null, tunnel = null } = connection ?? {};
    if (session !== null && tunnel !== null) tunnels.set(session, tunnel);
  }
  if (sessions.kind !== 'items' || tunnels.size === 0) return sessions;
  const items = sessions.items.map((session) => {
    const tunnel = session === null ? undefined : tunnels.get(session.id);
    return session === null || tunnel === undefined ? session : { ...session, tunnel };
  });
  return { ...sessions, items };
}

function readSession(raw: RawConnection, protocol: RtspName): RtspConnection | null {
  const { fields } = raw;
  const common = commonFacts(raw);
  if (common === null) return null;
  return withDetail(common, {
    protocol,
    rtp: rtpFact(fields, common.role),
    transport: asText(fields['transport']),
    tunnel: null,
    packetsInError: asCount(fields['inboundRTPPacketsInError'] ?? fields['rtpPacketsInError']),
    packetsDiscarded: asCount(fields['outboundRTPPacketsDiscarded']),
  });
}

type RtspModule<Connections extends string, Sessions extends string> = ProtocolModule<
  RtspConnection,
  { readonly protocol: RtspName; readonly rtsp: RtspDetail },
  Readonly<Record<Connections, RtspTunnel> & Record<Sessions, RtspConnection>>
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
    figures: ({ rtsp: { lossPercent, packetsDiscarded } }) => ({
      rttMs: null,
      rttP95Ms: null,
      lossPercent,
      discards: packetsDiscarded,
    }),
    blank: ({ rtsp }) => ({ protocol, rtsp: allNull(rtsp) }),
  }) satisfies Partial<RtspModule<never, never>>;

export const RTSP: RtspModule<'rtspconns', 'rtspsessions'> = {
  ...alike('rtsp'),
  lists: [
    {
      name: 'rtspconns',
      newName: 'rtsp/conns',
      itemType: null,
      goesWith: 'rtspsessions',
      completes: ({ session }) => session,
      read: readTunnel,
    },
    {
      name: 'rtspsessions',
      newName: 'rtsp/sessions',
      itemType: 'rtspsession',
      read: (raw) => readSession(raw, 'rtsp'),
    },
  ],
  // Whether a source is encrypted isn't told.
  source: {
    type: 'rtspsource',
    link: (fields, privacy) => readSession({ fields, privacy, list: 'rtspsessions' }, 'rtsp'),
  },
  normalise: ({ rtspconns, rtspsessions }) =>
    connectionsIn('rtsp', 'rtspsessions', withTunnels(rtspsessions, rtspconns)),
};

export const RTSPS: RtspModule<'rtspsconns', 'rtspssessions'> = {
  ...alike('rtsps'),
  lists: [
    {
      name: 'rtspsconns',
      newName: 'rtsps/conns',
      itemType: null,
      goesWith: 'rtspssessions',
      completes: ({ session }) => session,
      read: readTunnel,
    },
    {
      name: 'rtspssessions',
      newName: 'rtsps/sessions',
      itemType: 'rtspssession',
      read: (raw) => readSession(raw, 'rtsps'),
    },
  ],
  source: null,
  normalise: ({ rtspsconns, rtspssessions }) =>
    connectionsIn('rtsps', 'rtspssessions', withTunnels(rtspssessions, rtspsconns)),
};
