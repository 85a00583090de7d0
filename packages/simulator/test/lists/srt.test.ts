import { describe, expect, test } from '@jest/globals';
import { addStream, setLinkLoss, setStreamLive } from '../../src/world/changes.ts';
import type { World } from '../../src/world/model.ts';
import { itemsAt, itemWhere, worldOf, type ListedItem } from '../lists-of.ts';

const fleet = (seed: number) => worldOf({ seed, streams: 36, nowMs: 500 }, { readersPerStream: 4 });
const number = (item: ListedItem, name: string): number => Number(item[name]);

describe('numbers of SRT fit together', () => {
  const nowMs = 600_000;
  const world = fleet(3);
  const connections = itemsAt(world, 'srtconns', nowMs);
  const streams = itemsAt(world, 'paths', nowMs);
  const publishers = connections.filter((item) => item['state'] === 'publish');

  test('the same seed gives the same fleet, another one another', () => {
    expect(itemsAt(fleet(3), 'srtconns', nowMs)).toStrictEqual(connections);
    expect(itemsAt(fleet(4), 'srtconns', nowMs)).not.toStrictEqual(connections);
  });

  test('a publisher has received more than its stream’s media', () => {
    for (const connection of publishers) {
      const stream = itemWhere(streams, 'name', connection['path']);
      expect(stream['source']).toStrictEqual({ type: 'srtConn', id: connection['id'] });
      const ratio = number(connection, 'bytesReceivedUnique') / number(stream, 'bytesReceived');
      expect(ratio).toBeGreaterThan(1.05);
      expect(ratio).toBeLessThan(1.2);
    }
  });

  test('mbpsReceiveRate follows the bytes, in units of 1024²', () => {
    const later = itemsAt(world, 'srtconns', nowMs + 100);
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

  test('1.9 counts each lost packet twice, and nothing else', () => {
    const twice = itemsAt(world, 'srtconns', nowMs, '1.9');
    for (const [index, connection] of connections.entries()) {
      const theirs = twice[index] ?? {};
      for (const name of ['packetsReceivedLoss', 'bytesReceivedLoss']) {
        expect(theirs[name]).toBe(2 * number(connection, name));
      }
      expect(theirs['packetsReceivedRetrans']).toBe(connection['packetsReceivedRetrans']);
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
        number(itemsAt(world, 'srtconns', nowMs + ms)[index] ?? {}, 'msRTT'),
      );
      expect(new Set(rtts).size).toBe(rtts.length);
      expect(Math.max(...rtts) / Math.min(...rtts)).toBeLessThan(1.6);
      expect(number(connection, 'msRTT')).toBeGreaterThan(0);
    }
  });
});

describe('the loss of a link', () => {
  const NAME = 'test';
  const START_MS = 10_000;
  const WORLD = addStream(fleet(1), NAME, 'srtConn', START_MS);

  function linkAt(world: World, nowMs: number): ListedItem {
    const publishers = itemsAt(world, 'srtconns', nowMs).filter((item) => item['state'] === 'publish');
    return itemWhere(publishers, 'path', NAME);
  }
  function grown(world: World, name: string, fromMs: number, toMs: number): number {
    return number(linkAt(world, toMs), name) - number(linkAt(world, fromMs), name);
  }

  test('is as set from then on, in every step', () => {
    const world = setLinkLoss(WORLD, NAME, 5, 60_000);
    expect(number(linkAt(world, 60_000), 'packetsReceivedLoss')).toBe(0);
    for (const fromMs of [60_000, 62_000, 64_000, 100_000]) {
      const loss = grown(world, 'packetsReceivedLoss', fromMs, fromMs + 2_000);
      const unique = grown(world, 'packetsReceivedUnique', fromMs, fromMs + 2_000);
      expect(Math.abs(loss - unique * 0.05)).toBeLessThanOrEqual(1);
      expect(loss).toBeGreaterThan(10);
    }
  });

  test('is repaired a tick later, but for two in a hundred', () => {
    const world = setLinkLoss(WORLD, NAME, 5, 60_000);
    expect(number(linkAt(world, 62_000), 'packetsReceivedRetrans')).toBe(0);
    const lost = number(linkAt(world, 180_000), 'packetsReceivedLoss');
    const later = linkAt(world, 182_000);
    const repaired = number(later, 'packetsReceivedRetrans') - number(later, 'packetsReceivedDrop');
    expect(lost - repaired).toBe(Math.floor(lost * 0.02));
  });

  test('can end, and what was lost stays counted', () => {
    const world = setLinkLoss(setLinkLoss(WORLD, NAME, 10, 60_000), NAME, 0, 90_000);
    expect(number(linkAt(world, 90_000), 'packetsReceivedLoss')).toBeGreaterThan(100);
    expect(grown(world, 'packetsReceivedLoss', 90_000, 120_000)).toBe(0);
    expect(grown(world, 'packetsReceivedRetrans', 90_000, 92_000)).toBeGreaterThan(10);
    expect(grown(world, 'packetsReceivedRetrans', 92_000, 120_000)).toBe(0);
    expect(linkAt(world, 92_000)['packetsReceivedLossRate']).toBe(0);
  });

  test('is forgotten when the stream starts anew', () => {
    const world = setStreamLive(setLinkLoss(WORLD, NAME, 10, 60_000), NAME, true, 90_000);
    expect(linkAt(world, 120_000)['packetsReceivedLoss']).toBe(0);
  });

  test.each([
    ['studio-1', 5, 'no-srt-publisher'],
    ['studio-2', 5, 'no-srt-publisher'],
    ['nobody', 5, 'unknown-stream'],
    [NAME, -1, 'invalid-loss'],
    [NAME, 101, 'invalid-loss'],
    [NAME, NaN, 'invalid-loss'],
  ])('of %s can’t be %d: %s', (name, percent, code) => {
    expect(() => setLinkLoss(WORLD, name, percent, 60_000)).toThrow(expect.objectContaining({ code }));
  });
});
