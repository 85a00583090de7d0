import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, freePort, testRedis } from '@mediamtx-monitor/testkit';
import { LIST_NAMES } from '../src/protocols/index.ts';
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

/** Starts a collector that asks `mediamtx`. */
function spawnCollector(
  { url: mediamtxUrl }: AnsweringServer,
  settings: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): ChildProcess {
  return spawn(process.execPath, [...flags, MAIN], {
    cwd: folder,
    stdio: 'ignore',
    env: {
      MEDIAMTX_API_URL: mediamtxUrl,
      REDIS_URL: url,
      REDIS_KEY_PREFIX: prefix,
      JSON_FILE: '',
      HEALTH_PORT: '0',
      ...settings,
    },
  });
}

test.each([1, 60])(
  'a MediaMTX that never answers, asked every %i s, keeps it from nothing: SIGTERM ends it with 0',
  async (intervalSeconds) => {
    const silent = await startAnsweringServer(() => undefined);
    mediamtx = silent;
    const running = spawnCollector(silent, { POLL_INTERVAL_SECONDS: String(intervalSeconds) });
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

describe('a MediaMTX that sends 64 MiB for each list', () => {
  const RECORD = '{"id":"x","name":"abcdef","path":"abc","state":"read"},';
  const body = Buffer.from(
    `{"itemCount":1,"pageCount":1,"items":[${RECORD.repeat((64 * 1024 * 1024) / RECORD.length)}{}]}`,
  );
  const zipped = gzipSync(body);

  test.each([
    ['as it is', {}, body],
    ['compressed to a thousandth', { 'content-encoding': 'gzip' }, zipped],
  ])('%s, costs little memory and is told', async (_how, headers, sent) => {
    const flooding = await startAnsweringServer((_request, response) => {
      response.writeHead(200, headers).end(sent);
    });
    mediamtx = flooding;
    const port = String(await freePort());
    // Text of this size, and what is made of it, would fill so little memory at once.
    const running = spawnCollector(flooding, { HEALTH_PORT: port }, ['--max-old-space-size=128']);
    child = running;
    const exited = once(running, 'exit');
    await eventually(async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
      expect(await answer.json()).toMatchObject({ source: 'invalid' });
    });
    await eventually(() => {
      expect(flooding.asked.length).toBeGreaterThan(3 * LIST_NAMES.length);
    });
    expect(running.exitCode).toBeNull();
    running.kill('SIGTERM');
    await exited;
    expect(running.exitCode).toBe(0);
  });
});
