import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { eventually, freePort, testRedis } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { useConnections } from '../../../packages/runtime/test/support/redis-connections.ts';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** A folder without an `.env`. */
const folder = mkdtempSync(join(tmpdir(), 'alerter-test-'));
const ended = useConnections();
let redis: ReturnType<typeof testRedis>;
const children: ChildProcessByStdio<null, Readable, Readable>[] = [];

beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run "make build" first`);
});
beforeEach(() => {
  redis = testRedis();
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function spawnAlerter(settings: Record<string, string> = {}): ChildProcessByStdio<null, Readable, Readable> {
  const env = { REDIS_URL: redis.url, REDIS_KEY_PREFIX: redis.prefix, HEALTH_PORT: '0', ...settings };
  const child = spawn(process.execPath, [MAIN], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
}

async function outcomeOf(child: ChildProcessByStdio<null, Readable, Readable>) {
  const [errors, said] = await Promise.all([text(child.stderr), text(child.stdout), once(child, 'close')]);
  return { code: child.exitCode, errors, said };
}

/** The lease, as it stands in Redis. */
const lease = (): Promise<string | null> =>
  ended(new Redis(redis.url)).hget(redisNames(redis.prefix).alerts, 'lease');

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends it cleanly, and lets another one go on',
  async (signal) => {
    const child = spawnAlerter();
    const outcome = outcomeOf(child);
    await eventually(async () => {
      expect(await lease()).toContain(' held ');
    });
    child.kill(signal);
    const { code, errors, said } = await outcome;
    expect({ code, errors }).toStrictEqual({ code: 0, errors: '' });
    expect(said).toContain('nobody is told of alerts until MONITOR_CONFIG has notify');
    expect(said).toContain('this alerter is the active one');
    expect(said).toContain(`${signal}: stopping`);
    expect(await lease()).toContain(' released ');
  },
);

test('its health port says who is active, and answers on a standby, too', async () => {
  const ports = [String(await freePort()), String(await freePort())];
  const answers = async (): Promise<unknown[]> =>
    Promise.all(ports.map(async (port) => (await fetch(`http://127.0.0.1:${port}/healthz`)).json()));
  for (const HEALTH_PORT of ports) {
    spawnAlerter({ HEALTH_PORT });
    // The first one is the active one.
    await eventually(async () => {
      expect((await fetch(`http://127.0.0.1:${HEALTH_PORT}/healthz`)).status).toBe(200);
      expect(await lease()).not.toBeNull();
    });
  }
  await eventually(async () => {
    expect(await answers()).toMatchObject([
      { status: 'ok', role: 'active', alerts: { firing: 0 }, dropped: 0, targets: [], failure: null },
      { status: 'ok', role: 'standby', alerts: null, dropped: null, targets: [], failure: null },
    ]);
  });
});

test('without Redis it goes on, and a signal ends it cleanly too', async () => {
  const child = spawnAlerter({ REDIS_URL: 'redis://127.0.0.1:1' });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await eventually(() => {
    expect(said).toContain('the durable Redis doesn’t keep alerts');
  });
  child.kill('SIGTERM');
  await once(child, 'close');
  expect(child.exitCode).toBe(0);
});

test('what is wrong in MONITOR_CONFIG is told one a line, with exit code 2', async () => {
  const path = join(folder, 'wrong.yml');
  writeFileSync(path, 'notify:\n  - name: phone\n    kind: pigeon\n');
  const { code, errors } = await outcomeOf(spawnAlerter({ MONITOR_CONFIG: path }));
  expect(errors.trimEnd().split('\n')).toStrictEqual([expect.stringContaining('alerter: MONITOR_CONFIG')]);
  expect(code).toBe(2);
});
