import { describe, expect, test } from '@jest/globals';
import { type Expectation, expectedNow, GLOB_EXPECTS_MS } from '../../src/derive/expectations.ts';
import { IDLE, momentAt, pathFact, START_MS, ticker } from './facts.ts';

const at = (monotonicMs: number) => momentAt(START_MS + monotonicMs);
const NOW_MS = 10_000;

const { path, memory } = ticker();
path();
const cam = memory().streams.get('cam');
if (cam === undefined) throw new Error('nothing remembered');
/** What is remembered of streams that were live then; `null` = never. */
const lastLive = (times: Readonly<Record<string, number | null>>) =>
  new Map(
    Object.entries(times).map(([name, ms]) => [name, { ...cam, lastLiveAt: ms === null ? null : at(ms) }]),
  );
const live = (...names: string[]) => names.map((name) => pathFact({ name }));
const idle = (...names: string[]) => names.map((name) => pathFact({ name, ...IDLE }));

/** The names that begin with `enc` and are expected, of these. */
function expectedOf(
  fields: Partial<Expectation>,
  facts: ReturnType<typeof live>,
  times: Parameters<typeof lastLive>[0],
) {
  const expectation = { match: 'enc*', isName: false, forMs: 0, atLeast: null, schedule: null, ...fields };
  const before = lastLive(times);
  const { of, names } = expectedNow(
    { all: [expectation], of: (name) => (name.startsWith('enc') ? [0] : []) },
    [],
    { facts, before, now: at(NOW_MS) },
  );
  const all = [...new Set([...facts.map(({ name }) => name), ...before.keys(), ...names])];
  return all.filter((name) => of(name, times[name] ?? null).length > 0).sort();
}

describe('a glob', () => {
  test('expects what was live within a day, to the millisecond', () => {
    const dayAgo = NOW_MS - GLOB_EXPECTS_MS;
    expect(GLOB_EXPECTS_MS).toBe(24 * 3_600_000);
    expect(
      expectedOf({}, [], { 'enc-a': dayAgo - 1, 'enc-b': dayAgo, 'enc-c': null, x: dayAgo }),
    ).toStrictEqual(['enc-b']);
  });
});

describe('at least so many', () => {
  const two = { atLeast: 2 };

  test('counts none that the glob doesn’t match, nor any that isn’t on air', () => {
    expect(expectedOf(two, [...live('enc-a', 'x', 'y', 'z'), ...idle('enc-b', 'enc-c')], {})).toStrictEqual([
      'enc-a',
      'enc-b',
    ]);
  });

  test('are those that are live, where they are just enough', () => {
    expect(expectedOf(two, live('enc-b', 'enc-a'), { 'enc-c': 9_000 })).toStrictEqual(['enc-a', 'enc-b']);
    expect(expectedOf(two, live('enc-b', 'enc-a', 'enc-d'), {})).toStrictEqual([]);
  });

  test('are those that were live last, listed or not, and of equals the first by name', () => {
    const listed = idle('enc-d', 'enc-b');
    expect(expectedOf(two, listed, { 'enc-b': 1, 'enc-a': 2, 'enc-d': 4, 'enc-c': 3 })).toStrictEqual([
      'enc-c',
      'enc-d',
    ]);
    expect(expectedOf(two, listed, { 'enc-b': 4, 'enc-a': 3, 'enc-d': 1, 'enc-c': 2 })).toStrictEqual([
      'enc-a',
      'enc-b',
    ]);
    expect(expectedOf(two, listed, { 'enc-d': 5, 'enc-c': 5, 'enc-b': 5, 'enc-a': 5 })).toStrictEqual([
      'enc-a',
      'enc-b',
    ]);
    expect(expectedOf(two, idle('enc-c', 'enc-b', 'enc-d', 'enc-a'), {})).toStrictEqual(['enc-a', 'enc-b']);
  });

  test('are those that ever were live rather than those that never were, also before this process began', () => {
    for (const liveAtMs of [0, -1, -500_000]) {
      expect(
        expectedOf({ atLeast: 1 }, idle('enc-a', 'enc-z'), { 'enc-a': null, 'enc-z': liveAtMs }),
      ).toStrictEqual(['enc-z']);
    }
  });

  test('are none that went more than a day ago: the glob stands for them', () => {
    const dayAgo = NOW_MS - GLOB_EXPECTS_MS;
    expect(expectedOf(two, [], { 'enc-a': dayAgo - 1, 'enc-b': dayAgo, x: 9_000 })).toStrictEqual([
      'enc*',
      'enc-b',
    ]);
  });
});
