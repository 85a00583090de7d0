import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '@mediamtx-monitor/runtime';
import { start } from './start.ts';

/** Runs the whole system from this terminal; resolves with the exit code. */
export function main(): Promise<number> {
  // A closed terminal or pipe must not end this process before it has stopped what it started.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  return start({
    env: readEnvironment(process.env, process.cwd()),
    root,
    stateFolder: join(root, '.state'),
    defaults: { redisUrl: 'redis://127.0.0.1:6379', mediamtxUrl: 'http://127.0.0.1:9997' },
    say: (line) => void process.stdout.write(`${line}\n`),
    signals: process,
    output: 'inherit',
  });
}
