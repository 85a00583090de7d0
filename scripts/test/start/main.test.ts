import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import { builtMain, needsBuild } from './built.ts';

/** A folder without an `.env`. */
const folder = mkdtempSync(join(tmpdir(), 'start-main-test-'));

const children: ChildProcessByStdio<null, Readable, Readable>[] = [];

beforeAll(needsBuild);

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGTERM');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function spawnStart(settings: Record<string, string>): ChildProcessByStdio<null, Readable, Readable> {
  const { url, prefix } = testRedis();
  const env = {
    PATH: process.env['PATH'],
    REDIS_URL: url,
    REDIS_KEY_PREFIX: prefix,
    API_PORT: '0',
    HEALTH_PORT: '0',
    JSON_FILE: join(folder, 'streams.json'),
    ...settings,
  };
  const child = spawn(process.execPath, [builtMain('scripts/dist/start')], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

/** What it has said so far. */
function heard(child: ChildProcessByStdio<null, Readable, Readable>): () => string {
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  return () => said;
}

/** Something may answer at MediaMTX's default address on the machine of the tests; both are right. */
const untilData = (said: () => string): Promise<void> =>
  eventually(() => {
    expect(said()).toMatch(/Data is flowing|No new data/);
  }, 40_000);

async function outcomeOf(child: ChildProcessByStdio<null, Readable, Readable>) {
  const [errors] = await Promise.all([text(child.stderr), text(child.stdout), once(child, 'close')]);
  return { code: child.exitCode, errors };
}

test('shows data at the printed address, and SIGTERM ends it cleanly', async () => {
  const child = spawnStart({});
  const said = heard(child);
  await untilData(said);
  const latest = /curl -s (\S+)/.exec(said())?.[1] ?? '';
  expect((await fetch(latest)).status).toBe(200);
  child.kill('SIGTERM');
  await once(child, 'close');
  expect(child.exitCode).toBe(0);
  expect(said()).toContain('Stopping');
  await expect(fetch(latest)).rejects.toThrow();
});

test('when it is killed outright, nothing that it started stays', async () => {
  const child = spawnStart({});
  const said = heard(child);
  await untilData(said);
  child.kill('SIGKILL');
  // Their output is this child's: it closes when the last of them has ended.
  await once(child, 'close');
  await expect(fetch(/curl -s (\S+)/.exec(said())?.[1] ?? '')).rejects.toThrow('fetch failed');
});

test('with tokens it says how to look, and what it says to try works with one', async () => {
  const tokensFile = join(folder, 'tokens');
  writeFileSync(tokensFile, `me:${createHash('sha256').update('secret').digest('hex')}\n`);
  const child = spawnStart({ API_TOKENS_FILE: tokensFile });
  const said = heard(child);
  await eventually(() => {
    expect(said()).toContain('The API answers only who brings a token');
  }, 40_000);
  expect(said()).not.toMatch(/No data|Data is flowing/);
  const [, header = '', latest = ''] = /curl -s -H 'Authorization: (.+)' (\S+)/.exec(said()) ?? [];
  expect((await fetch(latest)).status).toBe(401);
  const headers = { authorization: header.replace('TOKEN', 'secret') };
  expect((await fetch(latest, { headers })).status).toBe(200);
});

test('a busy API port is a sentence, before anything is started', async () => {
  const busy = createServer();
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
  const address = busy.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const { code, errors } = await outcomeOf(spawnStart({ API_PORT: port }));
  busy.close();
  expect(errors).toBe(
    `start: 127.0.0.1:${port} is in use by another program; choose another with API_HOST and API_PORT\n`,
  );
  expect(code).toBe(1);
});

test('wrong settings are told one a line, with exit code 2', async () => {
  const { code, errors } = await outcomeOf(spawnStart({ API_PORT: 'x', LOG_LEVEL: 'loud' }));
  expect(errors.trimEnd().split('\n')).toStrictEqual([
    expect.stringContaining('start: LOG_LEVEL is "loud"; allowed:'),
    expect.stringContaining('start: API_PORT is "x"; allowed:'),
  ]);
  expect(code).toBe(2);
});
