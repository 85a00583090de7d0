import { describe, expect, test } from '@jest/globals';
import { NO_FILTER, type ViewFilter } from '../../src/data/view.ts';
import { fleetScope, followedServers, withLabels } from '../../src/model/fleet-scope.ts';

const filter = (given: Partial<ViewFilter> = {}): ViewFilter => ({ ...NO_FILTER, ...given });

/** `s0` and the even ones stand in the north, the others in the south. */
const heads = (count: number) =>
  new Map(
    Array.from({ length: count }, (_, index) => [
      `s${index}`,
      { labels: { site: index % 2 === 0 ? 'north' : 'south' } },
    ]),
  );

describe('of a large fleet is listed', () => {
  test.each([
    [{}, 'servers', 'worst'],
    [{ protocol: ['srt'] }, 'servers', 'worst'],
    [{ q: '  ' }, 'servers', 'worst'],
    [{ server: ['s1'] }, 'chosen', 'chosen'],
    [{ label: ['site:north'] }, 'chosen', 'chosen'],
    [{ favourites: true }, 'chosen', 'chosen'],
    [{ pins: ['s1/cam'] }, 'chosen', 'chosen'],
    [{ q: 'cam' }, 'found', 'found'],
    [{ health: ['critical'] }, 'found', 'found'],
    [{ q: 'cam', label: ['site:north'] }, 'found', 'found'],
    [{ q: 'cam', server: ['s1'] }, 'chosen', 'chosen'],
  ] as const)('with %j: %s, and on a screen %s', (given, scope, onScreen) => {
    expect([fleetScope(filter(given), false), fleetScope(filter(given), true)]).toStrictEqual([
      scope,
      onScreen,
    ]);
  });
});

describe('streams are followed', () => {
  const followed = (
    given: Partial<ViewFilter>,
    more: { favourites?: readonly string[]; count?: number } = {},
  ) =>
    followedServers({
      filter: filter(given),
      scope: fleetScope(filter(given), false),
      favourites: more.favourites ?? [],
      heads: heads(more.count ?? 4),
      worst: [],
    });

  test('of servers that are named, and there', () => {
    expect(followed({ server: ['s3', 's1', 'gone'] })).toStrictEqual(['s1', 's3']);
  });

  test('of servers that have the labels, among them those that are named', () => {
    expect(followed({ label: ['site:north'] })).toStrictEqual(['s0', 's2']);
    expect(followed({ label: ['site:north'], server: ['s1', 's2'] })).toStrictEqual(['s2']);
    expect(withLabels(heads(4), ['site:north', 'rack:1'])).toStrictEqual([]);
  });

  test('of those that have a pinned stream, or one with a star', () => {
    expect(followed({ pins: ['s2/a/b', 's0/c'] })).toStrictEqual(['s0', 's2']);
    expect(followed({ favourites: true }, { favourites: ['s1/x', 'gone/y'] })).toStrictEqual(['s1']);
  });

  test('of none that nobody chose, also where streams are searched for', () => {
    expect([followed({}), followed({ q: 'cam' })]).toStrictEqual([[], []]);
  });

  test('of the worst on a screen, as they are told', () => {
    const worst = ['s3', 'gone', 's1'];
    const input = { filter: filter(), favourites: [], heads: heads(4), worst };
    expect(followedServers({ ...input, scope: 'worst' })).toStrictEqual(['s1', 's3']);
  });

  test('of 100 at most, which the API takes', () => {
    expect(followed({ label: ['site:north'] }, { count: 300 })).toHaveLength(100);
  });
});
