import { renameSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import { type AlertsMessage, redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { createRig } from '../support/rig.ts';
import { run } from '../support/running.ts';
import { startAlerter } from '../support/services.ts';
import { startTarget } from './support/target.ts';

const SERVERS = 200;
const STREAMS = 500;
/** Of so many a collector still reads that all streams went, before it reads nothing any more. */
const FIRST_SERVERS = 5;
const PUBLISHER = fileURLToPath(new URL('support/fleet.js', import.meta.url));
/** On a busy machine. */
const SETTLED_MS = 90_000;

const rig = createRig();
afterAll(rig.stop);

/** A fleet, an alerter, and who is told: processes, each on its own. */
async function startFleet() {
  const folder = await mkdtemp(join(tmpdir(), 'fleet-'));
  await rig.add({ stop: () => rm(folder, { recursive: true }) });
  const place = testRedis();
  const redis = new Redis(place.url);
  await rig.add({
    stop: async () => {
      await redis.quit();
    },
  });
  const names = redisNames(place.prefix);
  const path = join(folder, 'trouble.json');
  const say = (count: number, what: 'off-air' | 'server-unreachable'): void => {
    writeFileSync(`${path}.new`, JSON.stringify({ count, what }));
    renameSync(`${path}.new`, path);
  };
  say(0, 'off-air');
  await rig.add(
    run(process.execPath, [PUBLISHER, place.url, place.prefix, String(SERVERS), String(STREAMS), path]),
  );
  const targets = await Promise.all(['one', 'two'].map((name) => rig.add(startTarget(name, folder))));
  const file = join(folder, 'monitor.yml');
  const entries = targets.map(
    ({ name, url }) =>
      `  - { name: ${name}, kind: webhook, url: "${url}", severity: warning, for: 3s, groupWait: 3s }\n`,
  );
  writeFileSync(file, `notify:\n${entries.join('')}`);
  await rig.add(startAlerter(place, { MONITOR_CONFIG: file }));
  const published = async (): Promise<AlertsMessage> =>
    JSON.parse((await redis.get(names.alertsLatest)) ?? 'null') as AlertsMessage;
  await eventually(async () => {
    expect(await published()).toMatchObject({ counts: { pending: 0, firing: 0 } });
    expect(await redis.hlen(names.servers)).toBe(SERVERS);
  }, SETTLED_MS);
  return { say, targets, published };
}

/** Kills some servers of a fleet: streams of the first ones go before. */
async function expectOneMessage(killed: number): Promise<void> {
  const { say, targets, published } = await startFleet();
  say(Math.min(killed, FIRST_SERVERS), 'off-air');
  await eventually(async () => {
    expect((await published()).counts.pending).toBeGreaterThanOrEqual(STREAMS);
  }, SETTLED_MS);
  say(killed, 'server-unreachable');
  // All that fires has been told, and nothing that may fire waits: no further message comes of it.
  await eventually(async () => {
    const { counts, alerts } = await published();
    expect(counts).toMatchObject({ firing: killed, pending: 0, recovering: 0 });
    const firing = alerts.filter(({ state }) => state === 'firing');
    for (const { notified } of firing)
      expect(notified.map(({ target }) => target)).toStrictEqual(['one', 'two']);
    for (const target of targets) expect(target.came()).toHaveLength(1);
  }, SETTLED_MS);
  for (const target of targets) {
    const told = target.came().flatMap(({ fired }) => fired.map(({ subject }) => subject.kind));
    expect(told).toStrictEqual(Array.from({ length: killed }, () => 'server'));
  }
}

test(
  'of 200 servers with 500 streams each, one that is killed is one message a target, and all of them are one, too',
  async () => {
    await Promise.all([expectOneMessage(1), expectOneMessage(SERVERS)]);
  },
  4 * SETTLED_MS,
);
