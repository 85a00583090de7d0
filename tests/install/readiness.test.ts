import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually, startRedisServer, testRedis } from '@mediamtx-monitor/testkit';
import { deployableServices } from '../../scripts/src/deployable-services.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'readiness-test-'));
const { url, prefix } = testRedis();

beforeAll(() => {
  // Stands for systemd's program: notes what each process is told to say.
  writeFileSync(join(folder, 'systemd-notify'), `#!/bin/sh\necho "$@" >>"$NOTIFY_SOCKET"\n`, { mode: 0o755 });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Starts a service whose systemd notes what it is told; `told` is that, line by line. */
function startService(service: string, settings: Readonly<Record<string, string>>) {
  const main = join(ROOT, 'services', service, 'dist/main.js');
  if (!existsSync(main)) throw new Error(`${main} is missing: run "make build" first`);
  const socket = join(folder, randomUUID());
  const child = spawn(process.execPath, [main], {
    cwd: folder,
    stdio: 'ignore',
    env: {
      PATH: `${folder}:/usr/bin:/bin`,
      NOTIFY_SOCKET: socket,
      WATCHDOG_USEC: '1000000',
      REDIS_URL: url,
      REDIS_KEY_PREFIX: prefix,
      MEDIAMTX_API_URL: 'http://127.0.0.1:1',
      JSON_FILE: '',
      HOST_ID: 'here',
      API_PORT: '0',
      HEALTH_PORT: '0',
      ...settings,
    },
  });
  const exited = once(child, 'exit');
  const notified = (): string[] =>
    existsSync(socket) ? readFileSync(socket, 'utf8').trim().split('\n') : [];
  return { child, exited, notified };
}

test.each([
  ['collector', /^READY=1 STATUS=polling http:\/\/127\.0\.0\.1:1/],
  // It is ready without Redis, too, which on a busy machine may answer later.
  ['api', /^READY=1 STATUS=(listening: http:\/\/127\.0\.0\.1:|waiting for the first answer of Redis)/],
  ['host-agent', /^READY=1 STATUS=looking at host here/],
  ['alerter', /^READY=1 STATUS=./],
])('the %s tells systemd that it is ready, lives and stops', async (service, status) => {
  const { child, exited, notified } = startService(service, {});
  try {
    await eventually(() => {
      expect(notified()).toContainEqual(expect.stringMatching(/^WATCHDOG=1 STATUS=./));
    });
    expect(notified().find((line) => line.startsWith('READY=1'))).toMatch(status);
    child.kill('SIGTERM');
    await exited;
    await eventually(() => {
      expect(notified()).toContain('STOPPING=1 STATUS=stopping');
    });
    expect(child.exitCode).toBe(0);
  } finally {
    child.kill('SIGKILL');
  }
});

test.each(deployableServices(ROOT))(
  'the %s tells systemd that Redis is lost, and that it is back',
  async (service) => {
    const redis = await startRedisServer();
    const { child, notified } = startService(service, { REDIS_URL: redis.url, HOST_INTERVAL_SECONDS: '1' });
    const notifies = (pattern: RegExp) =>
      eventually(() => {
        expect(notified().at(-1)).toMatch(pattern);
      });
    try {
      await notifies(/^(READY|WATCHDOG)=1 STATUS=(?!.*Redis (lost|back|not))/);
      await redis.stop();
      await notifies(
        /; Redis lost since 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ: connect ECONNREFUSED 127\.0\.0\.1/,
      );
      await redis.start();
      await notifies(/; Redis back since 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    } finally {
      child.kill('SIGKILL');
      await redis.stop();
    }
  },
);

test('a service that does not start tells systemd why', async () => {
  const { child, exited, notified } = startService('api', { API_PORT: 'none' });
  await exited;
  expect(child.exitCode).toBe(2);
  expect(notified()).toStrictEqual([
    expect.stringMatching(/^STATUS=api: API_PORT is "none"; allowed: a port/),
  ]);
});
