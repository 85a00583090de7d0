import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startOwnRedis } from '../../src/start/own-redis.ts';
import { probeRedis } from '../../src/start/probe-redis.ts';
import { createProcesses, type Processes } from '../../src/start/processes.ts';
import { root } from './built.ts';

const open: Processes[] = [];
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'own-redis-test-'));
});

afterEach(async () => {
  for (const processes of open.splice(0)) await processes.stop();
  rmSync(folder, { recursive: true });
});

/** The redis-server of one run, and the endings that it told. */
function redisOfRun(file: string) {
  const told: string[] = [];
  const processes = createProcesses((name) => told.push(name));
  open.push(processes);
  const env = { PATH: process.env['PATH'] };
  const { signal } = new AbortController();
  return { processes, told, start: () => startOwnRedis({ processes, root, env, signal }, file) };
}

test('a file that another run has is refused until that has ended, even by SIGKILL', async () => {
  const file = join(folder, 'state', 'kept.rdb');
  const first = redisOfRun(file);
  const url = await first.start();
  const second = redisOfRun(file);
  const message = expect.stringContaining(`${file} is in use by the private Redis of another "make start"`);
  await expect(second.start()).rejects.toMatchObject({ name: 'StartError', code: 'state-in-use', message });
  expect(second.told).toStrictEqual([]);
  expect(await probeRedis(url)).toBe('ready');
  first.processes.kill();
  expect(await probeRedis(await redisOfRun(file).start())).toBe('ready');
});

test('another file beside it is free', async () => {
  await redisOfRun(join(folder, 'one.rdb')).start();
  expect(await probeRedis(await redisOfRun(join(folder, 'two.rdb')).start())).toBe('ready');
});

test('a file that can’t be read is named with what Redis says and the ways out, and left as it is', async () => {
  const file = join(folder, 'state', 'kept.rdb');
  mkdirSync(dirname(file));
  writeFileSync(file, 'REDIS0010');
  const { start, told } = redisOfRun(file);
  const message = expect.stringMatching(
    /state\/kept\.rdb can't be used: redis-server said: .*EOF.*; move it away .* REDIS_URL/,
  );
  await expect(start()).rejects.toMatchObject({ name: 'StartError', code: 'state-unusable', message });
  expect(told).toStrictEqual([]);
  expect(readFileSync(file, 'utf8')).toBe('REDIS0010');
});

test('so is a file in place of the folder', async () => {
  writeFileSync(join(folder, 'state'), '');
  const message = expect.stringMatching(/state can't be used: .*EEXIST.*; move it away/);
  await expect(redisOfRun(join(folder, 'state', 'kept.rdb')).start()).rejects.toMatchObject({
    name: 'StartError',
    code: 'state-unusable',
    message,
  });
});
