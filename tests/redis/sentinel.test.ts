import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { startSimulator } from '@mediamtx-monitor/simulator';
import { eventually, startWatchedRedis, type WatchedRedis } from '@mediamtx-monitor/testkit';
import { expectSoon } from '../support/recovery.ts';
import { createRig } from '../support/rig.ts';
import { startAlerter } from '../docs/support/started-alerter.ts';
import { startCollector } from '../docs/support/started-collector.ts';
import { INTERVAL_MS, listen, snapshotOf } from './support/heard.ts';
import { startApiWith } from './support/started-api.ts';

let watched: WatchedRedis;
beforeAll(async () => {
  watched = await startWatchedRedis();
});
afterAll(() => watched.stop());
const rig = createRig();
afterEach(() => rig.stop());

const settings = (): Record<string, string> => ({
  REDIS_SENTINELS: watched.sentinels,
  REDIS_SENTINEL_PASSWORD: watched.sentinelPassword,
  REDIS_DURABLE_URL: `redis://${watched.master}/1`,
  POLL_INTERVAL_SECONDS: String(INTERVAL_MS / 1_000),
});

/** Waits until the Sentinels agree on another master than that. */
async function failedOver(before: number): Promise<void> {
  await eventually(async () => {
    expect(await watched.masterPort()).not.toBe(before);
  });
}

test('collector, API and alerter find the master, and the next one when it is killed', async () => {
  const simulator = await startSimulator({ streams: 3 });
  await rig.add({ stop: () => simulator.close() });
  const redis = { url: `redis://${watched.master}`, prefix: 'fleet' };
  const collector = await rig.add(startCollector(simulator.url, redis, settings()));
  const alerter = await rig.add(startAlerter(redis, '', settings()));
  const api = await rig.add(
    startApiWith({ REDIS_URL: redis.url, REDIS_KEY_PREFIX: redis.prefix, ...settings() }),
  );
  const heard = await rig.add(listen(api.url));
  await eventually(() => {
    expect(heard.messages.length).toBeGreaterThan(2);
  });
  const [first] = watched.servers;
  await first.stop();
  const isHonest: boolean[] = [];
  const looking = setInterval(() => {
    void snapshotOf(api.url).then((snapshot) => isHonest.push(snapshot.isHonest));
  }, 200);
  await failedOver(first.port);
  const [endedAtMs, before] = [Date.now(), heard.messages.length];
  await eventually(() => {
    expect(heard.messages.length).toBeGreaterThan(before + 2);
  });
  clearInterval(looking);
  const next = heard.messages[before];
  const recoveredMs = Date.parse(next?.publishedAt ?? '') - endedAtMs;
  process.stdout.write(`the first tick after the failover came ${recoveredMs} ms behind it\n`);
  expectSoon(recoveredMs / INTERVAL_MS);
  expect(heard.violations).toStrictEqual([]);
  expect(isHonest).not.toContain(false);
  expect((await snapshotOf(api.url)).isStale).toBe(false);
  await eventually(async () => {
    const { role } = (await (await fetch(`${alerter.url}/healthz`)).json()) as { readonly role: string };
    expect(role).toBe('active');
  });
  expect(collector.log.lines.map(({ message }) => message).join('\n')).toContain(
    `Redis at master ${watched.master} of the Sentinels ${watched.sentinels.replaceAll(',', ', ')}`,
  );
  await eventually(async () => {
    const events = (await (await fetch(`${api.url}/api/events`)).json()) as { items?: unknown[] };
    expect(events.items?.length).toBeGreaterThan(0);
  });
});
