import { describe, expect, test } from '@jest/globals';
import type { Stream } from '../../src/world/model.ts';
import { worldOf } from '../lists-of.ts';

const fleet = (streams: number) => worldOf({ streams });

function kinds(streams: readonly Stream[]): Set<string> {
  return new Set(streams.map(({ source, run }) => (run === null ? `no ${source}` : source)));
}

describe('a fleet', () => {
  test('is a mix of publishers, with idle streams and one that waits for demand', () => {
    const { streams } = fleet(200);
    expect(kinds(streams)).toStrictEqual(
      new Set([
        ...['srtConn', 'rtspSession', 'rtspsSession', 'rtmpConn', 'rtmpsConn', 'webRTCSession'],
        ...['no srtConn', 'no rtspSource'],
      ]),
    );
    expect(streams.filter(({ source }) => source === 'rtspSource')).toHaveLength(1);
  });

  test('has names of its own, in order', () => {
    const names = fleet(10_000).streams.map(({ name }) => name);
    expect(new Set(names).size).toBe(10_000);
    expect(names).toStrictEqual([...names].sort());
    expect(names).toContain('cam/stage-left');
    expect(names).toContain('stream-00012');
  });

  test('has connections with ids of their own, oldest first', () => {
    const { connections } = fleet(1_000);
    const created = connections.map((connection) => connection.created);
    expect(new Set(connections.map(({ id }) => id)).size).toBe(connections.length);
    expect(created).toStrictEqual([...created].sort());
  });

  test('a connection opens before the stream it publishes is ready, and after the server started', () => {
    const { streams, started } = fleet(100);
    for (const { run } of streams) {
      if (!run?.publisher) continue;
      expect(run.publisher.created < run.readyTime).toBe(true);
      expect(run.readyTime < run.onlineTime).toBe(true);
      expect(run.publisher.opened < run.publisher.created).toBe(true);
      expect(started < run.publisher.created).toBe(true);
    }
  });
});
