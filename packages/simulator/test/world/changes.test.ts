import { describe, expect, test } from '@jest/globals';
import {
  addStream,
  publisherOf,
  removeStream,
  setStreamFrozen,
  setStreamLive,
} from '../../src/world/changes.ts';
import type { World } from '../../src/world/model.ts';
import { ALL_LISTS, itemsAt, itemWhere, worldOf, type ListedItem } from '../lists-of.ts';

const NOW_MS = 1_000;
const NAME = 'cam/stage-left';

const fleet = () => worldOf({ nowMs: NOW_MS });

function pathAt(world: World, name: string, nowMs: number): ListedItem {
  return itemWhere(itemsAt(world, 'paths', nowMs), 'name', name);
}

function publisherAt(world: World, name: string, nowMs: number): ListedItem {
  const publishers = itemsAt(world, 'srtconns', nowMs).filter((item) => item['state'] === 'publish');
  return itemWhere(publishers, 'path', name);
}

describe('a stream', () => {
  test('starts anew from 0, with a new source and time', () => {
    const before = pathAt(fleet(), NAME, NOW_MS + 5_000);
    const world = setStreamLive(fleet(), NAME, true, NOW_MS + 5_000);
    const after = pathAt(world, NAME, NOW_MS + 5_000);
    expect(Number(before['bytesReceived'])).toBeGreaterThan(0);
    expect([after['bytesReceived'], after['bytesSent']]).toStrictEqual([0, 0]);
    expect(after['source']).not.toStrictEqual(before['source']);
    expect(String(after['readyTime']) > String(before['readyTime'])).toBe(true);
    expect(after['readers']).toHaveLength(2);
    expect(publisherAt(world, NAME, NOW_MS + 5_000)['bytesReceived']).toBe(0);
    expect(Number(pathAt(world, NAME, NOW_MS + 7_000)['bytesReceived'])).toBeGreaterThan(100_000);
  });

  test('stops: not ready, no bytes, no connections', () => {
    const world = setStreamLive(fleet(), NAME, false, NOW_MS);
    expect(pathAt(world, NAME, NOW_MS)).toMatchObject({
      ready: false,
      source: null,
      readers: [],
      bytesReceived: 0,
    });
    for (const list of ALL_LISTS) {
      expect(itemsAt(world, list, NOW_MS).filter(({ path }) => path === NAME)).toStrictEqual([]);
    }
  });

  test('each start gives other ids', () => {
    let world = fleet();
    const ids = new Set<unknown>();
    for (let start = 0; start < 5; start += 1) {
      world = setStreamLive(setStreamLive(world, NAME, false, NOW_MS), NAME, true, NOW_MS);
      ids.add(pathAt(world, NAME, NOW_MS)['source']);
    }
    expect(new Set([...ids].map((source) => JSON.stringify(source))).size).toBe(5);
  });

  test('freezes: ready, with flat bytes, and goes on where it stopped', () => {
    const frozen = setStreamFrozen(fleet(), NAME, true, 10_000);
    const [then, later] = [pathAt(frozen, NAME, 10_000), pathAt(frozen, NAME, 70_000)];
    expect(later).toStrictEqual(then);
    expect(later['ready']).toBe(true);
    expect(publisherAt(frozen, NAME, 70_000)).toMatchObject({
      bytesReceived: publisherAt(frozen, NAME, 10_000)['bytesReceived'],
      mbpsReceiveRate: 0,
    });
    const thawed = setStreamFrozen(frozen, NAME, false, 70_000);
    expect(pathAt(thawed, NAME, 70_000)).toStrictEqual(then);
    expect(Number(pathAt(thawed, NAME, 72_000)['bytesReceived'])).toBe(
      Number(pathAt(fleet(), NAME, 12_000)['bytesReceived']),
    );
  });

  test('freezes for all its clients, whatever their protocol', () => {
    let world = fleet();
    for (const { name } of world.streams) world = setStreamFrozen(world, name, true, 10_000);
    for (const list of ALL_LISTS.filter((one) => one !== 'paths')) {
      const bytes = (nowMs: number) =>
        itemsAt(world, list, nowMs).map((item) => [
          item['outboundBytes'],
          item['inboundBytes'],
          item['bytesSent'],
        ]);
      expect(bytes(70_000)).toStrictEqual(bytes(10_000));
    }
  });

  test('has a publisher while somebody publishes it', () => {
    const world = fleet();
    expect(pathAt(world, NAME, NOW_MS)['source']).toStrictEqual({
      type: 'srtConn',
      id: publisherOf(world, NAME)?.id,
    });
    expect(publisherOf(setStreamLive(world, NAME, false, NOW_MS), NAME)).toBeNull();
    expect(publisherOf(setStreamLive(world, 'archive/loop', true, NOW_MS), 'archive/loop')).toBeNull();
  });

  test('is pulled when demand comes', () => {
    const name = 'archive/loop';
    const world = setStreamLive(fleet(), name, true, NOW_MS);
    expect(pathAt(world, name, NOW_MS)).toMatchObject({
      ready: true,
      source: { type: 'rtspSource', id: '' },
    });
  });

  test.each(['', 'a","streams":[', '__proto__', '<script>&', 'ä 🎥 /../x', '\u2028\n\u0000', '%2F?#'])(
    'may be called %j',
    (name) => {
      const world = addStream(fleet(), name, 'srtConn', NOW_MS);
      expect(pathAt(world, name, NOW_MS)['confName']).toBe(name);
      expect(publisherAt(world, name, NOW_MS)['path']).toBe(name);
      expect(itemsAt(removeStream(world, name), 'paths', NOW_MS)).toHaveLength(12);
    },
  );

  test('of an unknown or taken name is refused', () => {
    expect(() => setStreamLive(fleet(), 'nobody', true, 0)).toThrow(
      expect.objectContaining({ code: 'unknown-stream' }),
    );
    expect(() => addStream(fleet(), NAME, 'srtConn', 0)).toThrow(
      expect.objectContaining({ code: 'stream-exists' }),
    );
  });
});
