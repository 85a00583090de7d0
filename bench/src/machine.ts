import { execFile } from 'node:child_process';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { promisify } from 'node:util';
import { NODE_FLAGS } from '@mediamtx-monitor/runtime';

const BYTES_PER_GB = 1e9;

/**
 * What figures were measured on, a line each.
 * @param hasPage whether Chromium is measured with
 */
export async function machineLines(hasPage: boolean): Promise<readonly string[]> {
  const model = cpus()[0]?.model.trim() ?? 'processor unknown';
  const chromium = process.env['CHROMIUM_BIN'] ?? '/usr/bin/chromium';
  return [
    `${availableParallelism()} cores of ${model}, ${(totalmem() / BYTES_PER_GB).toFixed(1)} GB`,
    `Linux ${release()}`,
    `Node ${process.version} with ${NODE_FLAGS.join(' ')}`,
    `Redis ${await versionOf('redis-server')}`,
    ...(hasPage ? [`Chromium ${await versionOf(chromium)}`] : []),
  ];
}

/**
 * The first number with points that a program says of its version.
 * @throws where there is no such program
 */
async function versionOf(program: string): Promise<string> {
  const { stdout } = await promisify(execFile)(program, ['--version']).catch((cause: unknown) => {
    throw new Error(`${program} can’t be run, and is measured with: install it`, { cause });
  });
  return /\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? 'of an unknown version';
}
