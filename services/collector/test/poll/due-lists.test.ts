import { describe, expect, test } from '@jest/globals';
import { dueLists, type KnownLists, type ListState, nextKnown } from '../../src/poll/due-lists.ts';
import { LIST_NAMES, type ListName } from '../../src/protocols/index.ts';
import { LEADING_LISTS } from '../support/polls.ts';

const INTERVAL_MS = 2_000;
const NOBODY: ReadonlySet<string> = new Set();

/** After a first tick in which all lists were empty but for those that are given. */
const afterFirst = (answers: Partial<Record<ListName, ListState>> = {}): KnownLists => {
  const quiet = LIST_NAMES.map((list) => [list, list === 'paths' ? 'busy' : 'quiet'] as const);
  return nextKnown(new Map(), new Map([...quiet, ...Object.entries(answers)]), INTERVAL_MS, 0);
};
const due = (known: KnownLists, named: ReadonlySet<string> | null, nowMs = 0): ListName[] =>
  dueLists(LIST_NAMES, known, named, nowMs);

describe('due are', () => {
  test('all lists, of which nothing is known', () => {
    expect(due(new Map(), NOBODY)).toStrictEqual(LIST_NAMES);
    expect(due(new Map(), null)).toStrictEqual(LIST_NAMES);
  });

  test('paths only, where nothing calls for any other', () => {
    expect(due(afterFirst(), NOBODY)).toStrictEqual(['paths']);
  });

  test.each(LEADING_LISTS)('%s, once the path list names it, and not what goes with it', (list) => {
    expect(new Set(due(afterFirst(), new Set([list])))).toStrictEqual(new Set(['paths', list]));
  });

  test.each([
    ['rtspconns', 'rtspsessions'],
    ['rtspsconns', 'rtspssessions'],
  ] as const)('%s, while %s have something in them of which it hasn’t told all', (list, leading) => {
    const known = afterFirst({ [leading]: 'busy', [list]: 'busy' });
    expect(due(known, NOBODY)).toContain(list);
    const told = nextKnown(known, new Map([[list, 'quiet']]), INTERVAL_MS, 0);
    expect(due(told, NOBODY, 1e9)).not.toContain(list);
  });

  test.each(LEADING_LISTS)('%s, while it had something in it last time, named or not', (list) => {
    expect(due(afterFirst({ [list]: 'busy' }), NOBODY)).toContain(list);
  });

  test('none that goes with an empty list, whatever stands in it', () => {
    const known = afterFirst({ rtspconns: 'busy', rtspsconns: 'busy', hlsmuxers: 'busy' });
    expect(due(known, NOBODY, 1e9)).not.toStrictEqual(expect.arrayContaining(['rtspconns']));
    expect(due(known, NOBODY)).toStrictEqual(['paths']);
  });

  test('muxers by themselves where there are no sessions, as before 1.18', () => {
    expect(due(afterFirst({ hlssessions: 'off' }), new Set(['hlsmuxers']))).toStrictEqual([
      'paths',
      'hlsmuxers',
    ]);
    expect(due(afterFirst({ hlssessions: 'off', hlsmuxers: 'busy' }), NOBODY)).toStrictEqual([
      'paths',
      'hlsmuxers',
    ]);
    expect(due(afterFirst({ hlssessions: 'off' }), NOBODY, 10_000)).toContain('hlsmuxers');
  });

  test('muxers at once where sessions are switched off', () => {
    const before = afterFirst();
    const known = nextKnown(before, new Map([['hlssessions', 'off']]), INTERVAL_MS, 0);
    expect(due(before, NOBODY)).not.toContain('hlsmuxers');
    expect(due(known, NOBODY)).toContain('hlsmuxers');
  });

  test.each(LIST_NAMES)('%s, after it failed', (list) => {
    expect(due(afterFirst({ [list]: 'failed' }), NOBODY)).toContain(list);
  });

  test('none that is off, not even where the path list names it or fails', () => {
    const known = afterFirst({ srtconns: 'off', info: 'off', moqsessions: 'off' });
    for (const named of [NOBODY, new Set(['srtconns']), null]) {
      const found: readonly string[] = due(known, named);
      expect(['srtconns', 'info', 'moqsessions'].filter((list) => found.includes(list))).toStrictEqual([]);
    }
  });

  test('all others where the path list doesn’t tell', () => {
    expect(due(afterFirst(), null)).toStrictEqual(LIST_NAMES);
  });

  test('info in the tick after any failure, and then not again', () => {
    const known = nextKnown(afterFirst(), new Map([['srtconns', 'failed']]), INTERVAL_MS, 0);
    expect(due(known, NOBODY, 0)).not.toContain('info');
    expect(due(known, NOBODY, INTERVAL_MS)).toContain('info');
    const answers: [string, ListState][] = [
      ['srtconns', 'quiet'],
      ['info', 'quiet'],
    ];
    const well = nextKnown(known, new Map(answers), INTERVAL_MS, INTERVAL_MS);
    expect(due(well, NOBODY, 2 * INTERVAL_MS)).not.toContain('info');
  });
});

/** What is asked in so many ticks in which all stays as it is, and at which times. */
function ticks(first: KnownLists, count: number, intervalMs = INTERVAL_MS, named = NOBODY, jitterMs = 0) {
  const asked: ListName[][] = [];
  let known = first;
  for (let tick = 1; tick <= count; tick += 1) {
    const nowMs = tick * intervalMs + (tick % 2 === 0 ? jitterMs : -jitterMs);
    const lists = due(known, named, nowMs);
    asked.push(lists);
    const again = new Map(lists.map((list) => [list, known.get(list)?.state ?? 'quiet']));
    known = nextKnown(known, again, intervalMs, nowMs);
  }
  return asked;
}

describe('turns', () => {
  test.each([0, 40, 400])(
    'come to each quiet list once in 10 s, with ticks %s ms beside their time',
    (jitterMs) => {
      const asked = ticks(afterFirst(), 60, INTERVAL_MS, NOBODY, jitterMs);
      for (const list of LEADING_LISTS) {
        const times = asked.flatMap((lists, tick) => (lists.includes(list) ? [tick + 1] : []));
        const gaps = times.map((tick, index) => tick - (times[index - 1] ?? 0));
        expect(Math.max(...gaps)).toBeLessThanOrEqual(5);
        expect(times.length).toBeLessThanOrEqual(14);
      }
    },
  );

  test('are spread over ticks', () => {
    const counts = ticks(afterFirst(), 60).map((lists) => lists.length - 1);
    expect(Math.max(...counts)).toBeLessThanOrEqual(Math.ceil(LEADING_LISTS.length / 5));
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(Math.floor(LEADING_LISTS.length / 5));
  });

  test('come to lists that are off, and to info, once in 60 s, and not all at once', () => {
    const off = Object.fromEntries(LIST_NAMES.slice(1, -1).map((list) => [list, 'off' as const]));
    const asked = ticks(afterFirst(off), 90);
    for (const list of LIST_NAMES.slice(1)) {
      const times = asked.flatMap((lists, tick) => (lists.includes(list) ? [tick + 1] : []));
      expect(times.length).toBeGreaterThanOrEqual(3);
      expect(times.every((tick, index) => tick - (times[index - 1] ?? 0) <= 30)).toBe(true);
    }
    expect(Math.max(...asked.map((lists) => lists.length))).toBe(2);
  });

  test.each([
    ['every protocol switched on', {}, 4.3],
    [
      'encryption off as MediaMTX comes',
      { rtspsconns: 'off', rtspssessions: 'off', rtmpsconns: 'off' } as const,
      4,
    ],
  ])('with SRT and RTSP only, and %s, make less than five lists a tick', (_what, off, most) => {
    const known = afterFirst({ srtconns: 'busy', rtspsessions: 'busy', ...off });
    const counts = ticks(known, 120, INTERVAL_MS, new Set(['srtconns', 'rtspsessions'])).map(
      (lists) => lists.length,
    );
    expect(Math.max(...counts)).toBeLessThanOrEqual(5);
    expect(counts.reduce((sum, count) => sum + count, 0) / counts.length).toBeLessThanOrEqual(most);
  });

  test.each([
    [1_000, 10],
    [3_000, 3],
    [4_000, 2],
    [6_000, 1],
    [20_000, 1],
    [60_000, 1],
  ])('at an interval of %s ms each quiet list is asked every %s ticks', (intervalMs, every) => {
    const first = nextKnown(new Map(), new Map([['srtconns', 'quiet']]), intervalMs, 0);
    const asked = ticks(new Map([...afterFirst(), ...first]), 40, intervalMs);
    const times = asked.flatMap((lists, tick) => (lists.includes('srtconns') ? [tick + 1] : []));
    expect(times.slice(1).map((tick, index) => tick - (times[index] ?? 0))).toStrictEqual(
      times.slice(1).map(() => every),
    );
  });

  test('that was missed comes with the next tick', () => {
    const found: readonly string[] = due(afterFirst(), NOBODY, 25_000);
    expect(LEADING_LISTS.filter((list) => !found.includes(list))).toStrictEqual([]);
  });
});

test('nothing that is known is changed', () => {
  const known = afterFirst();
  const before = new Map(known);
  nextKnown(known, new Map([['srtconns', 'off']]), INTERVAL_MS, 50_000);
  expect(known).toStrictEqual(before);
});
