import { redisNames } from '@mediamtx-monitor/types';
import type { Readings } from '../figures.ts';
import type { Pace } from '../pace.ts';
import { type Served, startApi, startPeer } from '../rig/api.ts';
import type { Ending } from '../rig/ending.ts';
import { residentMb } from '../rig/process-cost.ts';
import { startRedis } from '../rig/redis.ts';
import { storeSnapshot } from '../rig/stored-snapshot.ts';
import { type SocketLoad, startSocketLoad } from './socket-clients.ts';

const WAITING = 5_000;
const READING = 100;
const STUCK = 100;
const PREFIX = 'waiting';
const KB_PER_MB = 1_000;

/** What clients cost that only wait, and what those do that never read. */
export async function benchWaiting(ending: Ending, { messages }: Pace): Promise<Readings> {
  const redisUrl = await startRedis(ending);
  await storeSnapshot(ending, redisUrl, PREFIX, 100);
  const api = await startApi(ending, redisUrl, PREFIX);
  const raw = await startPeer(ending, 'api/socket-peer.js', redisUrl, redisNames(PREFIX).channel('streams'));
  const load = startSocketLoad(ending, redisUrl, PREFIX);
  await load.publish(2);
  const waiting = { value: await kbEach(load, api), beside: await kbEach(load, raw) };

  await load.connect(api, READING);
  const before = { p99Ms: (await load.publish(messages)).p99Ms, mb: residentMb(api.pid) };
  await load.connect(api, STUCK, { reads: false });
  const { p99Ms } = await load.publish(messages);
  await load.publish(messages);
  return {
    'waiting-memory': waiting,
    'stuck-memory': { value: residentMb(api.pid) - before.mb },
    'stuck-p99': { value: p99Ms, beside: before.p99Ms },
  };
}

/** Memory of each client that only waits, in kB. */
async function kbEach(load: SocketLoad, server: Served): Promise<number> {
  const emptyMb = residentMb(server.pid);
  await load.connect(server, WAITING, { deflate: true });
  const fullMb = residentMb(server.pid);
  await load.disconnect();
  return ((fullMb - emptyMb) * KB_PER_MB) / WAITING;
}
