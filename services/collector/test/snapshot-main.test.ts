import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SIMULATED_SECRET, type Simulator, startSimulator } from '@mediamtx-monitor/simulator';
import { rawSnapshotSchema } from '@mediamtx-monitor/types/schemas';

const MAIN = fileURLToPath(new URL('../dist/snapshot-main.js', import.meta.url));
/** A folder without an `.env`. */
const folder = mkdtempSync(join(tmpdir(), 'snapshot-test-'));
const CREDENTIALS = { user: 'monitor', password: 'geheim' };
let simulator: Simulator;

beforeAll(async () => {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run "make build" first`);
  simulator = await startSimulator({ credentials: CREDENTIALS });
});
afterAll(async () => {
  await simulator.close();
  rmSync(folder, { recursive: true });
});

/** Runs the tool against the simulator. Standard output goes to the file `stdout` where one is named. */
async function run(args: readonly string[], settings: Record<string, string> = {}, redirect = '') {
  const env = {
    MEDIAMTX_API_URL: simulator.url,
    MEDIAMTX_API_USER: CREDENTIALS.user,
    MEDIAMTX_API_PASSWORD: CREDENTIALS.password,
    ...settings,
  };
  const command = ['exec "$0" "$@"', redirect].join(' ');
  const child = spawn('sh', ['-c', command, process.execPath, MAIN, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}

test('writes a file that only its owner may read, and tells what is in it', async () => {
  const file = join(folder, 'snapshot.json');
  const { code, stdout, stderr } = await run(['--output', file, '--samples', '2', '--interval', '1']);
  expect({ code, stdout }).toStrictEqual({ code: 0, stdout: '' });
  expect(stderr).toMatch(/^mediamtx-snapshot: \S+snapshot\.json: 2 samples of \d+ lists; .*\n$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const written = readFileSync(file, 'utf8');
  expect(rawSnapshotSchema.validate(JSON.parse(written)).error).toBeUndefined();
  for (const secret of [SIMULATED_SECRET, CREDENTIALS.password]) expect(written).not.toContain(secret);
  expect(written.split('\n').length).toBeGreaterThan(100);
});

test('writes to standard output, in one line if wanted, and nothing else there', async () => {
  const { code, stdout } = await run(['--samples', '1', '--compact'], { REMOTE_ADDR: 'none' });
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  const { addresses } = JSON.parse(stdout) as { addresses: string };
  expect(addresses).toBe('none');
});

test('a reader that has seen enough is no failure', async () => {
  const { stdout, stderr } = await run(['--samples', '1'], {}, '| head -c 1');
  expect(stdout).toBe('{');
  expect(stderr).toMatch(/^mediamtx-snapshot: standard output: 1 sample of .*\n$/);
});

test('a server that can’t be read is told, and what was seen is written all the same: exit code 1', async () => {
  const { code, stdout, stderr } = await run(['--samples', '1'], { MEDIAMTX_API_URL: 'http://127.0.0.1:1' });
  expect(code).toBe(1);
  expect(stderr).toContain('refused the connection at http://127.0.0.1:1');
  expect(rawSnapshotSchema.validate(JSON.parse(stdout)).error).toBeUndefined();
});

test.each([
  [['--samples', 'many'], {}, '--samples is "many"; allowed: a whole number from 1 to 100'],
  [
    [],
    { MEDIAMTX_API_URL: 'nowhere' },
    'MEDIAMTX_API_URL is "nowhere"; allowed: an http:// or https:// address',
  ],
  [[], { MEDIAMTX_API_TOKEN: 'x' }, 'MEDIAMTX_API_TOKEN is (hidden); allowed: not together with'],
])('a mistake of the operator is one line: exit code 2 (%j %j)', async (args, settings, message) => {
  const { code, stdout, stderr } = await run(args, settings);
  expect({ code, stdout }).toStrictEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^mediamtx-snapshot: .*\n$/);
  expect(stderr).toContain(message);
});

test.each([
  ['a full disk', [], '> /dev/full', "standard output can't be written: the disk is full (ENOSPC)"],
  [
    'a folder that isn’t there',
    ['--output', '/no/such/folder/x.json'],
    '',
    "/no/such/folder/x.json can't be written",
  ],
])('%s is one line: exit code 4', async (_what, args, redirect, message) => {
  const { code, stderr } = await run(['--samples', '1', ...args], {}, redirect);
  expect(code).toBe(4);
  expect(stderr).toContain(message);
});

test('--help asks nobody', async () => {
  const { code, stdout, stderr } = await run(['--help'], { MEDIAMTX_API_URL: 'nowhere' });
  expect({ code, stderr }).toStrictEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^usage: mediamtx-snapshot /);
});
