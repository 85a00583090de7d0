import { redisNames } from '@mediamtx-monitor/types';
import type { Reading } from '../figure.ts';
import type { Readings } from '../figures.ts';
import { median } from '../median.ts';
import type { Pace } from '../pace.ts';
import { type Served, startApi, startPeer } from '../rig/api.ts';
import type { Ending } from '../rig/ending.ts';
import { cpuMs } from '../rig/process-cost.ts';
import { type Script, startScript } from '../rig/programs.ts';
import { startRedis } from '../rig/redis.ts';
import { storeSnapshot } from '../rig/stored-snapshot.ts';
import { Feeder } from './feeder.ts';
import type { HttpLoad } from './http-load.ts';

const PATH = '/api/streams/latest';
const PREFIX = 'rest';
const CONNECTIONS = 64;
const FEED_MS = 1_000;
const US_PER_MS = 1_000;

interface Answered {
  readonly perSecond: number;
  readonly cpuUs: number;
}

/** REST beside a bare server, and beside Express with a GET and a parse for each request, in turn. */
export async function benchRest(
  ending: Ending,
  { rounds, roundMs }: Pace,
  streams: 1 | 100 | 1_000,
): Promise<Readings> {
  const redisUrl = await startRedis(ending);
  await storeSnapshot(ending, redisUrl, PREFIX, streams);
  const feeder = await Feeder.connect(redisUrl, PREFIX);
  ending.add(() => {
    feeder.close();
  });
  await feeder.publish();
  const key = redisNames(PREFIX).latest('streams', 'main');
  const servers = {
    ours: await startApi(ending, redisUrl, PREFIX),
    bare: await startPeer(ending, 'api/http-peers.js', redisUrl, 'bare', key),
    express: await startPeer(ending, 'api/http-peers.js', redisUrl, 'express', key),
  };
  const feeding = setInterval(() => void feeder.publish(), FEED_MS);
  ending.add(() => {
    clearInterval(feeding);
  });
  const load = startScript(ending, 'api/http-load.js', {});
  const answered = { ours: [] as Answered[], bare: [] as Answered[], express: [] as Answered[] };
  const names = ['ours', 'bare', 'express'] as const;
  for (const name of names) await ask(servers[name], load, roundMs);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) answered[name].push(await ask(servers[name], load, roundMs));
  }
  const middle = (name: keyof typeof answered, member: keyof Answered): number =>
    median(answered[name].map((each) => each[member]));
  const beside = (peer: 'bare' | 'express', member: keyof Answered): Reading => ({
    value: middle('ours', member),
    beside: middle(peer, member),
  });
  return {
    [`rest-${streams}-rate`]: beside('bare', 'perSecond'),
    [`rest-${streams}-cpu`]: beside('bare', 'cpuUs'),
    [`rest-${streams}-express`]: beside('express', 'perSecond'),
  };
}

async function ask(server: Served, load: Script, durationMs: number): Promise<Answered> {
  const cpuBefore = cpuMs(server.pid);
  const order: HttpLoad = { port: server.port, path: PATH, connections: CONNECTIONS, durationMs };
  const answers = Number(await load.ask(order));
  const spentMs = cpuMs(server.pid) - cpuBefore;
  return { perSecond: (answers * 1_000) / durationMs, cpuUs: (spentMs * US_PER_MS) / answers };
}
