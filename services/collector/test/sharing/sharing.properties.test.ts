import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '@mediamtx-monitor/testkit';
import { inOrderFor } from '../../src/sharing/rendezvous.ts';
import { INTERVAL_MS, type Poll, SharingWorld } from './world.ts';

const SERVERS = Array.from({ length: 12 }, (_, n) => `server-${n}`);
const SEEDS = Array.from({ length: 40 }, (_, n) => n + 1);
const QUIET_MS = 20_000;

/** Polls of a server by somebody whom another one had taken it over from, by the epoch of that one. */
function strayPolls(polls: readonly Poll[]): number {
  const first = new Map<number, number>();
  for (const { epoch, atMs } of polls) if (!first.has(epoch)) first.set(epoch, atMs);
  return Math.max(
    0,
    ...[...first].map(
      ([epoch, fromMs]) => polls.filter((poll) => poll.epoch < epoch && poll.atMs > fromMs).length,
    ),
  );
}

function expectNoStrays(world: SharingWorld): void {
  for (const server of SERVERS) {
    const polls = world.polls.filter((poll) => poll.server === server);
    expect({ server, strays: strayPolls(polls) }).toStrictEqual({ server, strays: expect.any(Number) });
    expect(strayPolls(polls)).toBeLessThanOrEqual(1);
  }
}

/** After a time of quiet each server is polled by the one who should have it, each interval once. */
function expectShared(world: SharingWorld): void {
  const ids = [...world.collectors.keys()];
  for (const [server, pollers] of world.polledIn(5 * INTERVAL_MS)) {
    expect(pollers).toStrictEqual(Array.from({ length: 5 }, () => inOrderFor(server, ids)[0]));
  }
}

describe.each(SEEDS)('whatever happens to collectors (seed %d)', (seed) => {
  test('no server is polled by two beyond one tick, and after a while by exactly the one who should', async () => {
    const random = seededRandom(seed);
    const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
    const shuffled = <T>(items: readonly T[]): T[] =>
      items
        .map((item) => [random(), item] as const)
        .sort(([a], [b]) => a - b)
        .map(([, item]) => item);
    const world = new SharingWorld(SERVERS);
    world.join();
    world.join();
    await world.pass(QUIET_MS, shuffled);
    for (let round = 0; round < 12; round += 1) {
      const all = [...world.collectors.values()];
      const one = pick(all);
      const what = Math.floor(random() * 7);
      if (what === 0 && all.length < 6) world.join();
      if (what === 1 && all.length > 2) one?.die();
      if (what === 2 && all.length > 2) await one?.end();
      if (what === 3 && one !== undefined) one.isFrozen = true;
      if (what === 4 && one !== undefined) one.isCut = true;
      if (what === 5) world.isRedisAway = true;
      if (what === 6) world.heads.clear();
      await world.pass(Math.floor(random() * 40) * 250, shuffled);
      world.isRedisAway = false;
      for (const each of all) {
        if (random() < 0.7) each.isFrozen = false;
        if (random() < 0.7) each.isCut = false;
      }
      await world.pass(Math.floor(random() * 12) * 250, shuffled);
    }
    for (const each of world.collectors.values()) Object.assign(each, { isFrozen: false, isCut: false });
    await world.pass(QUIET_MS, shuffled);
    expectShared(world);
    expectNoStrays(world);
  });
});

test('who dies leaves only its own servers to others, within three intervals', async () => {
  const world = new SharingWorld(SERVERS);
  for (let n = 0; n < 4; n += 1) world.join();
  await world.pass(QUIET_MS);
  expectShared(world);
  const [gone] = world.collectors.values();
  const before = world.polledIn(INTERVAL_MS);
  gone?.die();
  await world.pass(3 * INTERVAL_MS);
  await world.pass(INTERVAL_MS);
  for (const [server, pollers] of world.polledIn(INTERVAL_MS)) {
    const was = before.get(server);
    if (was?.[0] === gone?.id) expect(pollers).toStrictEqual([expect.not.stringMatching(gone?.id ?? '')]);
    else expect(pollers).toStrictEqual(was);
  }
  expectNoStrays(world);
});

test('who comes gets its share without a gap, and nothing else moves', async () => {
  const world = new SharingWorld(SERVERS);
  world.join();
  world.join();
  await world.pass(QUIET_MS);
  const before = world.polledIn(INTERVAL_MS);
  const fresh = world.join();
  const fromMs = world.nowMs;
  await world.pass(QUIET_MS);
  expectShared(world);
  expect(fresh.polled.length).toBeGreaterThan(0);
  for (const [server, pollers] of world.polledIn(INTERVAL_MS)) {
    if (pollers[0] !== fresh.id) expect(pollers).toStrictEqual(before.get(server));
    const times = world.polls
      .filter((poll) => poll.server === server && poll.atMs > fromMs)
      .map(({ atMs }) => atMs);
    const gaps = times.slice(1).map((atMs, n) => atMs - (times[n] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(INTERVAL_MS);
  }
  expectNoStrays(world);
});

test('who ends gives its servers away at once', async () => {
  const world = new SharingWorld(SERVERS);
  const first = world.join();
  world.join();
  await world.pass(QUIET_MS);
  const fromMs = world.nowMs;
  await first.end();
  await world.pass(3 * INTERVAL_MS);
  for (const server of SERVERS) {
    const times = world.polls
      .filter((poll) => poll.server === server && poll.atMs > fromMs - INTERVAL_MS)
      .map(({ atMs }) => atMs);
    const gaps = times.slice(1).map((atMs, n) => atMs - (times[n] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(INTERVAL_MS);
  }
  expectNoStrays(world);
});

test('another MediaMTX under the same id is polled by nobody who means the first one', async () => {
  const world = new SharingWorld(['main']);
  const first = world.join('aaaa');
  await world.pass(INTERVAL_MS);
  const second = world.join('bbbb');
  await world.pass(QUIET_MS);
  expect(first.polled).toStrictEqual(['main']);
  expect(second.polled).toStrictEqual([]);
  expect(second.sharing.health).toMatchObject({
    holds: [],
    standsBy: ['main'],
    conflicts: [{ server: 'main', collector: first.id }],
  });
  const warnings = (log: typeof first.log) =>
    log.messages('warn').filter((text) => text.includes('another id'));
  expect(warnings(first.log)).toHaveLength(1);
  expect(warnings(second.log)).toHaveLength(1);
  // A restart of the first one is no reason to change whom `main` means.
  await first.end();
  await world.pass(QUIET_MS);
  expect(second.polled).toStrictEqual([]);
  const again = world.join('aaaa');
  await world.pass(QUIET_MS);
  expect(again.polled).toStrictEqual(['main']);
  again.die();
  await world.pass(70_000);
  expect(second.polled).toStrictEqual(['main']);
});
