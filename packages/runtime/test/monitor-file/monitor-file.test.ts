import { describe, expect, jest, test } from '@jest/globals';
import Joi from 'joi';
import { monitorFileText, readMembers } from '../../src/monitor-file/monitor-file.ts';
import { SettingsError } from '../../src/settings/settings-error.ts';

interface OwnMembers {
  readonly streams: readonly string[];
  readonly heartbeat?: { readonly every: number };
}

const members = {
  streams: Joi.array().items(Joi.string()).default([]),
  heartbeat: Joi.object({ every: Joi.number() }),
};
const read = (text: string): OwnMembers => readMembers<OwnMembers>(text, 'x.yml', members);

function mistakesIn(text: string): readonly string[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  return [];
}

describe('one file, several readers', () => {
  test('each reads its own members', () => {
    expect(read('heartbeat: {every: 5}\nstreams: [a, b]')).toStrictEqual({
      streams: ['a', 'b'],
      heartbeat: { every: 5 },
    });
  });

  test.each(['', '# nothing', 'null', '{}'])('%j says nothing', (text) => {
    expect(read(text)).toStrictEqual({ streams: [] });
  });

  test.each(['thresholds', 'offAirMinutes', 'expected', 'notify', 'maintenance'])(
    'passes over %s of another, whatever it holds',
    (name) => {
      for (const value of ['5', 'null', '[{a: 1}]', '{b: [2]}']) {
        expect(read(`${name}: ${value}\nstreams: [a]`)).toStrictEqual({ streams: ['a'] });
      }
    },
  );

  test('what is of no service is a mistake, with all others', () => {
    expect(mistakesIn('notify: []\nnotfy: []\nstreams: 5\n')).toStrictEqual([
      'MONITOR_CONFIG x.yml, line 3, column 1: "streams" has to be a list: "- " stands before each entry, or [ and ] around them',
      'MONITOR_CONFIG x.yml, line 2, column 1: "notfy" is not allowed; allowed: servers, thresholds, offAirMinutes, streams, expected, notify, maintenance, heartbeat, status',
    ]);
  });

  test('what isn’t even a name isn’t shown: a blank may be missing in front of a secret', () => {
    expect(mistakesIn('heartbeat: {every:https://SECRET}\n"a b": 5')).toStrictEqual([
      'MONITOR_CONFIG x.yml, line 1, column 13: a member (hidden) has a name that none has; is a blank missing behind a colon?',
      'MONITOR_CONFIG x.yml, line 2, column 1: a member (hidden) has a name that none has; is a blank missing behind a colon?',
    ]);
  });

  test('what YAML can’t read is a mistake in the members of others, too', () => {
    expect(mistakesIn('streams: []\nnotify: [{\n')[0]).toMatch(
      /^MONITOR_CONFIG x\.yml, line \d+, column \d+: /,
    );
    expect(mistakesIn('streams: []\nexpected:\n  - match: *\n')).toHaveLength(1);
  });

  test('a member that is there twice is a mistake', () => {
    expect(mistakesIn('notify: []\nnotify: []')).toStrictEqual([
      'MONITOR_CONFIG x.yml, line 2, column 1: a member of this name stands above already',
    ]);
  });

  test.each([
    ['streams:\n  - *\n', 'line 2, column 5: what begins with * needs quotes, as in "*"'],
    ['streams: [*cam]\n', 'line 1, column 11: what begins with * needs quotes, as in "*"'],
    ['streams: &\n', 'line 1, column 10: what begins with & needs quotes'],
    ['streams: [@a]\n', 'line 1, column 11: what begins with @, ` or % needs quotes'],
    [
      'notify:\n  - name: a\n   kind: ntfy\n',
      'line 3, column 1: it is indented otherwise than the lines above; what belongs together begins in the same column',
    ],
    [
      'notify:\n  - name: a\n  kind: ntfy\n',
      'line 3, column 1: it is indented otherwise than the lines above; what belongs together begins in the same column',
    ],
    [
      'notify:\n- {name: a}\n - {name: b}\n',
      'line 3, column 2: it is indented otherwise than the lines above; what belongs together begins in the same column',
    ],
    [
      'notify:\n  - name: a\n      kind: ntfy\n',
      'line 2, column 11: a colon is missing, the line below is indented too far, or a text with a colon has no quotes',
    ],
    [
      'notify\nstreams: []\n',
      'line 1, column 1: a colon is missing, the line below is indented too far, or a text with a colon has no quotes',
    ],
    ['streams: []\nnotify\n', 'line 2, column 1: a colon and a value are missing behind this name'],
    ['notify:\n\t- name: a\n', 'line 2, column 1: it is indented with a tab; use blanks'],
    ['notify: [{\n', 'line 2, column 1: a bracket that was opened above, { or [, isn’t closed'],
    ['streams: "a\n', 'line 2, column 1: a quote that was opened above isn’t closed'],
    [
      'streams: ["\\q"]\n',
      'line 1, column 12: a backslash in double quotes has to be two; single quotes need only one',
    ],
    ['streams: [a]\nnotify: !e!x 1\n', 'line 2, column 9: what begins with ! needs quotes'],
    ['notify: |no\n', 'line 1, column 10: what begins with | or > needs quotes'],
    ['streams: [a] b\n', "line 1, column 14: it can't be read as YAML (UNEXPECTED_TOKEN)"],
  ])('%j is told in words for people, once', (text, mistake) => {
    expect(mistakesIn(text)).toStrictEqual([`MONITOR_CONFIG x.yml, ${mistake}`]);
  });

  test('what aliases stand for has an end', () => {
    const [first, ...others] = Array.from({ length: 9 }, (_each, level) => level);
    const more = others.map((level) => `b${level}: &b${level} [${`*b${level - 1},`.repeat(9)}]`);
    expect(mistakesIn([`b${first}: &b${first} [x]`, ...more].join('\n'))).toStrictEqual([
      'MONITOR_CONFIG x.yml, line 1, column 1: what begins with * stands for too much',
    ]);
  });

  test.each(['[]', 'text', '5'])('a file that is %s is none', (text) => {
    expect(mistakesIn(text)).toStrictEqual([
      'MONITOR_CONFIG x.yml, line 1, column 1: "value" must be of type object',
    ]);
  });
});

describe('what stands in the file', () => {
  const SECRET = 'c0rrect-horse';
  /** What may stand behind a colon where somebody forgot quotes, or a line break. */
  const broken = [
    ...[
      '',
      '!',
      '!!seq ',
      '|',
      '>',
      '*',
      '&',
      '@',
      '`',
      '%',
      '"',
      "'",
      '{',
      '[',
      '? ',
      '- ',
      ': ',
      '"a" ',
      "'a' ",
    ],
    ...[
      '[a] ',
      '{a: 1} ',
      '*a ',
      '&a *a ',
      '"\\q',
      '"\\x',
      '"\\u',
      '!<',
      'a: ',
      'a\n',
      '\t',
      '#',
      '\n---\n',
      '\n...\n',
    ],
  ].flatMap((begin) =>
    ['', '"', ' b', ': b', ']', '\n  - ', ' *', ' !'].flatMap((end) => [
      `heartbeat:\n  every: ${begin}${SECRET}${end}\n`,
      `streams: [a, ${begin}${SECRET}${end}]\n`,
      `notify:\n  - url: x\n    secret: ${begin}${SECRET}${end}\n`,
      `${begin}${SECRET}${end}`,
    ]),
  );

  test('isn’t told, however it is broken', () => {
    const said = broken.flatMap(mistakesIn);
    expect(said.length).toBeGreaterThan(500);
    // A name alone is told: else nobody would know which.
    expect(
      said.filter((mistake) => mistake.replace(/"[\w.-]+" is not allowed/, '').includes(SECRET)),
    ).toStrictEqual([]);
  });

  test('isn’t printed by the library either', () => {
    const warned: unknown[] = [];
    const warn = jest
      .spyOn(process, 'emitWarning')
      .mockImplementation((warning) => void warned.push(warning));
    try {
      for (const text of [...broken, `? [${SECRET}]\n: 1\n`, `notify: {? {a: ${SECRET}} : 1}`])
        mistakesIn(text);
    } finally {
      warn.mockRestore();
    }
    expect(warned).toStrictEqual([]);
  });
});

describe('the text of the file', () => {
  test('is empty where none is set', () => {
    expect(monitorFileText(undefined, () => 'unasked')).toBe('');
  });

  test('is that of the path', () => {
    expect(monitorFileText('/etc/x.yml', (path) => `of ${path}`)).toBe('of /etc/x.yml');
  });

  test('that can’t be read stops the start', () => {
    const readFile = () => {
      throw new Error('EACCES: permission denied');
    };
    expect(() => monitorFileText('x.yml', readFile)).toThrow(
      new SettingsError([
        'MONITOR_CONFIG is "x.yml", which can\'t be read (EACCES: permission denied); allowed: a readable file',
      ]),
    );
  });
});
