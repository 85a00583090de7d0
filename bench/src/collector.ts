/**
 * What a collector's tick costs, beside a plain poll-and-store loop that runs at the same time against the same
 * simulator. Prints CPU, memory and requests; asserts nothing: read the ratio.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { NODE_FLAGS } from '@mediamtx-monitor/runtime';
import { startRedisServer } from '@mediamtx-monitor/testkit';
import { cpuMs, residentMib } from './process-cost.ts';
import { print, printRow } from './report.ts';
import { type Program, startNode, startSimulatorProgram } from './programs.ts';

const TICK_MS = 2_000;
const SIZES = (process.env['BENCH_STREAMS'] ?? '100,1000,10000').split(',').map(Number);
const WARM_UP_MS = Number(process.env['BENCH_WARM_UP_S'] ?? 60) * 1_000;
const TICKS = Number(process.env['BENCH_TICKS'] ?? 30);

interface Cost {
  readonly cpuMsPerTick: number;
  readonly residentMib: number;
}

async function measure(streams: number): Promise<void> {
  const redis = await startRedisServer();
  const simulator = await startSimulatorProgram(streams);
  const settings = { MEDIAMTX_API_URL: simulator.url, REDIS_URL: redis.url, JSON_FILE: '', HEALTH_PORT: '0' };
  const loop = startNode('./plain-loop.js', NODE_FLAGS, settings);
  const collector = startNode('../../services/collector/dist/main.js', NODE_FLAGS, settings);
  await delay(WARM_UP_MS);

  const before = {
    requests: await simulator.requests(),
    collector: cpuMs(collector.pid),
    loop: cpuMs(loop.pid),
  };
  await delay(TICKS * TICK_MS);
  const cost = (program: Program, cpuBefore: number): Cost => ({
    cpuMsPerTick: (cpuMs(program.pid) - cpuBefore) / TICKS,
    residentMib: residentMib(program.pid),
  });
  const ours = cost(collector, before.collector);
  const plain = cost(loop, before.loop);
  const requests = ((await simulator.requests()) - before.requests) / TICKS;
  for (const each of [collector, loop, simulator]) await each.end();
  await redis.stop();

  const row = [
    `${streams} + ${streams}`,
    `${ours.cpuMsPerTick.toFixed(1)} ms`,
    `${plain.cpuMsPerTick.toFixed(1)} ms`,
    (ours.cpuMsPerTick / plain.cpuMsPerTick).toFixed(2),
    `${ours.residentMib.toFixed(0)} MiB`,
    `${plain.residentMib.toFixed(0)} MiB`,
    requests.toFixed(1),
  ];
  printRow(row);
}

print(`node ${process.version} ${NODE_FLAGS.join(' ')}, ${WARM_UP_MS / 1_000} s of warm-up, ${TICKS} ticks`);
print(
  '| streams + readers | CPU a tick | plain loop | ratio | memory | plain loop | requests a tick (both) |',
);
print('|---|---|---|---|---|---|---|');
for (const streams of SIZES) await measure(streams);
