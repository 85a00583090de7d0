import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { createFakeClock, createLogRecorder, testRedis } from '@mediamtx-monitor/testkit';
import { createCollector } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { offsetOf } from '../src/one-server.ts';

let folder = '';
afterEach(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

const partsOf = (settings: Readonly<Record<string, string>>): string[] => {
  const { url, prefix } = testRedis();
  const env = { REDIS_URL: url, REDIS_KEY_PREFIX: prefix, HEALTH_PORT: '0', ...settings };
  return createCollector(loadConfig(env), {
    clock: createFakeClock(),
    logger: createLogRecorder().logger,
    userId: undefined,
    inContainer: false,
  }).map(({ name }) => name);
};

test('what is kept outlives the loops, and the file that says what is polled is watched last', () => {
  folder = mkdtempSync(join(tmpdir(), 'app-'));
  const file = join(folder, 'monitor.yml');
  writeFileSync(file, 'expected: [{match: cam}]');
  const names = partsOf({ MONITOR_CONFIG: file });
  expect(
    names.filter((name) => ['events and history', 'loop', 'MONITOR_CONFIG'].includes(name)),
  ).toStrictEqual(['events and history', 'loop', 'MONITOR_CONFIG']);
  expect(names).toContain('forgetting of servers');
  expect(partsOf({ FORGET_SERVERS_AFTER_DAYS: '0' })).not.toContain('forgetting of servers');
  expect(partsOf({})).not.toContain('MONITOR_CONFIG');
});

test('moments of servers are spread over the interval, and the same whoever else is polled', () => {
  const offsets = Array.from({ length: 200 }, (_, n) => offsetOf(`server-${n}`, 2_000));
  const quarters = [0, 1, 2, 3].map((n) => offsets.filter((ms) => Math.floor(ms / 500) === n).length);
  expect(quarters.every((count) => count > 30)).toBe(true);
  expect(offsetOf('server-7', 2_000)).toBe(offsets[7]);
});
