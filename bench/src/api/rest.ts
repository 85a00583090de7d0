import { redisNames } from '@mediamtx-monitor/types';
import { cpuMs } from '../process-cost.ts';
import { Feeder } from './feeder.ts';
import type { HttpLoad } from './http-load.ts';
import { median, printRow } from '../report.ts';
import { type Helper, type Served, startApi, startHelper, startPeer } from './started.ts';
import { storeSnapshot } from './stored-snapshot.ts';

const PATH = '/api/streams/latest';
const CONNECTIONS = 64;
const FEED_MS = 1_000;
const US_PER_MS = 1_000;

interface RestRound {
  readonly answersPerSecond: number;
  readonly cpuUsPerAnswer: number;
}

async function measure(server: Served, load: Helper, durationMs: number): Promise<RestRound> {
  const cpuBefore = cpuMs(server.pid);
  const order: HttpLoad = { port: server.port, path: PATH, connections: CONNECTIONS, durationMs };
  const answers = Number(await load.ask(order));
  const spentMs = cpuMs(server.pid) - cpuBefore;
  return {
    answersPerSecond: (answers * 1_000) / durationMs,
    cpuUsPerAnswer: (spentMs * US_PER_MS) / answers,
  };
}

/** REST beside a bare server and beside Express with a GET and a parse for each request. */
export async function benchRest(
  redisUrl: string,
  streams: number,
  rounds: number,
  roundMs: number,
): Promise<void> {
  const prefix = `rest-${streams}`;
  await storeSnapshot(redisUrl, prefix, streams);
  const feeder = await Feeder.connect(redisUrl, prefix);
  await feeder.publish();
  const key = redisNames(prefix).latest('streams', 'main');
  const servers = {
    ours: await startApi(redisUrl, prefix),
    bare: await startPeer('./http-peers.js', redisUrl, 'bare', key),
    express: await startPeer('./http-peers.js', redisUrl, 'express', key),
  };
  const feeding = setInterval(() => void feeder.publish(), FEED_MS);
  const load = startHelper('./http-load.js', redisUrl);
  const results = { ours: [] as RestRound[], bare: [] as RestRound[], express: [] as RestRound[] };
  const names = ['ours', 'bare', 'express'] as const;
  for (const name of names) await measure(servers[name], load, roundMs);
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) results[name].push(await measure(servers[name], load, roundMs));
  }
  clearInterval(feeding);
  feeder.close();
  for (const program of [load, ...Object.values(servers)]) await program.end();

  const rate = (name: keyof typeof results): number =>
    median(results[name].map(({ answersPerSecond }) => answersPerSecond));
  const cpu = (name: keyof typeof results): number =>
    median(results[name].map(({ cpuUsPerAnswer }) => cpuUsPerAnswer));
  printRow([
    streams,
    ...names.map((name) => `${rate(name).toFixed(0)}/s, ${cpu(name).toFixed(0)} µs`),
    (rate('ours') / rate('bare')).toFixed(2),
    (rate('ours') / rate('express')).toFixed(1),
  ]);
}
