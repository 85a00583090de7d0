import type { MemberNames } from '../versions/version.ts';
import type { Connection } from '../world/model.ts';
import { mediaBytes } from '../world/traffic.ts';
import { listClients } from './clients.ts';
import type { SimulatedList } from './list.ts';
import { numbers } from './numbers.ts';

/** Segments and playlists around the media. */
const SEGMENT_OVERHEAD = 1.02;

/** Bytes that an HLS viewer has got by a monotonic time in ms. */
export function hlsBytes(viewer: Connection, nowMs: number): number {
  return Math.floor(mediaBytes(viewer, nowMs) * SEGMENT_OVERHEAD);
}

const sent = numbers<Connection, 'outboundBytes'>({
  moving: ['outboundBytes'],
  read: (viewer, nowMs) => ({ outboundBytes: hlsBytes(viewer, nowMs) }),
});

/** HLS viewers, since 1.18. */
export function hlssessions(members: MemberNames): SimulatedList {
  return listClients(members, 'hlsSession', sent, { isCDN: () => 'false' });
}
