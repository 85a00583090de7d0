import type { MemberNames } from '../versions/version.ts';
import type { Connection } from '../world/model.ts';
import { mediaBytes } from '../world/traffic.ts';
import { listClients } from './clients.ts';
import type { SimulatedList } from './list.ts';
import { numbers } from './numbers.ts';

/** Objects and streams around the media. */
const OBJECT_OVERHEAD = 1.01;
/** What a reader sends to set itself up. */
const SETUP_BYTES = 214;

const sent = numbers<Connection, 'outboundBytes'>({
  moving: ['outboundBytes'],
  read: (connection, nowMs) => ({
    outboundBytes: Math.floor(mediaBytes(connection, nowMs) * OBJECT_OVERHEAD),
  }),
  still: { inboundBytes: SETUP_BYTES },
});

/** MoQ readers, since 1.19. Values are as the source has them. */
export function moqsessions(members: MemberNames): SimulatedList {
  return listClients(members, 'moqSession', sent, {
    transport: () => '"webtransport"',
    version: () => '"moqt-17"',
  });
}
