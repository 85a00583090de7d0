import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { eventually, freePort } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import { readText } from '../docs/support/documents.ts';

/** Where not even root may write, as on a full disk. */
const FULL = '/proc';

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

/** The Redis of compose.yaml, whose snapshots go into this folder. */
async function startRedis(folder: string) {
  const port = await freePort();
  const config = readText('docker/redis/redis.conf')
    .split('\n')
    .filter((line) => !/^(bind|dir|aclfile) /.test(line));
  const server = spawn(
    'redis-server',
    ['-', '--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
    {
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  );
  server.stdin.end(config.join('\n'));
  const redis = new Redis(port);
  redis.on('error', () => undefined);
  const exited = once(server, 'exit');
  endings.push(async () => {
    redis.disconnect();
    server.kill('SIGKILL');
    await exited;
  });
  return { redis, server, exited };
}

test('a full disk costs the snapshot: ticks are stored on, and Redis stops when it is told to', async () => {
  const { redis, server, exited } = await startRedis(FULL);
  await redis.set('mediamtx:streams:latest', '[]');
  await redis.bgsave().catch(() => undefined);
  await eventually(async () => {
    expect(await redis.info('persistence')).toContain('rdb_last_bgsave_status:err');
  });
  expect(await redis.set('mediamtx:streams:latest', '[1]')).toBe('OK');
  server.kill('SIGTERM');
  await exited;
  expect(server.exitCode).toBe(0);
});

test('it keeps a snapshot, and no file of all it was told', async () => {
  const { redis } = await startRedis('/tmp');
  expect(await redis.config('GET', 'appendonly')).toStrictEqual(['appendonly', 'no']);
  expect(await redis.config('GET', 'save')).toStrictEqual(['save', '3600 1']);
});
