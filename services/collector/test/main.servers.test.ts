import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { testRedis } from '@mediamtx-monitor/testkit';
import { EXIT_CODES, redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { outcomeOf } from './support/outcome.ts';
import { type ScriptedMediamtx, startScriptedMediamtx } from './support/scripted-mediamtx.ts';

/** The program itself, with a list of servers. */
const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const { url: redisUrl, prefix } = testRedis();

let folder: string;
let north: ScriptedMediamtx;
let south: ScriptedMediamtx;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'main-servers-'));
  north = await startScriptedMediamtx();
  north.toggle('cam');
  south = await startScriptedMediamtx();
  south.toggle('studio');
});
afterEach(async () => {
  await north.close();
  await south.close();
  rmSync(folder, { recursive: true });
});

/** Runs the program in the test's folder; resolves with its exit code and what it said. */
function run(args: readonly string[], settings: Readonly<Record<string, string>> = {}) {
  const env = {
    REDIS_URL: redisUrl,
    REDIS_KEY_PREFIX: prefix,
    JSON_FILE: 'streams.json',
    LOG_FORMAT: 'text',
  };
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env: { ...env, ...settings } });
  return outcomeOf(child);
}

const write = (...entries: readonly string[]): void => {
  writeFileSync(
    join(folder, 'monitor.yml'),
    ['servers:', ...entries.map((each) => `  - {${each}}`)].join('\n'),
  );
};

test('--once polls each server once; of one that can’t be read it says so, and stores the others', async () => {
  write(`id: north, url: "${north.url}"`, `id: south, url: "${south.url}"`);
  const settings = { MONITOR_CONFIG: 'monitor.yml', POLL_INTERVAL_SECONDS: '60' };
  const both = await run(['--once'], settings);
  expect(both).toMatchObject({ code: EXIT_CODES.done });
  const saved = JSON.parse(readFileSync(join(folder, 'streams.json'), 'utf8')) as {
    server: string;
    name: string;
  }[];
  expect(saved.map(({ server, name }) => `${server} ${name}`)).toStrictEqual(['north cam', 'south studio']);

  write(`id: north, url: "${north.url}"`, 'id: gone, url: "http://127.0.0.1:1"');
  const { code, said } = await run(['--once'], settings);
  expect(code).toBe(EXIT_CODES.failed);
  expect(said).toMatch(/ERROR [^]*refused the connection[^]*server=gone/);
  expect(said).toMatch(/1 stream stored in Redis server=north/);
  const redis = new Redis(redisUrl);
  try {
    expect(await redis.hkeys(redisNames(prefix).servers)).toStrictEqual(expect.not.arrayContaining(['gone']));
  } finally {
    redis.disconnect();
  }
});

test('--check-config says how many servers a file lists, or all that is wrong with it', async () => {
  write(`id: north, url: "${north.url}"`, `id: south, url: "${south.url}"`);
  expect(await run(['--check-config', 'monitor.yml'])).toStrictEqual({
    code: EXIT_CODES.done,
    said: 'ok: 2 servers: north, south\n',
  });
  write('id: north', 'id: Süd, url: "http://a"');
  const wrong = await run(['--check-config', 'monitor.yml']);
  expect(wrong.code).toBe(EXIT_CODES.wrongSetting);
  expect(wrong.said.trim().split('\n')).toStrictEqual([
    'collector: MONITOR_CONFIG monitor.yml, line 2, column 5: "servers[0].url" is required',
    expect.stringMatching(
      /^collector: MONITOR_CONFIG monitor\.yml, line 3, column 6: "servers\[1\]\.id" is not right/,
    ),
  ]);
  // What stops the start beside the file is a mistake here, too.
  write(`id: north, url: "${north.url}"`);
  expect(await run(['--check-config', 'monitor.yml'], { MEDIAMTX_SERVER_ID: 'main' })).toStrictEqual({
    code: EXIT_CODES.wrongSetting,
    said: 'collector: MEDIAMTX_SERVER_ID is "main"; allowed: not together with servers in MONITOR_CONFIG\n',
  });
  expect(north.asked).toStrictEqual([]);
});
