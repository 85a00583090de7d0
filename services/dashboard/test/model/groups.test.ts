import { describe, expect, test } from '@jest/globals';
import type { Grouping } from '../../src/data/view.ts';
import { groupStreams, isClosed, isGroup, type ListItem, withToggled } from '../../src/model/groups.ts';
import { sortStreams } from '../../src/model/selection.ts';
import type { ListedStream } from '../../src/model/streams.ts';
import { listed } from '../support/records.ts';

const DEPTH_1: Grouping = { depth: 1, closed: [] };
const LIST = [
  listed({ name: 'cam/a' }),
  listed({ name: 'cam/b', health: 'warning' }),
  listed({ name: 'lobby', state: 'idle', health: 'ok' }),
  listed({ name: 'studio/c', health: 'critical' }),
  listed({ name: 'studio/d' }),
  listed({ name: 'studio/e' }),
];

/** Names of streams; groups as their prefix and slash. */
function lines(items: readonly ListItem[]): string[] {
  return items.map((item) => (isGroup(item) ? `${item.prefix}/` : item.stream.name));
}

function worstFirst(list: readonly ListedStream[]): readonly ListedStream[] {
  return sortStreams(list, { key: 'attention', descending: false });
}

describe('groups', () => {
  test('stand as their first streams do, so that the worst is first among groups and in each', () => {
    expect(lines(groupStreams(worstFirst(LIST), DEPTH_1))).toStrictEqual([
      'studio/',
      'studio/c',
      'studio/d',
      'studio/e',
      'cam/',
      'cam/b',
      'cam/a',
      '/',
      'lobby',
    ]);
  });

  test('have the worst look, and how many there are of each', () => {
    const [studio, cam, none] = groupStreams(worstFirst(LIST), { depth: 1, closed: ['*'] });
    expect(studio).toMatchObject({ worst: 'critical', count: 3, looks: { critical: 1, ok: 2 } });
    expect(cam).toMatchObject({ worst: 'warning', count: 2, looks: { warning: 1, ok: 1 } });
    expect(none).toMatchObject({ prefix: '', worst: 'rest', count: 1, looks: { rest: 1, ok: 0 } });
  });

  test('the worst is found whatever they are sorted by', () => {
    const [cam] = groupStreams(LIST.slice(0, 2), DEPTH_1);
    expect(cam).toMatchObject({ worst: 'warning' });
  });

  test('have keys that no stream has', () => {
    const keys = groupStreams(LIST, DEPTH_1).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('that are closed keep their streams to themselves', () => {
    const closed = groupStreams(LIST, { depth: 1, closed: ['cam/'] });
    expect(lines(closed)).toStrictEqual([
      'cam/',
      '/',
      'lobby',
      'studio/',
      'studio/c',
      'studio/d',
      'studio/e',
    ]);
  });

  test('of ten thousand streams in one are made', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => listed({ name: `cam/${index}` }));
    expect(groupStreams(many, DEPTH_1)).toHaveLength(10_001);
    expect(groupStreams([...many, ...LIST], { depth: 1, closed: ['*'] })).toHaveLength(3);
  });
});

test('one is opened and closed, also where all others are closed', () => {
  const one = withToggled(DEPTH_1, 'cam');
  expect([isClosed(one, 'cam'), isClosed(one, ''), isClosed(one, 'studio')]).toStrictEqual([
    true,
    false,
    false,
  ]);
  expect(withToggled(one, 'cam')).toStrictEqual(DEPTH_1);
  const all = withToggled({ depth: 1, closed: ['*'] }, '');
  expect([isClosed(all, ''), isClosed(all, 'cam'), isClosed(all, '*')]).toStrictEqual([false, true, true]);
});
