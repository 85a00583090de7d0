import { describe, expect, test } from '@jest/globals';
import { DEFAULT_THRESHOLDS, type Snapshot } from '../../src/derive/index.ts';
import { parseMonitorFile } from '../../src/monitor-file.ts';
import { createStreamSettings } from '../../src/stream-settings.ts';
import { IDLE, isoAfter, nextCollector, pathFact, START_MS, ticker } from './facts.ts';

/** What derivation is told by the entries of a file. */
const settings = (...entries: readonly string[]) => {
  const text = `expected:\n${entries.map((entry) => `  - {${entry}}`).join('\n')}`;
  return createStreamSettings(DEFAULT_THRESHOLDS, parseMonitorFile(text, 'x'), 'main');
};
const live = (...names: string[]) => ({ paths: names.map((name) => pathFact({ name })) });
const NOTHING = live();
/** Names with their reasons. */
const reasonsOf = ({ streams }: Snapshot) =>
  Object.fromEntries(
    streams.map(({ name, reasons }) => [name, reasons.map(({ code, severity }) => `${code} ${severity}`)]),
  );
const NOT_LIVE = ['not-live critical'];
const OFF_AIR = ['off-air warning'];

describe('a name', () => {
  const cam = () => settings('match: cam');

  test('is expected whether it is listed or not, also right after a start', () => {
    const { tick } = ticker(cam());
    expect(tick(NOTHING, 30_000).streams).toMatchObject([
      {
        name: 'cam',
        state: 'missing',
        since: isoAfter(0),
        expectedBy: 'configuration',
        health: 'ok',
        last: null,
      },
    ]);
    expect(reasonsOf(tick(NOTHING, 1))).toStrictEqual({ cam: [] });
    expect(tick(NOTHING).streams).toMatchObject([
      { health: 'critical', reasons: [{ code: 'not-live', severity: 'critical', since: isoAfter(0) }] },
    ]);
  });

  test('says so while it is live, too', () => {
    expect(ticker(cam()).tick(live('cam', 'other')).streams).toMatchObject([
      { name: 'cam', expectedBy: 'configuration', health: 'ok' },
      { name: 'other', expectedBy: null },
    ]);
  });

  test('is off air at once, and not live for good from 30 s on, until it is live', () => {
    const { tick } = ticker(cam());
    tick(live('cam'));
    expect(reasonsOf(tick(NOTHING, 30_000))).toStrictEqual({ cam: OFF_AIR });
    expect(reasonsOf(tick(NOTHING, 1))).toStrictEqual({ cam: OFF_AIR });
    const down = tick(NOTHING, 7 * 86_400_000);
    expect(down.streams).toMatchObject([
      { reasons: [{ code: 'not-live', since: isoAfter(2_000) }], last: { liveAt: isoAfter(0) } },
    ]);
    expect(reasonsOf(tick(NOTHING))).toStrictEqual({ cam: NOT_LIVE });
    expect(reasonsOf(tick({ paths: [pathFact(IDLE)] }))).toStrictEqual({ cam: NOT_LIVE });
    expect(reasonsOf(tick(live('cam')))).toStrictEqual({ cam: [] });
  });

  test('is away since it went, however often a collector starts meanwhile', () => {
    const patient = settings('match: cam, for: 30m');
    const minuteMs = 60_000;
    const first = ticker(patient);
    first.tick(live('cam'), 2_000);
    let published = first.tick(NOTHING, 20 * minuteMs);
    expect(reasonsOf(published)).toStrictEqual({ cam: OFF_AIR });
    const second = nextCollector(START_MS + 21 * minuteMs, published, patient);
    expect(reasonsOf(second.tick(NOTHING))).toStrictEqual({ cam: OFF_AIR });
    published = second.tick({ paths: null }, 15 * minuteMs);
    const third = nextCollector(START_MS + 37 * minuteMs, published, patient);
    expect(reasonsOf(third.tick(NOTHING))).toStrictEqual({ cam: NOT_LIVE });
  });

  test('may be away as long as it says', () => {
    const { tick } = ticker(settings('match: cam, for: 2m'));
    expect(reasonsOf(tick(NOTHING, 120_000))).toStrictEqual({ cam: [] });
    expect(reasonsOf(tick(NOTHING))).toStrictEqual({ cam: [] });
    expect(reasonsOf(tick(NOTHING))).toStrictEqual({ cam: NOT_LIVE });
  });

  test('stays not live through a restart of the collector, since when it was', () => {
    const first = ticker(cam());
    first.tick(live('cam'));
    first.tick(NOTHING, 32_000);
    const published = first.tick(NOTHING);
    expect(reasonsOf(published)).toStrictEqual({ cam: NOT_LIVE });
    const { tick } = nextCollector(START_MS + 60_000, published, cam());
    expect(tick(NOTHING).streams).toStrictEqual(published.streams);
  });
});

describe('hours', () => {
  // 12:00 UTC is 13:00 in Berlin.
  const entry = 'match: cam, hours: 08:00-13:01, timeZone: Europe/Berlin';

  test('end what is expected, and nothing is off air outside of them', () => {
    const { tick } = ticker(settings(entry));
    tick(live('cam'));
    tick(NOTHING, 40_000);
    expect(reasonsOf(tick(NOTHING, 20_000))).toStrictEqual({ cam: NOT_LIVE });
    expect(tick(NOTHING).streams).toStrictEqual([]);
    expect(tick({ paths: [pathFact(IDLE)] }).streams).toMatchObject([
      { health: 'ok', expectedBy: null, last: { liveAt: isoAfter(0) } },
    ]);
  });

  test('that come again give it the same time anew, since when it was live', () => {
    const { tick } = ticker(settings(entry));
    tick(live('cam'), 120_000);
    expect(tick(NOTHING, 19 * 3_600_000 - 120_000).streams).toStrictEqual([]);
    expect(reasonsOf(tick(NOTHING, 30_000))).toStrictEqual({ cam: [] });
    tick(NOTHING);
    expect(tick(NOTHING).streams[0]).toMatchObject({
      reasons: [{ code: 'not-live', since: isoAfter(120_000) }],
    });
  });

  test('of a listed one tell since when it isn’t live', () => {
    const { tick } = ticker(settings(entry));
    const idle = { paths: [pathFact(IDLE)] };
    tick(live('cam'), 120_000);
    tick(idle, 19 * 3_600_000 - 120_000);
    tick(idle, 32_000);
    expect(tick(idle).streams[0]).toMatchObject({
      reasons: [{ code: 'not-live', since: isoAfter(120_000) }],
    });
  });

  test('that come for one that never was live count from when they began, also after a restart', () => {
    const hours = settings('match: cam, hours: 14:00-15:00, timeZone: Europe/Berlin');
    const idle = { paths: [pathFact(IDLE)] };
    const hourMs = 3_600_000;
    const first = ticker(hours);
    first.tick(idle, hourMs);
    first.tick(idle, 32_000);
    const reason = { code: 'not-live', since: isoAfter(hourMs) };
    const published = first.tick(idle, 10_000);
    expect(published.streams[0]?.reasons).toMatchObject([reason]);
    expect(first.tick(idle, hourMs).streams[0]?.reasons).toMatchObject([reason]);
    expect(first.tick(idle, 23 * hourMs - 42_000).streams[0]?.reasons).toStrictEqual([]);
    first.tick(idle, 32_000);
    expect(first.tick(idle).streams[0]?.reasons).toMatchObject([
      { code: 'not-live', since: isoAfter(25 * hourMs) },
    ]);
    const next = nextCollector(START_MS + hourMs + 60_000, published, hours);
    for (let tick = 0; tick < 2; tick += 1) {
      expect(next.tick(idle).streams[0]?.reasons).toMatchObject([reason]);
    }
  });

  test('of one that was first seen after they began count from then', () => {
    const { tick } = ticker(settings('match: "c*", atLeast: 1'));
    tick(NOTHING, 20_000);
    tick({ paths: [pathFact(IDLE)] }, 31_000);
    expect(tick({ paths: [pathFact(IDLE)] }).streams[0]?.reasons).toMatchObject([
      { code: 'not-live', since: isoAfter(20_000) },
    ]);
  });

  test('of one of several entries are enough', () => {
    const { tick } = ticker(settings('match: cam, days: sun, timeZone: UTC', 'match: "*"'));
    tick(live('cam'));
    expect(reasonsOf(tick(NOTHING))).toStrictEqual({ cam: OFF_AIR });
  });
});

describe('a glob', () => {
  const studio = () => settings('match: "studio/*"');

  test('expects what it matched live, and nothing else', () => {
    const { tick } = ticker(studio());
    tick(live('studio/1', 'cam'));
    const idle = pathFact({ name: 'studio/2', ...IDLE });
    tick({ paths: [idle] }, 32_000);
    expect(reasonsOf(tick({ paths: [idle] }))).toStrictEqual({
      cam: OFF_AIR,
      'studio/1': NOT_LIVE,
      'studio/2': [],
    });
  });

  test('expects it for a day, then it has gone', () => {
    const { tick } = ticker(studio());
    tick(live('studio/1'));
    tick(NOTHING, 86_398_000);
    expect(reasonsOf(tick(NOTHING))).toStrictEqual({ 'studio/1': NOT_LIVE });
    expect(tick(NOTHING).streams).toStrictEqual([]);
  });

  test('remembers it outside its hours', () => {
    const { tick } = ticker(settings('match: "studio/*", hours: 08:00-13:00, timeZone: UTC'));
    tick(live('studio/1'), 3_600_000);
    tick(NOTHING, 19 * 3_600_000);
    expect(tick(NOTHING, 32_000).streams).toMatchObject([{ name: 'studio/1', expectedBy: 'configuration' }]);
    expect(reasonsOf(tick(NOTHING))).toStrictEqual({ 'studio/1': NOT_LIVE });
  });

  test('that never matched anything says nothing', () => {
    expect(ticker(studio()).tick(NOTHING).streams).toStrictEqual([]);
  });
});

describe('at least so many', () => {
  const two = () => settings('match: "enc-*", atLeast: 2');

  test('none ever seen: a record of the glob’s own name says it', () => {
    const { tick } = ticker(two());
    tick(NOTHING, 32_000);
    expect(tick(NOTHING).streams).toMatchObject([
      { name: 'enc-*', state: 'missing', reasons: [{ code: 'not-live', since: isoAfter(0) }] },
    ]);
    expect(reasonsOf(tick(live('enc-a')))).toStrictEqual({ 'enc-*': NOT_LIVE, 'enc-a': [] });
    expect(reasonsOf(tick(live('enc-a', 'enc-b')))).toStrictEqual({ 'enc-a': [], 'enc-b': [] });
  });

  test('enough are: none of the others is missed for longer than any stream', () => {
    const { tick } = ticker(two());
    tick(live('enc-a', 'enc-b', 'enc-c'));
    tick(live('enc-a', 'enc-b'), 40_000);
    expect(tick(live('enc-a', 'enc-b')).streams).toMatchObject([
      { name: 'enc-a', expectedBy: 'configuration' },
      { name: 'enc-b', expectedBy: 'configuration' },
      { name: 'enc-c', expectedBy: null, reasons: [{ code: 'off-air' }] },
    ]);
    const more = tick(live('enc-a', 'enc-b', 'enc-d')).streams;
    expect(more.map(({ expectedBy }) => expectedBy)).toStrictEqual([null, null, null, null]);
  });

  test('those that were live last carry it', () => {
    const { tick } = ticker(two());
    tick(live('enc-a', 'enc-b', 'enc-c', 'enc-d'));
    tick(live('enc-b', 'enc-c', 'enc-d'));
    tick(live('enc-c', 'enc-d'));
    tick(live('enc-d'), 40_000);
    expect(reasonsOf(tick(live('enc-d')))).toStrictEqual({
      'enc-a': OFF_AIR,
      'enc-b': OFF_AIR,
      'enc-c': NOT_LIVE,
      'enc-d': ['stalled critical'],
    });
    tick(NOTHING, 40_000);
    expect(reasonsOf(tick(NOTHING))).toStrictEqual({
      'enc-a': OFF_AIR,
      'enc-b': OFF_AIR,
      'enc-c': NOT_LIVE,
      'enc-d': NOT_LIVE,
    });
  });

  test('listed ones that never were come after those that were, before the glob itself', () => {
    const { tick } = ticker(settings('match: "enc-*", atLeast: 3'));
    const idle = { paths: [pathFact({ name: 'enc-z', ...IDLE })] };
    tick({ paths: [...live('enc-a').paths, ...idle.paths] });
    tick(idle, 40_000);
    expect(reasonsOf(tick(idle))).toStrictEqual({ 'enc-*': NOT_LIVE, 'enc-a': NOT_LIVE, 'enc-z': NOT_LIVE });
  });

  test('hours hold for them, too', () => {
    const { tick } = ticker(settings('match: "enc-*", atLeast: 1, days: sat, timeZone: UTC'));
    tick(NOTHING, 40_000);
    expect(tick(NOTHING).streams).toStrictEqual([]);
  });
});

test('nothing is expected while the path list can’t be read: nobody knows', () => {
  const { tick } = ticker(settings('match: cam'));
  expect(tick({ paths: null }, 60_000).streams).toStrictEqual([]);
  expect(tick({ paths: null }).streams).toStrictEqual([]);
});

test('as many as there may be of many expected names have a record', () => {
  const names = Array.from({ length: 600 }, (_, index) => `match: n${String(index)}`);
  const { tick } = ticker(settings(...names));
  tick(NOTHING, 40_000);
  expect(tick(NOTHING).totals).toMatchObject({ missing: 500, healths: { critical: 500 } });
});
