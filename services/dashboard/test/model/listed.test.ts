import { describe, expect, test } from '@jest/globals';
import { createRanking, listStreams } from '../../src/model/listed.ts';
import { fleet, snapshot, stream } from '../support/records.ts';

describe('all streams of the fleet', () => {
  test('those of a stale server are of unknown health', () => {
    const both = fleet(
      snapshot([stream({ name: 'a', health: 'critical' })]),
      snapshot([stream({ name: 'a', server: 'other', health: 'ok' })], { server: 'other' }),
    );
    const list = listStreams(both.servers, new Set(['main']), createRanking());
    expect(list.map(({ key, health, stale }) => [key, health, stale])).toEqual([
      ['main/a', 'unknown', true],
      ['other/a', 'ok', false],
    ]);
  });

  test('of no server there are none', () => {
    expect(listStreams(fleet().servers, new Set(), createRanking())).toEqual([]);
  });
});

describe('ranking', () => {
  test('is as people count, by name before server', () => {
    const rank = createRanking();
    const ranks = rank(['b/cam10', 'a/cam2', 'a/Cam1']);
    expect([...ranks].sort(([, x], [, y]) => x - y).map(([key]) => key)).toEqual([
      'a/Cam1',
      'a/cam2',
      'b/cam10',
    ]);
  });

  test('is made again only when names have changed', () => {
    const rank = createRanking();
    const first = rank(['a/x', 'a/y']);
    expect(rank(['a/x', 'a/y'])).toBe(first);
    expect(rank(['a/x', 'a/z']).get('a/z')).toBe(1);
  });
});
