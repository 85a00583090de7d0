import type { MemberNames } from '../versions/version.ts';
import type { Connection } from '../world/model.ts';
import { listClients } from './clients.ts';
import type { SimulatedList } from './list.ts';
import { byRole, numbers } from './numbers.ts';
import { connectionId, rtspTraffic } from './rtsp.ts';

/** Bytes of requests and responses before the media. */
const SIGNALLING = { publish: { in: 2_475, out: 574 }, read: { in: 751, out: 1_312 } };

const received = numbers<Connection, 'inboundBytes'>({
  moving: ['inboundBytes'],
  read: (connection, nowMs) => ({
    inboundBytes: SIGNALLING.publish.in + rtspTraffic(connection, nowMs).framedBytesAlong,
  }),
  still: { outboundBytes: SIGNALLING.publish.out },
});

const sent = numbers<Connection, 'outboundBytes'>({
  moving: ['outboundBytes'],
  read: (connection, nowMs) => ({
    outboundBytes: SIGNALLING.read.out + rtspTraffic(connection, nowMs).framedBytesAlong,
  }),
  still: { inboundBytes: SIGNALLING.read.in },
});

/** The sockets of RTSP clients, or with TLS of RTSPS clients. Each has one session. */
export function rtspconns(members: MemberNames, type: 'rtspSession' | 'rtspsSession'): SimulatedList {
  return listClients(members, type, byRole(received, sent), {
    id: (connection) => `"${connectionId(connection)}"`,
    created: ({ opened }) => `"${opened}"`,
    session: ({ id }) => `"${id}"`,
    tunnel: () => '"none"',
  });
}
