import { describe, expect, test } from '@jest/globals';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { createLister, type Listed } from '../../src/model/listed.ts';
import { fleet, snapshot, stream } from '../support/records.ts';

const serversOf = (...streams: readonly StreamRecord[]) => fleet(snapshot(streams)).servers;
const byRank = (list: readonly Listed[]): string[] =>
  [...list].sort((a, b) => a.rank - b.rank).map(({ key }) => key);

describe('all streams of the fleet', () => {
  test('those of a stale server are of unknown health', () => {
    const both = fleet(
      snapshot([stream({ name: 'a', health: 'critical' })]),
      snapshot([stream({ name: 'a', server: 'other', health: 'ok' })], { server: 'other' }),
    );
    const list = createLister()(both.servers, new Set(['main']));
    expect(list.map(({ key, health, stale }) => [key, health, stale])).toEqual([
      ['main/a', 'unknown', true],
      ['other/a', 'ok', false],
    ]);
  });

  test('of no server there are none', () => {
    expect(createLister()(fleet().servers, new Set())).toEqual([]);
  });

  test('are ranked as people count, by name before server', () => {
    const streams = [
      stream({ server: 'b', name: 'cam10' }),
      stream({ server: 'a', name: 'cam2' }),
      stream({ server: 'b', name: 'Cam1' }),
      stream({ server: 'a', name: 'cam1' }),
    ];
    expect(byRank(createLister()(serversOf(...streams), new Set()))).toEqual([
      'a/cam1',
      'b/Cam1',
      'a/cam2',
      'b/cam10',
    ]);
  });

  test('keep their ranks with new numbers, and get new ones with other names', () => {
    const list = createLister();
    const [x, y] = [stream({ name: 'x' }), stream({ name: 'y' })];
    const first = list(serversOf(x, y), new Set());
    const second = list(serversOf({ ...x, readers: 9 }, y), new Set());
    expect(second.map(({ rank }) => rank)).toEqual(first.map(({ rank }) => rank));
    expect(second[0]?.stream.readers).toBe(9);
    const renamed = list(serversOf(stream({ name: 'z' }), y), new Set());
    expect(byRank(renamed)).toEqual(['main/y', 'main/z']);
    expect(renamed.map(({ key }) => key)).toEqual(['main/z', 'main/y']);
    expect(byRank(list(serversOf(y), new Set()))).toEqual(['main/y']);
  });
});
