import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { eventually, freePort, startRedisServer } from '@mediamtx-monitor/testkit';
import { createRig } from '../support/rig.ts';
import { startAlerter, startApi } from '../support/services.ts';

const rig = createRig();
afterAll(rig.stop);

const WAIT_MS = 60_000;

test('two alerters whose files differ both say so, and so does the API, until they don’t any more', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'files-differ-'));
  await rig.add({ stop: () => rm(folder, { recursive: true }) });
  const { url } = await rig.add(startRedisServer());
  const redis = { url, prefix: 'differ' };
  const start = async (name: string, match: string) => {
    const path = join(folder, name);
    writeFileSync(
      path,
      `maintenance:\n  - name: night\n    match: ${match}\n    hours: 02:00-04:00\n    timeZone: UTC\n`,
    );
    const port = await freePort();
    const running = await rig.add(
      startAlerter(redis, { MONITOR_CONFIG: path, HEALTH_PORT: String(port), HEALTH_HOST: '127.0.0.1' }),
    );
    const health = async () =>
      (await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()) as Readonly<Record<string, unknown>>;
    return { ...running, health };
  };
  const one = await start('one.yml', 'cam/1');
  await eventually(async () => {
    expect(await one.health()).toMatchObject({ role: 'active', filesDiffer: false });
  }, WAIT_MS);
  const other = await start('other.yml', 'cam/2');
  const api = await rig.add(startApi(redis));
  const warnings = async () =>
    ((await (await fetch(`${api.url}/api/alerts`)).json()) as { readonly warnings: unknown }).warnings;
  await eventually(async () => {
    expect(await one.health()).toMatchObject({ role: 'active', filesDiffer: true });
    expect(await other.health()).toMatchObject({ role: 'standby', filesDiffer: true });
    expect(await warnings()).toStrictEqual(['files-differ']);
  }, WAIT_MS);
  expect(other.output()).toContain('is another here than where the active alerter runs');
  expect(one.output()).toContain('is another here than where another alerter stands by');
  await other.stop();
  await start('third.yml', 'cam/1');
  await eventually(async () => {
    expect(await one.health()).toMatchObject({ role: 'active', filesDiffer: false });
    expect(await warnings()).toStrictEqual([]);
  }, WAIT_MS);
});
