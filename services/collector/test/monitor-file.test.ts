import { describe, expect, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { STREAM_REASON_CODES } from '@mediamtx-monitor/types';
import { type MonitorFile, parseMonitorFile, readMonitorFile } from '../src/monitor-file.ts';

const PATH = '/etc/monitor.yml';
const parse = (text: string): MonitorFile => parseMonitorFile(text, PATH);
const NOTHING: MonitorFile = { thresholds: {}, streams: [], expected: [], warnings: [] };

/** The mistakes in a file, without what is the same in all. */
function mistakesIn(text: string): string[] {
  try {
    parse(text);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const start = `MONITOR_CONFIG ${PATH}, `;
    expect(error.mistakes.every((mistake) => mistake.startsWith(start))).toBe(true);
    return error.mistakes.map((mistake) => mistake.slice(start.length));
  }
  return [];
}

describe('a file', () => {
  test('that is right', () => {
    const text = `
# comments are allowed
offAirMinutes: 5
thresholds:
  link-loss: { warning: 2, critical: 10 }
  unrecovered-loss:
    critical: null   # switches this severity off
streams:
  - match: "cam/*"
    thresholds:
      bitrate-low: { warning: 1.5 }
  - match: radio-{a,b}
    offAirMinutes: 0.5
expected:
  - match: radio-a
`;
    expect(parse(text)).toStrictEqual({
      offAirMinutes: 5,
      thresholds: { 'link-loss': { warning: 2, critical: 10 }, 'unrecovered-loss': { critical: null } },
      streams: [
        { match: 'cam/*', thresholds: { 'bitrate-low': { warning: 1.5 } } },
        { match: 'radio-{a,b}', thresholds: {}, offAirMinutes: 0.5 },
      ],
      expected: [expect.objectContaining({ match: 'radio-a' })],
      warnings: [],
    });
  });

  test('may know every code', () => {
    const text = STREAM_REASON_CODES.map((code) => `  ${code}: { warning: 0, critical: 1 }`).join('\n');
    expect(Object.keys(parse(`thresholds:\n${text}`).thresholds)).toStrictEqual(STREAM_REASON_CODES);
  });

  test.each(['', '\n\n', '# nothing yet\n', '---\n', 'null', '{}', 'streams: []', 'thresholds: {}'])(
    '%j says nothing',
    (text) => {
      expect(parse(text)).toStrictEqual(NOTHING);
    },
  );

  test('may use what YAML has for saying things once', () => {
    const text = 'thresholds: &all {discards: {warning: 1}}\nstreams: [{match: "*", thresholds: *all}]';
    expect(parse(text).streams).toStrictEqual([{ match: '*', thresholds: { discards: { warning: 1 } } }]);
  });
});

describe('the old name of a reason', () => {
  const text =
    'thresholds: {source-lost: {warning: 0}}\nstreams: [{match: a, thresholds: {source-lost: {critical: 0}}}]';

  test('is taken as its new one, with a warning', () => {
    expect(parse(text)).toStrictEqual({
      ...NOTHING,
      thresholds: { 'off-air': { warning: 0 } },
      streams: [{ match: 'a', thresholds: { 'off-air': { critical: 0 } } }],
      warnings: [`MONITOR_CONFIG ${PATH}: source-lost is the old name of off-air; write that instead`],
    });
  });

  test('can’t stand beside it', () => {
    expect(mistakesIn('thresholds: {source-lost: {warning: 0}, off-air: {warning: 0}}')).toStrictEqual([
      'line 1, column 1: "thresholds" has a reason under its old name and its new one',
    ]);
  });
});

describe('mistakes', () => {
  test('are all told, each with its line and column', () => {
    const text = `thresholds:
  link-los:
    warning: 2
  discards: { warning: -1, critical: lots }
streams:
  - match: 7
  - thresholds: {}
  - match: cam
    color: red
theme: dark
`;
    expect(mistakesIn(text)).toStrictEqual([
      'line 4, column 15: "thresholds.discards.warning" must be greater than or equal to 0',
      'line 4, column 28: "thresholds.discards.critical" must be a number',
      'line 2, column 3: "thresholds.link-los" is not allowed',
      'line 6, column 5: "streams[0].match" must be a string',
      'line 7, column 5: "streams[1].match" is required',
      'line 9, column 5: "streams[2].color" is not allowed',
      'line 10, column 1: "theme" is not allowed; allowed: servers, thresholds, offAirMinutes, streams, expected, notify, maintenance, heartbeat, status',
    ]);
  });

  test.each([
    ['a text', 'hello', 'line 1, column 1: "value" must be of type object'],
    ['a list', '\n- match: cam', 'line 2, column 1: "value" must be of type object'],
    ['no streams', 'streams:', 'line 1, column 1: "streams" has to be a list'],
    ['a number as text', 'thresholds: {discards: {warning: "5"}}', 'line 1, column 25: .* must be a number'],
    ['no number', 'thresholds: {discards: {warning: .nan}}', 'line 1, column 25: .* must be a number'],
    ['no limit', 'thresholds: {discards: {warning: .inf}}', 'line 1, column 25: .*infinity'],
    ['a limit alone', 'thresholds: {discards: 5}', 'line 1, column 14: .* must be of type object'],
    ['another severity', 'thresholds: {discards: {fatal: 5}}', 'line 1, column 25: .*fatal" is not allowed'],
    ['an empty glob', 'streams: [{match: ""}]', 'line 1, column 12: .* is not allowed to be empty'],
    ['minutes as text', 'offAirMinutes: ten', 'line 1, column 1: "offAirMinutes" must be a number'],
    ['too many minutes', 'streams: [{match: a, offAirMinutes: 1441}]', 'line 1, column 22: .* less than'],
    ['a built-in name', 'thresholds: {constructor: {warning: 1}}', 'line 1, column 14: .* is not allowed'],
  ])('%s', (_what, text, mistake) => {
    const mistakes = mistakesIn(text);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(new RegExp(`^${mistake}`));
  });

  test('a glob of more than 200 characters', () => {
    const withGlob = (length: number) => `streams:\n  - match: ${'x'.repeat(length)}`;
    expect(mistakesIn(withGlob(200))).toStrictEqual([]);
    expect(mistakesIn(withGlob(201))).toStrictEqual([
      'line 2, column 5: "streams[0].match" length must be less than or equal to 200 characters long',
    ]);
  });

  test('a glob of more than 16 asterisks', () => {
    const withStars = (count: number) => `streams:\n  - match: ${'a*'.repeat(count)}`;
    expect(mistakesIn(withStars(16))).toStrictEqual([]);
    expect(mistakesIn(withStars(17))).toStrictEqual([
      'line 2, column 5: "streams[0].match" has more than 16 asterisks or pairs of them',
    ]);
  });
});

describe('syntax', () => {
  test.each([
    ['thresholds:\n  a: [1', 'line 2, column 8: '],
    ['thresholds: {}\nthresholds: {}', 'line 2, column 1: a member of this name stands above'],
    ['a: 1\n b: 2', 'line 1, column 4: '],
    ['thresholds:\n\tdiscards: 1', 'line 2, column 1: '],
    ['a: 1\n---\nb: 2', 'line 2, column 1: a second document begins here'],
  ])('%j is no YAML', (text, start) => {
    const mistakes = mistakesIn(text);
    expect(mistakes[0]?.slice(0, start.length)).toBe(start);
    expect(mistakes.every((mistake) => !mistake.includes('\n'))).toBe(true);
  });

  test('a glob that needs quotes is told as such', () => {
    const text = 'streams:\n  - match: */live\n    thresholds: {}\n  - match: **\n';
    expect(mistakesIn(text)).toStrictEqual([
      'line 2, column 12: what begins with * needs quotes, as in "*"',
      'line 4, column 12: what begins with * needs quotes, as in "*"',
    ]);
    expect(mistakesIn('streams:\n  - match: *\n')).toHaveLength(1);
  });
});

describe('reading', () => {
  test('no file is none', () => {
    const unasked = () => {
      throw new Error('must not be read');
    };
    expect(readMonitorFile(undefined, unasked)).toStrictEqual(NOTHING);
  });

  test('the file is read that is named', () => {
    const readFile = (path: string) => (path === PATH ? 'thresholds: {discards: {warning: 9}}' : '');
    expect(readMonitorFile(PATH, readFile).thresholds).toStrictEqual({ discards: { warning: 9 } });
  });

  test('a file that can’t be read stops the start', () => {
    const readFile = () => {
      throw new Error('EACCES: permission denied');
    };
    expect(() => readMonitorFile(PATH, readFile)).toThrow(
      `MONITOR_CONFIG is "${PATH}", which can't be read (EACCES: permission denied); allowed: a readable file`,
    );
  });
});
