import { describe, expect, test } from '@jest/globals';
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
      'MONITOR_CONFIG x.yml, line 3, column 1: "streams" must be an array',
      'MONITOR_CONFIG x.yml, line 2, column 1: "notfy" is not allowed',
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
      expect.stringMatching(/^MONITOR_CONFIG x\.yml, line 2, column 1: Map keys must be unique/),
    ]);
  });

  test.each(['[]', 'text', '5'])('a file that is %s is none', (text) => {
    expect(mistakesIn(text)).toStrictEqual([
      'MONITOR_CONFIG x.yml, line 1, column 1: "value" must be of type object',
    ]);
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
