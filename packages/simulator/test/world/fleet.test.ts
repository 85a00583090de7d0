import { describe, expect, test } from '@jest/globals';
import {
  addStream,
  createWorld,
  removeStream,
  setStreamFrozen,
  setStreamLive,
} from '../../src/world/fleet.ts';
import type { Stream, World } from '../../src/world/model.ts';
import { paths } from '../../src/lists/paths.ts';
import { srtconns } from '../../src/lists/srtconns.ts';
import { itemsAt, itemWhere, type Item } from '../lists-of.ts';

const NOW_MS = 1_000;
const NAME = 'cam/stage-left';

function fleet(streams = 12): World {
  return createWorld({ seed: 1, streams, readersPerStream: 2, nowMs: NOW_MS, wallMs: 1_800_000_000_000 });
}

function pathAt(world: World, name: string, nowMs: number): Item {
  return itemWhere(itemsAt(world, paths, nowMs), 'name', name);
}

function publisherAt(world: World, name: string, nowMs: number): Item {
  const publishers = itemsAt(world, srtconns, nowMs).filter((item) => item['state'] === 'publish');
  return itemWhere(publishers, 'path', name);
}

function kinds(streams: readonly Stream[]): Set<string> {
  return new Set(streams.map(({ source, run }) => (run === null ? `no ${source}` : source)));
}

describe('a fleet', () => {
  test('is a mix of publishers, with idle streams and one that waits for demand', () => {
    const { streams } = fleet(200);
    expect(kinds(streams)).toEqual(
      new Set(['srtConn', 'rtspSession', 'rtmpConn', 'webRTCSession', 'no srtConn', 'no rtspSource']),
    );
    expect(streams.filter(({ source }) => source === 'rtspSource')).toHaveLength(1);
  });

  test('has names of its own, in order', () => {
    const names = fleet(10_000).streams.map(({ name }) => name);
    expect(new Set(names).size).toBe(10_000);
    expect(names).toEqual([...names].sort());
    expect(names).toContain(NAME);
    expect(names).toContain('stream-00012');
  });

  test('has connections with ids of their own, oldest first', () => {
    const { connections } = fleet(1_000);
    const created = connections.map((connection) => connection.created);
    expect(new Set(connections.map(({ id }) => id)).size).toBe(connections.length);
    expect(created).toEqual([...created].sort());
  });

  test('a connection opens before the stream it publishes is ready, and after the server started', () => {
    const { streams, started } = fleet(100);
    for (const { run } of streams) {
      if (!run?.publisher) continue;
      expect(run.publisher.created < run.readyTime).toBe(true);
      expect(run.readyTime < run.onlineTime).toBe(true);
      expect(started < run.publisher.created).toBe(true);
    }
  });
});

describe('a stream', () => {
  test('starts anew from 0, with a new source and time', () => {
    const before = pathAt(fleet(), NAME, NOW_MS + 5_000);
    const world = setStreamLive(fleet(), NAME, true, NOW_MS + 5_000);
    const after = pathAt(world, NAME, NOW_MS + 5_000);
    expect(Number(before['bytesReceived'])).toBeGreaterThan(0);
    expect([after['bytesReceived'], after['bytesSent']]).toEqual([0, 0]);
    expect(after['source']).not.toEqual(before['source']);
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
    expect(world.connections.filter(({ path }) => path === NAME)).toEqual([]);
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
    expect(later).toEqual(then);
    expect(later['ready']).toBe(true);
    expect(publisherAt(frozen, NAME, 70_000)).toMatchObject({
      bytesReceived: publisherAt(frozen, NAME, 10_000)['bytesReceived'],
      mbpsReceiveRate: 0,
    });
    const thawed = setStreamFrozen(frozen, NAME, false, 70_000);
    expect(pathAt(thawed, NAME, 70_000)).toEqual(then);
    expect(Number(pathAt(thawed, NAME, 72_000)['bytesReceived'])).toBe(
      Number(pathAt(fleet(), NAME, 12_000)['bytesReceived']),
    );
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
      expect(paths.count(removeStream(world, name))).toBe(12);
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
