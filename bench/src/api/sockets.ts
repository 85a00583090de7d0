import { redisNames } from '@mediamtx-monitor/types';
import { cpuMs, residentMib } from '../process-cost.ts';
import { median, print, printRow } from '../report.ts';
import type { Command, Delivered } from './socket-load.ts';
import { type Served, startApi, startHelper, startPeer } from './started.ts';
import { storeSnapshot } from './stored-snapshot.ts';

const EVERY_MS = 500;
const US_PER_MS = 1_000;
const KIB_PER_MIB = 1_024;

interface SocketsRound {
  readonly cpuUsPerMessage: number;
  readonly bytesPerMessage: number;
  readonly p99Ms: number;
}

/** A process of clients that also publishes. */
function startLoad(redisUrl: string, prefix: string) {
  const helper = startHelper('./socket-load.js', redisUrl, prefix);
  return {
    end: helper.end,
    connect: async (server: Served, clients: number, how: { deflate?: boolean; reads?: boolean } = {}) => {
      const { deflate = false, reads = true } = how;
      await helper.ask({ do: 'connect', port: server.port, clients, deflate, reads } satisfies Command);
    },
    publish: async (messages: number): Promise<Delivered> =>
      (await helper.ask({ do: 'publish', messages, everyMs: EVERY_MS } satisfies Command)) as Delivered,
    disconnect: () => helper.ask({ do: 'disconnect' } satisfies Command),
  };
}
type Load = ReturnType<typeof startLoad>;

async function measure(server: Served, load: Load, messages: number): Promise<SocketsRound> {
  const cpuBefore = cpuMs(server.pid);
  const delivered = await load.publish(messages);
  const spentMs = cpuMs(server.pid) - cpuBefore;
  return {
    cpuUsPerMessage: (spentMs * US_PER_MS) / delivered.messages,
    bytesPerMessage: delivered.bytes / delivered.messages,
    p99Ms: delivered.p99Ms,
  };
}

/** WebSocket beside a loop that writes a ready frame to raw sockets; plain and with permessage-deflate. */
export async function benchSockets(
  redisUrl: string,
  {
    streams,
    clients,
    messages,
    rounds,
  }: { streams: number; clients: number; messages: number; rounds: number },
): Promise<void> {
  const prefix = `sockets-${streams}`;
  await storeSnapshot(redisUrl, prefix, streams);
  const api = await startApi(redisUrl, prefix);
  const loop = await startPeer('./socket-peer.js', redisUrl, redisNames(prefix).channel('streams'));
  const load = startLoad(redisUrl, prefix);
  const kinds = [
    { name: 'the loop', server: loop, deflate: false, rounds: [] as SocketsRound[] },
    { name: 'ours', server: api, deflate: false, rounds: [] as SocketsRound[] },
    { name: 'ours, permessage-deflate', server: api, deflate: true, rounds: [] as SocketsRound[] },
  ];
  for (let round = 0; round <= rounds; round += 1) {
    for (const kind of kinds) {
      await load.connect(kind.server, clients, { deflate: kind.deflate });
      const measured = await measure(kind.server, load, messages);
      // The first round warms up.
      if (round > 0) kind.rounds.push(measured);
      await load.disconnect();
    }
  }
  await load.end();
  for (const server of [api, loop]) await server.end();
  for (const { name, rounds: all } of kinds) {
    const middle = (member: keyof SocketsRound): number => median(all.map((round) => round[member]));
    printRow([
      name,
      `${middle('cpuUsPerMessage').toFixed(1)} µs`,
      middle('bytesPerMessage').toFixed(0),
      `${middle('p99Ms').toFixed(1)} ms`,
    ]);
  }
}

/** What clients cost that only wait, and what those do that never read. */
export async function benchIdle(redisUrl: string, idle: number, stuck: number): Promise<void> {
  const prefix = 'idle';
  const messages = 20;
  await storeSnapshot(redisUrl, prefix, 100);
  const api = await startApi(redisUrl, prefix);
  const load = startLoad(redisUrl, prefix);
  await load.publish(2);
  const emptyMib = residentMib(api.pid);
  await load.connect(api, idle, { deflate: true });
  const idleMib = residentMib(api.pid);
  print(`${idle} idle clients: ${(((idleMib - emptyMib) * KIB_PER_MIB) / idle).toFixed(1)} KiB each`);
  await load.disconnect();

  await load.connect(api, 100);
  const before = { p99Ms: (await load.publish(messages)).p99Ms, mib: residentMib(api.pid) };
  await load.connect(api, stuck, { reads: false });
  const first = { p99Ms: (await load.publish(messages)).p99Ms, mib: residentMib(api.pid) };
  const second = { p99Ms: (await load.publish(messages)).p99Ms, mib: residentMib(api.pid) };
  const shown = ({ p99Ms, mib }: typeof before): string =>
    `${mib.toFixed(0)} MiB, p99 ${p99Ms.toFixed(1)} ms`;
  print(`100 clients: ${shown(before)}`);
  print(`and ${stuck} that never read: ${shown(first)}; after as many messages again: ${shown(second)}`);
  await load.end();
  await api.end();
}
