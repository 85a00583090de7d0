import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import { type AnsweringServer, startAnsweringServer } from './support/answering-server.ts';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** A start of the program, on a machine that is busy with other tests. */
const PATIENCE_MS = 30_000;
const EMPTY = '{"itemCount":0,"pageCount":0,"items":[]}';

let folder: string;
let mediamtx: AnsweringServer | undefined;
let running: ChildProcess | undefined;

beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run "make build" first`);
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'collector-secrets-'));
});
afterEach(async () => {
  running?.kill('SIGKILL');
  await mediamtx?.close();
  rmSync(folder, { recursive: true });
});

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

test.each([
  ['MEDIAMTX_API_TOKEN_FILE', {}, (secret: string) => `Bearer ${secret}`],
  ['MEDIAMTX_API_PASSWORD_FILE', { MEDIAMTX_API_USER: 'mon' }, (secret: string) => basic('mon', secret)],
])(
  'a secret in %s that is renewed counts without a restart',
  async (name, settings, headerOf) => {
    // The collector of another test was killed, and may still count as one that means another MediaMTX.
    const { url: redisUrl, prefix } = testRedis();
    const path = join(folder, 'secret');
    let wanted = 'first';
    const refused = new Set<string>();
    let letIn = 0;
    mediamtx = await startAnsweringServer(({ headers: { authorization = '' } }, response) => {
      if (authorization === headerOf(wanted)) letIn += 1;
      else refused.add(authorization);
      response.writeHead(authorization === headerOf(wanted) ? 200 : 401).end(EMPTY);
    });
    writeFileSync(path, 'first\n');
    running = spawn(process.execPath, [MAIN], {
      cwd: folder,
      stdio: 'ignore',
      env: {
        REDIS_KEY_PREFIX: prefix,
        JSON_FILE: '',
        HEALTH_PORT: '0',
        ...settings,
        [name]: path,
        MEDIAMTX_API_URL: mediamtx.url,
        REDIS_URL: redisUrl,
        POLL_INTERVAL_SECONDS: '1',
      },
    });
    await eventually(() => {
      expect(letIn).toBeGreaterThan(0);
    }, PATIENCE_MS);
    wanted = 'second';
    writeFileSync(`${path}.new`, 'second\n');
    renameSync(`${path}.new`, path);
    const before = letIn;
    await eventually(() => {
      expect(letIn).toBeGreaterThan(before);
    }, PATIENCE_MS);
    expect([...refused].filter((header) => header !== headerOf('first'))).toStrictEqual([]);
  },
  3 * PATIENCE_MS,
);
