import { describe, expect, test } from '@jest/globals';
import { DEFAULT_THRESHOLDS, type DeriveSettings } from '../../src/derive/index.ts';
import { MAX_REMEMBERED } from '../../src/derive/memory.ts';
import { MAX_MISSING } from '../../src/derive/streams.ts';
import { parseMonitorFile } from '../../src/monitor-file.ts';
import { createStreamSettings } from '../../src/stream-settings.ts';
import { IDLE, nextCollector, pathFact, START_MS, ticker } from './facts.ts';

const DAY_MS = 86_400_000;
const NOTHING = { paths: [] };
const expecting = (...entries: readonly string[]) => {
  const file = parseMonitorFile(`expected: [${entries.map((entry) => `{${entry}}`).join(', ')}]`, 'x');
  return createStreamSettings(DEFAULT_THRESHOLDS, file, 'main');
};

describe('a stream that has gone is remembered', () => {
  /** Whether it is so long after the first tick; it has gone in the second. */
  const remembered = (settings: Partial<DeriveSettings>, wasLive: boolean, afterMs: number) => {
    const { tick, memory } = ticker(settings);
    tick(NOTHING, 1_000_000);
    tick({ paths: [pathFact(wasLive ? {} : IDLE)] });
    tick(NOTHING, afterMs - 2_000);
    tick(NOTHING);
    return memory().streams.has('cam');
  };
  const globbed = expecting('match: "c*"');
  const outside = expecting('match: "c*", days: sun, timeZone: UTC');

  test.each([
    ['at rest, for ten minutes', {}, false, 600_000],
    ['at rest, though a glob matches it', globbed, false, 600_000],
    ['that may be expected again, for a day after it was live', outside, true, DAY_MS + 1],
  ])('%s', (_what, settings, wasLive, forMs) => {
    expect(remembered(settings, wasLive, forMs - 1)).toBe(true);
    expect(remembered(settings, wasLive, forMs)).toBe(false);
  });
});

describe('a stream that a glob matches and that was live', () => {
  /** What is told of it so long after it went; it was live 1,000 s after the collector began. */
  const after = (entry: string, afterMs: number) => {
    const { tick } = ticker(expecting(entry));
    tick(NOTHING, 1_000_000);
    tick({ paths: [pathFact()] });
    tick(NOTHING, afterMs);
    return tick(NOTHING).streams;
  };

  test('is expected', () => {
    expect(after('match: "c*"', 31_000)).toMatchObject([{ name: 'cam', reasons: [{ code: 'not-live' }] }]);
  });

  test('is expected again when its hours come, before anything is wrong', () => {
    const entry = 'match: "c*", for: 2h, hours: 13:00-18:00, timeZone: UTC';
    expect(after(entry, 40 * 60_000)).toStrictEqual([]);
    expect(after(entry, 44 * 60_000)).toMatchObject([
      { name: 'cam', expectedBy: 'configuration', reasons: [] },
    ]);
  });
});

describe('where more are missing than have a record', () => {
  const names = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(4, '0')}`);
  const live = (...all: string[]) => all.map((name) => pathFact({ name }));

  test('the critical ones have one, then those that are expected, then those that went last', () => {
    const waiting = names('w', 100);
    const { tick } = ticker(expecting('match: "w*", for: 1h', 'match: dead'));
    const [early, late] = [names('a', 300), names('b', 300)];
    tick({ paths: live('dead', ...early, ...late, ...waiting) }, 40_000);
    tick({ paths: live(...early, ...late) });
    tick({ paths: live(...late) });
    tick(NOTHING, 31_000);
    const { streams } = tick(NOTHING);
    expect(streams).toHaveLength(MAX_MISSING);
    const kept = streams.map(({ name }) => name);
    expect(kept).toStrictEqual([...early.slice(0, 99), ...late, ...waiting, 'dead'].sort());
  });

  test('those that went last are so, also where the collector before saw some of them go', () => {
    const [early, late, now] = [names('a', 200), names('b', 200), names('c', 200)];
    const first = ticker();
    first.tick({ paths: live(...early, ...late) });
    first.tick({ paths: live(...late) });
    const published = first.tick(NOTHING);
    const { tick } = nextCollector(START_MS + 6_000, published);
    tick({ paths: live(...now) }, 20_000);
    // Without having been live for 10 s they wouldn't be missed.
    tick({ paths: live(...now) });
    const kept = tick(NOTHING).streams.map(({ name }) => name);
    expect(kept).toStrictEqual([...early.slice(0, 100), ...late, ...now]);
  });

  test('not even all that are missed are remembered', () => {
    const { tick, memory } = ticker();
    tick({ paths: live(...names('a', MAX_REMEMBERED + 1)) });
    expect(tick(NOTHING).totals.missing).toBe(MAX_MISSING);
    expect(memory().streams.size).toBe(MAX_REMEMBERED);
    expect(MAX_REMEMBERED).toBe(20_000);
  });

  test('more that are critical leave less room for those that are expected', () => {
    const [dead, waiting] = [names('d', 450), names('w', 100)];
    const { tick } = ticker(expecting('match: "d*"', 'match: "w*", for: 1h'));
    tick({ paths: live(...dead, ...waiting) }, 2_000);
    tick({ paths: live(...waiting) }, 29_000);
    const kept = tick(NOTHING, 2_000).streams.length;
    const { streams, totals } = tick(NOTHING);
    expect(totals.healths).toMatchObject({ critical: 450, warning: 50 });
    expect([kept, streams.length]).toStrictEqual([MAX_MISSING, MAX_MISSING]);
  });
});
