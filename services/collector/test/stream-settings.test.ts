import { describe, expect, test } from '@jest/globals';
import { DEFAULT_THRESHOLDS } from '../src/derive/index.ts';
import { type MonitorFile, parseMonitorFile } from '../src/monitor-file.ts';
import { createStreamSettings } from '../src/stream-settings.ts';

const NOTHING: MonitorFile = { thresholds: {}, streams: [], expected: [], warnings: [] };
const settings = (file: Partial<MonitorFile>, server = 'main') =>
  createStreamSettings(DEFAULT_THRESHOLDS, { ...NOTHING, ...file }, server);

describe('the thresholds of a stream', () => {
  const of = (file: Partial<MonitorFile>) => settings(file).thresholdsOf;
  const warnings = (file: Partial<MonitorFile>, streams: readonly string[]) => {
    const thresholdsOf = of(file);
    return streams.map((stream) => thresholdsOf(stream).discards.warning);
  };
  const discards = (match: string, warning: number | null) => ({
    match,
    thresholds: { discards: { warning } },
  });

  test('are the defaults where nothing else is said', () => {
    expect(of({})('cam')).toStrictEqual(DEFAULT_THRESHOLDS);
    expect(of({ streams: [discards('radio', 9)] })('cam')).toStrictEqual(DEFAULT_THRESHOLDS);
  });

  test('of a server are those of the entries that are about it', () => {
    const streams = [{ ...discards('*', 5), servers: ['north'] }];
    expect(settings({ streams }, 'north').thresholdsOf('cam').discards.warning).toBe(5);
    expect(settings({ streams }, 'south').thresholdsOf('cam')).toStrictEqual(DEFAULT_THRESHOLDS);
  });

  test('are those of the file, severity by severity', () => {
    const thresholds = of({ thresholds: { 'link-loss': { warning: 2 }, 'bitrate-low': { critical: 3 } } })(
      'cam',
    );
    expect(thresholds).toStrictEqual({
      ...DEFAULT_THRESHOLDS,
      'link-loss': { warning: 2, critical: DEFAULT_THRESHOLDS['link-loss'].critical },
      'bitrate-low': { warning: null, critical: 3 },
    });
  });

  test('are those of its glob before those for all, and of later globs before earlier ones', () => {
    const file = {
      thresholds: { discards: { warning: 1, critical: 2 }, 'rtp-loss': { warning: 3 } },
      streams: [
        { match: 'cam/**', thresholds: { discards: { warning: 10, critical: 20 } } },
        { match: 'cam/one', thresholds: { discards: { warning: 100 } } },
      ],
    };
    const thresholdsOf = of(file);
    expect(thresholdsOf('radio').discards).toStrictEqual({ warning: 1, critical: 2 });
    expect(thresholdsOf('cam/two').discards).toStrictEqual({ warning: 10, critical: 20 });
    expect(thresholdsOf('cam/one').discards).toStrictEqual({ warning: 100, critical: 20 });
    expect(thresholdsOf('cam/one')['rtp-loss']).toStrictEqual({ warning: 3, critical: 5 });
    const reversed = of({ ...file, streams: file.streams.toReversed() });
    expect(reversed('cam/one').discards).toStrictEqual({ warning: 10, critical: 20 });
  });

  test('may be switched off by null', () => {
    const file = {
      thresholds: { discards: { warning: null } },
      streams: [
        { match: 'cam', thresholds: { discards: { critical: null } } },
        { match: 'loud', thresholds: { discards: { warning: 4 } } },
      ],
    };
    const thresholdsOf = of(file);
    expect(thresholdsOf('other').discards).toStrictEqual({ warning: null, critical: 10 });
    expect(thresholdsOf('cam').discards).toStrictEqual({ warning: null, critical: null });
    expect(thresholdsOf('loud').discards).toStrictEqual({ warning: 4, critical: 10 });
  });

  test.each([
    ['cam/*', ['cam/one', 'cam/two'], ['cam', 'cam/one/main', 'xcam/one']],
    ['cam/**', ['cam/one', 'cam/one/main'], ['camera', 'other/cam/one']],
    ['*', ['cam', 'radio'], ['cam/one']],
    ['**', ['cam', 'cam/one', 'a/b/c/d'], []],
    ['**/main', ['main', 'cam/main', 'a/b/main'], ['main/a', 'cam-main']],
    ['cam-?', ['cam-1'], ['cam-', 'cam-12']],
    ['{cam,radio}-*', ['cam-1', 'radio-1'], ['tv-1']],
    ['{cam{,era},a/**}', ['cam', 'camera', 'a/b'], ['a-b', 'camer']],
    ['cam.one', ['cam.one'], ['cam-one', 'camXone']],
    ['Cam', ['Cam'], ['cam']],
  ])('are found by the glob %s', (match, matching, others) => {
    const { warning } = DEFAULT_THRESHOLDS.discards;
    expect(warnings({ streams: [discards(match, 9)] }, matching)).toStrictEqual(matching.map(() => 9));
    expect(warnings({ streams: [discards(match, 9)] }, others)).toStrictEqual(others.map(() => warning));
  });

  test('stay each stream’s own, however often and in whatever order they are asked for', () => {
    const globs = ['a*', '*b', '*c*', 'a**', 'acb'];
    const file = { streams: globs.map((match, index) => discards(match, index + 1)) };
    const names = ['a', 'b', 'c', 'ab', 'cb', 'ac', 'acb', 'x', 'xx', '1', '12', '__proto__', 'constructor'];
    // A fresh one each: nothing is remembered.
    const alone = names.map((name) => of(file)(name));
    const shared = of(file);
    for (const order of [names, names.toReversed(), [...names, ...names]]) {
      for (const name of order) expect(shared(name)).toStrictEqual(alone[names.indexOf(name)]);
    }
    expect(new Set(alone.map((thresholds) => thresholds.discards.warning)).size).toBe(5);
  });

  test('of streams that match the same globs are one object', () => {
    const thresholdsOf = of({ streams: [discards('cam/*', 9)] });
    expect(thresholdsOf('cam/one')).toBe(thresholdsOf('cam/two'));
    expect(thresholdsOf('cam/one')).not.toBe(thresholdsOf('radio'));
  });
});

test('streams may come and go without end: what was found of names is forgotten in time', () => {
  const NAMES = 50_000;
  const text = 'expected:\n  - match: "cam/*"\n    atLeast: 1';
  const { of } = settings(parseMonitorFile(text, 'x')).expectations;
  const first = of('cam/0');
  for (let n = 1; n < NAMES; n += 1) of(`cam/${n}`);
  expect(of('cam/0')).toBe(first);
  of(`cam/${NAMES}`);
  expect(of('cam/0')).not.toBe(first);
  expect(of('cam/0')).toStrictEqual(first);
});

test('how long a stream is off air is said for all, and by name; later globs win', () => {
  const minutes = (file: Partial<MonitorFile>) => settings(file).offAirMsOf('cam/one') / 60_000;
  expect(minutes({})).toBe(10);
  expect(minutes({ offAirMinutes: 3 })).toBe(3);
  const globs = [
    { match: 'cam/*', thresholds: {}, offAirMinutes: 60 },
    { match: '**', thresholds: {} },
    { match: 'radio', thresholds: {}, offAirMinutes: 0 },
  ];
  expect(minutes({ offAirMinutes: 3, streams: globs })).toBe(60);
  expect(minutes({ streams: [...globs, { match: '*/one', thresholds: {}, offAirMinutes: 0 }] })).toBe(0);
});

describe('expectations', () => {
  const of = (text: string, server?: string) =>
    settings(parseMonitorFile(`expected:\n${text}`, 'x'), server).expectations;

  test('are found by the names and globs they are about', () => {
    const { all, of: find } = of('  - match: cam/one\n  - match: "cam/*"\n    atLeast: 2\n    for: 2m');
    expect(all).toStrictEqual([
      { match: 'cam/one', isName: true, forMs: 30_000, atLeast: null, schedule: null },
      { match: 'cam/*', isName: false, forMs: 120_000, atLeast: 2, schedule: null },
    ]);
    expect(['cam/one', 'cam/two', 'cam', 'cam/*', 'x'].map(find)).toStrictEqual([[0, 1], [1], [], [1], []]);
    expect(find('cam/two')).toBe(find('cam/two'));
  });

  test('stand for themselves by the text of their glob, whatever it matches', () => {
    expect(of('  - match: "{a,b}"\n    atLeast: 1').of('{a,b}')).toStrictEqual([0]);
  });

  test('are those of this server', () => {
    const text = '  - match: a\n    servers: [north]\n  - match: b\n  - match: c\n    servers: [main, south]';
    expect(of(text).all.map(({ match }) => match)).toStrictEqual(['b', 'c']);
    expect(of(text, 'north').all.map(({ match }) => match)).toStrictEqual(['a', 'b']);
  });

  test('hold within their hours only', () => {
    const [entry] = of('  - match: a\n    days: sat\n    timeZone: UTC').all;
    expect(entry?.schedule?.(Date.parse('2026-01-03T12:00:00Z'))).toBe(true);
    expect(entry?.schedule?.(Date.parse('2026-01-04T12:00:00Z'))).toBe(false);
  });
});
