import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { eventually, freePort } from '@mediamtx-monitor/testkit';
import type { Mediamtx } from './mediamtx.ts';
import { run, type Running } from '../../support/running.ts';
import { builtProgram } from '../../support/services.ts';

/** Runs mediamtx-snapshot: that many samples, 2 s apart, into a file. */
export async function takeSnapshot({ apiUrl }: Mediamtx, file: string, samples: number): Promise<void> {
  const program = builtProgram('services/collector/dist/snapshot-main.js');
  const child = spawn(process.execPath, [program, '--output', file, '--samples', String(samples)], {
    env: { MEDIAMTX_API_URL: apiUrl },
    stdio: 'inherit',
  });
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`mediamtx-snapshot ended with ${String(child.exitCode)}`);
}

/** A simulator that replays a file, in MediaMTX's place. */
export interface Replay extends Pick<Running, 'stop'> {
  readonly apiUrl: string;
}

/** Starts the simulator as it is built, on a free port, and waits until it listens. */
export async function startReplay(file: string): Promise<Replay> {
  const port = await freePort();
  const running = run(process.execPath, [builtProgram('packages/simulator/dist/main.js')], {
    SIMULATOR_PORT: String(port),
    SIMULATOR_REPLAY: file,
  });
  await eventually(() => {
    running.mustRun();
    if (!running.output().includes('replaying')) throw new Error('the simulator is not ready');
  }, 30_000);
  return { apiUrl: `http://127.0.0.1:${port}`, stop: running.stop };
}
