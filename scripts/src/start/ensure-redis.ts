import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { StartError } from '@mediamtx-monitor/runtime';

/**
 * Installs redis-server where it is missing and can be installed.
 * @throws {StartError} when it is still missing; the script has said what to do
 */
export async function ensureRedis(root: string): Promise<void> {
  const script = spawn(join(root, 'scripts', 'ensure-tools.sh'), ['redis-server'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  await once(script, 'exit');
  if (script.exitCode !== 0)
    throw new StartError('no-redis', 'no Redis to use: install it, or set REDIS_URL in .env');
}
