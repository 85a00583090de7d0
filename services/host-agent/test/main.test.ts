import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** A folder without an `.env`. */
const folder = mkdtempSync(join(tmpdir(), 'host-agent-test-'));
const { url, prefix } = testRedis();
const children: ChildProcessByStdio<null, Readable, Readable>[] = [];

beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run "make build" first`);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function spawnAgent(settings: Record<string, string>): ChildProcessByStdio<null, Readable, Readable> {
  const env = { REDIS_URL: url, REDIS_KEY_PREFIX: prefix, HEALTH_PORT: '0', HOST_ID: 'here', ...settings };
  const child = spawn(process.execPath, [MAIN], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
}

async function outcomeOf(child: ChildProcessByStdio<null, Readable, Readable>) {
  const [errors, said] = await Promise.all([text(child.stderr), text(child.stdout), once(child, 'close')]);
  return { code: child.exitCode, errors, said };
}

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it cleanly', async (signal) => {
  const reader = new Redis(url);
  try {
    await reader.del(redisNames(prefix).host('here'));
    const child = spawnAgent({});
    const outcome = outcomeOf(child);
    await eventually(async () => {
      expect(await reader.exists(redisNames(prefix).host('here'))).toBe(1);
    });
    child.kill(signal);
    const { code, errors, said } = await outcome;
    expect({ code, errors }).toStrictEqual({ code: 0, errors: '' });
    expect(said).toContain('looking at host here every 5 s');
    expect(said).toContain(`${signal}: stopping`);
  } finally {
    reader.disconnect();
  }
});

test('without Redis it goes on, and a signal ends it cleanly too', async () => {
  const child = spawnAgent({ REDIS_URL: 'redis://127.0.0.1:1' });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await eventually(() => {
    expect(said).toContain('not stored');
  });
  child.kill('SIGTERM');
  await once(child, 'close');
  expect(child.exitCode).toBe(0);
});

test('wrong settings are told one a line, with exit code 2', async () => {
  const { code, errors } = await outcomeOf(spawnAgent({ HOST_ROOT: 'host', HOST_INTERVAL_SECONDS: '7' }));
  expect(errors.trimEnd().split('\n')).toStrictEqual([
    'host-agent: HOST_ROOT is "host"; allowed: an absolute path of a folder',
    expect.stringContaining('host-agent: HOST_INTERVAL_SECONDS is "7"; allowed: a divisor of 60'),
  ]);
  expect(code).toBe(2);
});
