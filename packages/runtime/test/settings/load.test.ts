import { describe, expect, test } from '@jest/globals';
import Joi from 'joi';
import { HOST, HTTP_ADDRESS, list, oneOf, PORT, SLOT_SECONDS, text } from '../../src/settings/kinds.ts';
import { type Environment, loadSettings } from '../../src/settings/load.ts';
import { REDIS_SETTINGS } from '../../src/settings/redis.ts';
import { setting } from '../../src/settings/setting.ts';
import { SettingsError } from '../../src/settings/settings-error.ts';

/** Settings of every shape. */
const SETTINGS = {
  HOST: setting({ kind: HOST, default: '127.0.0.1', description: 'A text' }),
  PORT: setting({ kind: PORT, default: 8000, description: 'A number' }),
  OTHER_PORT: setting({ kind: PORT, description: 'A number without a default' }),
  LEVEL: setting({ kind: oneOf('info', 'debug'), default: 'info', description: 'A word' }),
  SECONDS: setting({ kind: SLOT_SECONDS, default: 2, description: 'An interval' }),
  NAMES: setting({
    kind: list(Joi.string(), 'names'),
    default: [],
    description: 'A list, whose items may stand in a file',
    secret: true,
  }),
  NAMES_FILE: setting({ kind: text('a path'), description: 'That file' }),
  ADDRESS: setting({ kind: HTTP_ADDRESS, default: 'http://127.0.0.1:9997', description: 'An address' }),
  PASSWORD: setting({ kind: text('a password'), description: 'A secret', secret: true }),
  TOKEN: setting({ kind: text('no spaces', /^\S+$/), description: 'Another secret', secret: true }),
  OUTPUT: setting({
    kind: { schema: Joi.string().allow(''), allowed: 'a path' },
    default: '/tmp/out',
    description: 'A file, or none',
    emptyMeansNone: true,
  }),
  ...REDIS_SETTINGS,
};

const noFiles = (path: string): string => {
  throw new Error(`ENOENT: no such file or directory, open '${path}'`);
};

type Name = keyof typeof SETTINGS;

/** Those of these names. */
const some = (names: readonly Name[]): Partial<typeof SETTINGS> =>
  Object.fromEntries(names.map((name) => [name, SETTINGS[name]]));

const load = (names: readonly Name[], env: Environment, readFile = noFiles) =>
  loadSettings(some(names), env, { readFile }).values;

function mistakesOf(act: () => unknown): readonly string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  throw new Error('no mistake was found');
}

describe('mistakes', () => {
  test('are told all at once, one line each, with a stable code', () => {
    const env = { PORT: 'x', LEVEL: 'loud', OTHER_PORT: '1', SECONDS: '7' };
    const names = ['PORT', 'OTHER_PORT', 'LEVEL', 'SECONDS'] as const;
    const lines = mistakesOf(() => load(names, env));
    expect(lines).toHaveLength(3);
    expect(lines.map((line) => line.split(' ')[0])).toStrictEqual(['PORT', 'LEVEL', 'SECONDS']);
    expect(new SettingsError(lines)).toMatchObject({ code: 'wrong-setting', message: lines.join('\n') });
  });

  test('of settings that the service does not use do not matter to it', () => {
    expect(load(['LEVEL'], { PORT: 'x' })).toStrictEqual({ LEVEL: 'info' });
  });

  test('between settings are told beside the others, from the values that are right', () => {
    const check = (values: object) => [`seen: ${Object.keys(values).join(', ')}`];
    const lines = mistakesOf(() =>
      loadSettings(some(['HOST', 'PORT']), { PORT: '-1' }, { readFile: noFiles, check }),
    );
    expect(lines).toStrictEqual(['PORT is "-1"; allowed: a port, 0 to 65535', 'seen: HOST']);
  });

  test('a check that finds nothing lets the values pass', () => {
    const { values } = loadSettings(some(['PORT']), {}, { readFile: noFiles, check: () => [] });
    expect(values).toStrictEqual({ PORT: 8000 });
  });

  test('show at most the beginning of an endless value', () => {
    const [line = ''] = mistakesOf(() => load(['HOST'], { HOST: ' '.repeat(10_000) }));
    expect(line.length).toBeLessThan(300);
  });
});

describe('an empty value', () => {
  test('means "not set"', () => {
    const env = { PORT: '', LEVEL: '', TOKEN: '', OTHER_PORT: '' };
    expect(load(['PORT', 'LEVEL', 'TOKEN', 'OTHER_PORT'], env)).toStrictEqual({
      PORT: 8000,
      LEVEL: 'info',
      TOKEN: undefined,
      OTHER_PORT: undefined,
    });
  });

  test('of OUTPUT means "none"; unset it has its default', () => {
    expect(load(['OUTPUT'], { OUTPUT: '' })).toStrictEqual({ OUTPUT: '' });
    expect(load(['OUTPUT'], {})).toStrictEqual({ OUTPUT: '/tmp/out' });
  });
});

describe('credentials are never shown', () => {
  const hidden = 's3cr3t-value';

  test.each<[Name, string]>([
    ['TOKEN', `${hidden} with spaces`],
    ['REDIS_URL', `http://:${hidden}@host`],
    ['REDIS_URL', hidden],
  ])('%s=%s', (name, value) => {
    const [line = ''] = mistakesOf(() => load([name], { [name]: value }));
    expect(line).toMatch(new RegExp(`^${name} is \\(hidden\\)(?:, but [^;]*(?:; [^;]*)?)?; allowed: `));
    expect(line).not.toContain(hidden);
  });

  test.each([
    `ftp://user:${hidden}@host:9997`,
    `http://user:${hidden}@host:99999`,
    `http://user:a/${hidden}@host`,
    `http://user:a?${hidden}@host`,
    `http://user:a ${hidden}\nb@host`,
    `http:user:${hidden}@host`,
    `//user:${hidden}@host`,
    `user:${hidden}@host:9997`,
    `ftp://${hidden}${'x'.repeat(300)}@host`,
  ])('the user of the address %j', (url) => {
    const [line = ''] = mistakesOf(() => load(['ADDRESS'], { ADDRESS: url }));
    expect(line).not.toContain(hidden);
    expect(line).toMatch(
      /^ADDRESS is "[a-z:/]*\(removed\)@host[:0-9]*"(?:, but in its user and password, [^;]*)?; allowed: /,
    );
  });
});

describe('a secret from a file', () => {
  const NAME = 'PASSWORD';
  const files = (path: string): string => (path === '/run/secrets/pw' ? ' from file \n' : noFiles(path));

  test('is read and trimmed', () => {
    expect(load([NAME], { [`${NAME}_FILE`]: '/run/secrets/pw' }, files)).toStrictEqual({
      [NAME]: 'from file',
    });
  });

  test('is used too when the setting itself is empty', () => {
    const env = { [NAME]: '', [`${NAME}_FILE`]: '/run/secrets/pw' };
    expect(load([NAME], env, files)).toStrictEqual({ [NAME]: 'from file' });
  });

  test('is not looked for when its setting is empty', () => {
    expect(load([NAME], { [NAME]: 'direct', [`${NAME}_FILE`]: '' })).toStrictEqual({ [NAME]: 'direct' });
  });

  test('that is missing is a mistake that names the file and the reason', () => {
    expect(mistakesOf(() => load([NAME], { [`${NAME}_FILE`]: '/nowhere' }, files))).toStrictEqual([
      `${NAME}_FILE is "/nowhere", which can't be read (ENOENT: no such file or directory, open '/nowhere'); ` +
        'allowed: a readable file',
    ]);
  });

  test('and the setting itself at once are a mistake that shows neither', () => {
    const env = { [NAME]: 'direct', [`${NAME}_FILE`]: '/run/secrets/pw' };
    expect(mistakesOf(() => load([NAME], env, files))).toStrictEqual([
      `${NAME} and ${NAME}_FILE are both set; set one of them`,
    ]);
  });

  test('that is wrong is hidden, an empty one is wrong', () => {
    const readFile = (path: string) => (path === '/empty' ? '\n' : 'to ken');
    expect(mistakesOf(() => load([NAME], { [`${NAME}_FILE`]: '/empty' }, readFile))[0]).toContain('(hidden)');
    const [line] = mistakesOf(() => load(['TOKEN'], { TOKEN_FILE: '/x' }, readFile));
    expect(line).toContain('TOKEN is (hidden); allowed: no spaces');
  });

  test('may hold the address of Redis, but not a setting that is no secret', () => {
    const readFile = () => 'redis://:pw@redis:6379\n';
    expect(load(['REDIS_URL'], { REDIS_URL_FILE: '/x' }, readFile)).toStrictEqual({
      REDIS_URL: 'redis://:pw@redis:6379',
    });
    const { values, warnings } = loadSettings(some(['HOST']), { HOST_FILE: '/x' }, { readFile });
    expect(values).toStrictEqual({ HOST: '127.0.0.1' });
    expect(warnings).toHaveLength(1);
  });

  test('is not what NAMES_FILE is: a setting of its own, that is read again and again', () => {
    const env = { NAMES_FILE: '/run/secrets/tokens' };
    expect(load(['NAMES', 'NAMES_FILE'], env)).toStrictEqual({
      NAMES: [],
      NAMES_FILE: '/run/secrets/tokens',
    });
  });
});
