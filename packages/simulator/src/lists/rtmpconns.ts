import type { MemberNames } from '../versions/version.ts';
import type { Connection } from '../world/model.ts';
import { discarded, mediaBytes } from '../world/traffic.ts';
import { listClients } from './clients.ts';
import type { SimulatedList } from './list.ts';
import { byRole, numbers } from './numbers.ts';

/** Bytes of the handshake and commands, to MediaMTX and from it. */
const PUBLISHING = { in: 3_520, out: 3_467 };
const READING = { in: 3_484, out: 3_610 };
/** RTMP wraps media tighter than a path counts it. */
const MEDIA_SHARE = 0.996;

/** Of a publisher’s connection. */
export const rtmpReceived = numbers<Connection, 'inboundBytes'>({
  moving: ['inboundBytes'],
  read: (connection, nowMs) => ({ inboundBytes: PUBLISHING.in + flvBytes(connection, nowMs) }),
  still: { outboundBytes: PUBLISHING.out },
});

/** Of a reader’s connection. */
export const rtmpSent = numbers<Connection, 'outboundBytes' | 'outboundFramesDiscarded'>({
  moving: ['outboundBytes', 'outboundFramesDiscarded'],
  read: (connection, nowMs) => ({
    outboundBytes: READING.out + flvBytes(connection, nowMs),
    outboundFramesDiscarded: discarded(connection, nowMs),
  }),
  still: { inboundBytes: READING.in },
});

/** RTMP clients, or RTMPS clients. */
export function rtmpconns(members: MemberNames, type: 'rtmpConn' | 'rtmpsConn'): SimulatedList {
  return listClients(members, type, byRole(rtmpReceived, rtmpSent));
}

function flvBytes(connection: Connection, nowMs: number): number {
  return Math.floor(mediaBytes(connection, nowMs) * MEDIA_SHARE);
}
