import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import { type AnsweringServer, startAnsweringServer } from './support/answering-server.ts';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** A folder without an `.env`. */
const folder = mkdtempSync(join(tmpdir(), 'collector-test-'));
const { url, prefix } = testRedis();
let child: ChildProcess | undefined;
let mediamtx: AnsweringServer | undefined;

beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run "make build" first`);
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await mediamtx?.close();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each([1, 60])(
  'a MediaMTX that never answers, asked every %i s, keeps it from nothing: SIGTERM ends it with 0',
  async (intervalSeconds) => {
    const silent = await startAnsweringServer(() => undefined);
    mediamtx = silent;
    const running = spawn(process.execPath, [MAIN], {
      cwd: folder,
      stdio: 'ignore',
      env: {
        MEDIAMTX_API_URL: silent.url,
        POLL_INTERVAL_SECONDS: String(intervalSeconds),
        REDIS_URL: url,
        REDIS_KEY_PREFIX: prefix,
        JSON_FILE: '',
        HEALTH_PORT: '0',
      },
    });
    child = running;
    const exited = once(running, 'exit');
    await eventually(() => {
      expect(silent.asked.length).toBeGreaterThanOrEqual(1);
    });
    running.kill('SIGTERM');
    await exited;
    expect(running.exitCode).toBe(0);
  },
);
