import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { createFakeClock, createLogRecorder, testRedis } from '@mediamtx-monitor/testkit';
import { createCollectorParts } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';

let folder = '';
afterEach(() => {
  rmSync(folder, { recursive: true });
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
  expect(parts.lookouts.map(({ name }) => name)).toEqual(lookouts);
  await parts.redis.stop();
});
