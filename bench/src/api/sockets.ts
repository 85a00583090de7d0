import { redisNames } from '@mediamtx-monitor/types';
import type { Reading } from '../figure.ts';
import type { Readings } from '../figures.ts';
import { median } from '../median.ts';
import type { Pace } from '../pace.ts';
import { type Served, startApi, startPeer } from '../rig/api.ts';
import type { Ending } from '../rig/ending.ts';
import { cpuMs } from '../rig/process-cost.ts';
import { startRedis } from '../rig/redis.ts';
import { storeSnapshot } from '../rig/stored-snapshot.ts';
import { type SocketLoad, startSocketLoad } from './socket-clients.ts';

const CLIENTS = 1_000;
const STREAMS = 100;
const PREFIX = 'sockets';
const US_PER_MS = 1_000;
const BYTES_PER_KB = 1_000;

interface SocketDelivery {
  readonly cpuUs: number;
  readonly kb: number;
  readonly p99Ms: number;
}

/** WebSocket beside a loop that writes a ready frame to raw sockets, in turn; plain and with permessage-deflate. */
export async function benchSockets(ending: Ending, { rounds, messages }: Pace): Promise<Readings> {
  const redisUrl = await startRedis(ending);
  await storeSnapshot(ending, redisUrl, PREFIX, STREAMS);
  const api = await startApi(ending, redisUrl, PREFIX);
  const channel = redisNames(PREFIX).channel('streams');
  const raw = await startPeer(ending, 'api/socket-peer.js', redisUrl, channel);
  const load = startSocketLoad(ending, redisUrl, PREFIX);
  const kinds = {
    raw: { server: raw, deflate: false, deliveries: [] as SocketDelivery[] },
    plain: { server: api, deflate: false, deliveries: [] as SocketDelivery[] },
    deflate: { server: api, deflate: true, deliveries: [] as SocketDelivery[] },
  };
  for (let round = 0; round <= rounds; round += 1) {
    for (const { server, deflate, deliveries } of Object.values(kinds)) {
      await load.connect(server, CLIENTS, { deflate });
      // The first after a pause makes data fresh again, which the API tells each client in a message of its own.
      await load.publish(1);
      const delivery = await deliver(server, load, messages);
      // The first round warms up.
      if (round > 0) deliveries.push(delivery);
      await load.disconnect();
    }
  }
  const reading = (kind: 'plain' | 'deflate', member: keyof SocketDelivery): Reading => ({
    value: median(kinds[kind].deliveries.map((each) => each[member])),
    beside: median(kinds.raw.deliveries.map((each) => each[member])),
  });
  return {
    'sockets-plain-cpu': reading('plain', 'cpuUs'),
    'sockets-plain-size': reading('plain', 'kb'),
    'sockets-plain-p99': reading('plain', 'p99Ms'),
    'sockets-deflate-cpu': reading('deflate', 'cpuUs'),
    'sockets-deflate-size': reading('deflate', 'kb'),
    'sockets-deflate-p99': reading('deflate', 'p99Ms'),
  };
}

/** What each delivered message cost the server. */
async function deliver(server: Served, load: SocketLoad, messages: number): Promise<SocketDelivery> {
  const cpuBefore = cpuMs(server.pid);
  const delivered = await load.publish(messages);
  const spentMs = cpuMs(server.pid) - cpuBefore;
  return {
    cpuUs: (spentMs * US_PER_MS) / delivered.messages,
    kb: delivered.bytes / delivered.messages / BYTES_PER_KB,
    p99Ms: delivered.p99Ms,
  };
}
