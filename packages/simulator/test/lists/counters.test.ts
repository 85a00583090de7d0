import { describe, expect, test } from '@jest/globals';
import { paths } from '../../src/lists/paths.ts';
import { srtconns } from '../../src/lists/srtconns.ts';
import { createWorld } from '../../src/world/fleet.ts';
import type { World } from '../../src/world/model.ts';
import { itemsAt, itemWhere, type Item } from '../lists-of.ts';

const GAUGES = /Rate|Buf|RTT|Capacity|FlowWindow|FlightSize|Period|MaxBW|MSS|Delay|Tolerance|AvgBelated/;
const SEEDS = [1, 2, 3, 4, 5];
const STEPS_MS = [0, 1, 1, 2, 7, 19, 50, 333, 2_000, 2_000, 10_000, 3_600_000, 1, 86_400_000, 1, 2_000];

function fleet(seed: number): World {
  return createWorld({ seed, streams: 36, readersPerStream: 3, nowMs: 500, wallMs: 1_800_000_000_000 });
}

function numbers(item: Item): [string, number][] {
  return Object.entries(item).flatMap(([name, value]) =>
    typeof value === 'number' && !GAUGES.test(name) ? [[name, value]] : [],
  );
}

describe.each([
  ['paths', paths, 'name'],
  ['srtconns', srtconns, 'id'],
] as const)('counters of %s', (_, list, key) => {
  test('never fall, and are whole', () => {
    for (const seed of SEEDS) {
      const world = fleet(seed);
      let nowMs = 500;
      let before = itemsAt(world, list, nowMs);
      for (const stepMs of STEPS_MS) {
        nowMs += stepMs;
        const after = itemsAt(world, list, nowMs);
        for (const [index, item] of after.entries()) {
          const old = new Map(numbers(before[index] ?? {}));
          expect(item[key]).toBe(before[index]?.[key]);
          for (const [name, value] of numbers(item)) {
            const was = old.get(name) ?? NaN;
            // Called only on failure: an expect for each number would take minutes.
            if (!(Number.isInteger(value) && value >= was))
              expect({ seed, nowMs, name, was, value }).toBeNull();
          }
        }
        before = after;
      }
    }
  });

  test('those of live streams grow', () => {
    const world = fleet(1);
    const [first, second] = [itemsAt(world, list, 500), itemsAt(world, list, 2_500)];
    for (const [index, item] of second.entries()) {
      const sum = (of: Item) => Number(of['bytesReceived']) + Number(of['bytesSent']);
      if (item['ready'] !== false) expect(sum(item)).toBeGreaterThan(sum(first[index] ?? {}));
    }
  });
});

describe('numbers fit together', () => {
  const nowMs = 600_000;
  const world = fleet(3);
  const connections = itemsAt(world, srtconns, nowMs);
  const streams = itemsAt(world, paths, nowMs);
  const number = (item: Item, name: string): number => Number(item[name]);

  test('the same seed gives the same fleet, another one another', () => {
    expect(itemsAt(fleet(3), srtconns, nowMs)).toEqual(connections);
    expect(itemsAt(fleet(4), srtconns, nowMs)).not.toEqual(connections);
  });

  test('an SRT publisher has received more than its stream’s media', () => {
    for (const connection of connections.filter((item) => item['state'] === 'publish')) {
      const stream = itemWhere(streams, 'name', connection['path']);
      expect(stream['source']).toEqual({ type: 'srtConn', id: connection['id'] });
      const ratio = number(connection, 'bytesReceivedUnique') / number(stream, 'bytesReceived');
      expect(ratio).toBeGreaterThan(1.05);
      expect(ratio).toBeLessThan(1.2);
    }
  });

  test('mbpsReceiveRate follows the bytes, in units of 1024²', () => {
    const later = itemsAt(world, srtconns, nowMs + 100);
    for (const [index, connection] of connections.entries()) {
      if (connection['state'] !== 'publish') continue;
      const grown =
        number(later[index] ?? {}, 'bytesReceivedUnique') - number(connection, 'bytesReceivedUnique');
      const mbps = (grown * 8 * 10) / 1024 ** 2;
      const said = number(connection, 'mbpsReceiveRate');
      expect(mbps / said).toBeGreaterThan(0.9);
      expect(mbps / said).toBeLessThan(1.2);
    }
  });

  test('a few links lose packets, and repair nearly all of them', () => {
    const publishers = connections.filter((item) => item['state'] === 'publish');
    const lossy = publishers.filter((item) => number(item, 'packetsReceivedLoss') > 0);
    expect(lossy.length).toBeGreaterThan(0);
    expect(lossy.length).toBeLessThan(publishers.length / 2);
    for (const link of lossy) {
      const [received, unique] = [number(link, 'packetsReceived'), number(link, 'packetsReceivedUnique')];
      const [loss, drop] = [number(link, 'packetsReceivedLoss'), number(link, 'packetsReceivedDrop')];
      expect(drop).toBe(received - unique);
      expect(loss / unique).toBeGreaterThan(0.01);
      expect(loss / unique).toBeLessThan(0.08);
      const unrecovered = loss - (number(link, 'packetsReceivedRetrans') - drop);
      expect(unrecovered).toBeGreaterThanOrEqual(0);
      expect(unrecovered).toBeLessThan(loss * 0.1);
      expect(number(link, 'packetsReceivedBelated')).toBeLessThanOrEqual(drop);
      expect(number(link, 'packetsReceivedLossRate')).toBeGreaterThan(0);
    }
  });

  test('a lossy reader’s link sends again what was lost', () => {
    const lossy = connections.filter((item) => number(item, 'packetsSendLoss') > 0);
    expect(lossy.length).toBeGreaterThan(0);
    for (const link of lossy) {
      expect(link['state']).toBe('read');
      expect(number(link, 'packetsSent')).toBe(
        number(link, 'packetsSentUnique') + number(link, 'packetsRetrans'),
      );
    }
  });

  test('RTT and bitrate wander, but not far', () => {
    for (const [index, connection] of connections.entries()) {
      const rtts = [0, 5_000, 11_000, 23_000, 37_000].map((ms) =>
        number(itemsAt(world, srtconns, nowMs + ms)[index] ?? {}, 'msRTT'),
      );
      expect(new Set(rtts).size).toBe(rtts.length);
      expect(Math.max(...rtts) / Math.min(...rtts)).toBeLessThan(1.6);
      expect(number(connection, 'msRTT')).toBeGreaterThan(0);
    }
  });

  test('a stream sends what its readers read', () => {
    for (const stream of streams.filter((item) => item['ready'] === true)) {
      expect(number(stream, 'bytesSent')).toBeGreaterThan(0);
      expect(number(stream, 'bytesSent')).toBeLessThanOrEqual(3 * number(stream, 'bytesReceived'));
      expect(stream['outboundBytes']).toBe(stream['bytesSent']);
      expect(stream['inboundBytes']).toBe(stream['bytesReceived']);
    }
  });
});
