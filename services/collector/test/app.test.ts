import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { createFakeClock, createLogRecorder, testRedis } from '@mediamtx-monitor/testkit';
import { createCollectorParts, sideBySide } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';

let folder = '';
afterEach(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

test.each([
  ['{match: cam, servers: [main]}, {match: "*"}', ['forgetting of servers', 'look for other servers']],
  ['{match: cam, servers: [main]}', ['forgetting of servers']],
])('other servers are looked for where an expectation is of all: %s', async (entries, lookouts) => {
  folder = mkdtempSync(join(tmpdir(), 'app-'));
  const file = join(folder, 'monitor.yml');
  writeFileSync(file, `expected: [${entries}]`);
  const { url, prefix } = testRedis();
  const parts = createCollectorParts(
    loadConfig({ MONITOR_CONFIG: file, REDIS_URL: url, REDIS_KEY_PREFIX: prefix, JSON_FILE: '' }),
    { clock: createFakeClock(), logger: createLogRecorder().logger, userId: undefined, inContainer: false },
    { role: 'take-over', isOnlyPoll: false },
  );
  expect(parts.lookouts.map(({ name }) => name)).toStrictEqual(lookouts);
  await parts.redis.stop();
});

test('parts side by side as one stop at the same time, and are as far as the one that is behind', async () => {
  const calls: string[] = [];
  const loop = (name: string, count: number) => ({
    name,
    start: () => void calls.push(`start ${name}`),
    stop: () => {
      calls.push(`stop ${name}`);
      return new Promise<void>((resolve) => setImmediate(resolve));
    },
    progress: { intervalMs: 1_000 * count, count: () => count },
  });
  const joined = sideBySide('loop', [loop('a', 3), loop('b', 2)]);
  await joined.start();
  expect(joined.progress?.count()).toBe(2);
  expect(joined.progress?.intervalMs).toBe(3_000);
  const stopped = joined.stop();
  expect(calls).toStrictEqual(['start a', 'start b', 'stop a', 'stop b']);
  await stopped;
});
