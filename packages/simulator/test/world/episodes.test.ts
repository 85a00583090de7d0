import { expect, test } from '@jest/globals';
import { episodesAt } from '../../src/world/episodes.ts';
import { StreamFaults } from '../../src/world/stream-faults.ts';
import { worldOf } from '../lists-of.ts';

const MINUTE_MS = 60_000;
const hour = Array.from({ length: 1_800 }, (_, tick) => tick * 2_000);

test('an eventful fleet begins well, has each of its faults in the first seven minutes, and most of the time none', () => {
  expect(episodesAt(30_000, 0)).toStrictEqual([]);
  const early = hour.filter((ms) => ms < 7 * MINUTE_MS).map((ms) => episodesAt(ms, 0));
  expect(new Set(early.flat().map(({ stream, kind }) => `${kind} ${stream}`)).size).toBe(5);
  expect(Math.max(...early.map((all) => all.length))).toBe(1);
  const faulty = hour.filter((ms) => episodesAt(ms, 0).length > 0);
  expect(faulty.length).toBeLessThan(hour.length / 2);
});

test('none comes back within ten minutes, which would be called flapping', () => {
  const begins = new Map<string, number>();
  for (const { stream, sinceMs } of hour.flatMap((ms) => episodesAt(ms, 0))) {
    const before = begins.get(stream) ?? -Infinity;
    if (sinceMs !== before) expect(sinceMs - before).toBeGreaterThanOrEqual(10 * MINUTE_MS);
    begins.set(stream, sinceMs);
  }
});

test('every stream of an episode is in the fleet, and can have it', () => {
  let world = worldOf({ eventful: true });
  const faults = new StreamFaults();
  const healthy = world.streams.map(({ run }) => run !== null);
  for (const ms of hour) world = faults.applyTo(world, episodesAt(ms, 0), 1_000 + ms);
  world = faults.applyTo(world, [], 1_000 + 2 * 60 * MINUTE_MS);
  expect(world.streams.map(({ run }) => run !== null)).toStrictEqual(healthy);
});
