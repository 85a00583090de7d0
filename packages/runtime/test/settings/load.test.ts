import { describe, expect, test } from '@jest/globals';
import type { SettingName } from '../../src/settings/values.ts';
import { type Environment, loadSettings } from '../../src/settings/load.ts';
import { SettingsError } from '../../src/settings/settings-error.ts';

const noFiles = (path: string): string => {
  throw new Error(`ENOENT: no such file or directory, open '${path}'`);
};

const load = <Name extends SettingName>(names: readonly Name[], env: Environment, readFile = noFiles) =>
  loadSettings(names, env, { readFile }).values;

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
    const env = { API_PORT: 'x', LOG_LEVEL: 'loud', LOG_FORMAT: 'json', POLL_INTERVAL_SECONDS: '7' };
    const names = ['API_PORT', 'LOG_FORMAT', 'LOG_LEVEL', 'POLL_INTERVAL_SECONDS'] as const;
    const lines = mistakesOf(() => load(names, env));
    expect(lines).toHaveLength(3);
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      'API_PORT',
      'LOG_LEVEL',
      'POLL_INTERVAL_SECONDS',
    ]);
    expect(new SettingsError(lines)).toMatchObject({ code: 'wrong-setting', message: lines.join('\n') });
  });

  test('of settings that the service does not use do not matter to it', () => {
    expect(load(['LOG_LEVEL'], { API_PORT: 'x' })).toEqual({ LOG_LEVEL: 'info' });
  });

  test('between settings are told beside the others, from the values that are right', () => {
    const check = (values: object) => [`seen: ${Object.keys(values).join(', ')}`];
    const lines = mistakesOf(() =>
      loadSettings(['API_HOST', 'API_PORT'], { API_PORT: '-1' }, { readFile: noFiles, check }),
    );
    expect(lines).toEqual(['API_PORT is "-1"; allowed: a port, 0 to 65535', 'seen: API_HOST']);
  });

  test('a check that finds nothing lets the values pass', () => {
    const { values } = loadSettings(['API_PORT'], {}, { readFile: noFiles, check: () => [] });
    expect(values).toEqual({ API_PORT: 8000 });
  });

  test('show at most the beginning of an endless value', () => {
    const [line = ''] = mistakesOf(() => load(['API_HOST'], { API_HOST: ' '.repeat(10_000) }));
    expect(line.length).toBeLessThan(300);
  });
});

describe('an empty value', () => {
  test('means "not set"', () => {
    const env = { API_PORT: '', LOG_LEVEL: '', MEDIAMTX_API_TOKEN: '', HEALTH_PORT: '' };
    expect(load(['API_PORT', 'LOG_LEVEL', 'MEDIAMTX_API_TOKEN', 'HEALTH_PORT'], env)).toEqual({
      API_PORT: 8000,
      LOG_LEVEL: 'info',
      MEDIAMTX_API_TOKEN: undefined,
      HEALTH_PORT: undefined,
    });
  });

  test('of JSON_FILE means "none"; unset it has its default', () => {
    expect(load(['JSON_FILE'], { JSON_FILE: '' })).toEqual({ JSON_FILE: '' });
    expect(load(['JSON_FILE'], {})).toEqual({ JSON_FILE: '/tmp/mediamtx_streams.json' });
  });
});

describe('credentials are never shown', () => {
  const hidden = 's3cr3t-value';

  test.each<[SettingName, string]>([
    ['MEDIAMTX_API_TOKEN', `${hidden} with spaces`],
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
    const [line = ''] = mistakesOf(() => load(['MEDIAMTX_API_URL'], { MEDIAMTX_API_URL: url }));
    expect(line).not.toContain(hidden);
    expect(line).toMatch(
      /^MEDIAMTX_API_URL is "[a-z:/]*\(removed\)@host[:0-9]*"(?:, but in its user and password, [^;]*)?; allowed: /,
    );
  });
});

describe('a secret from a file', () => {
  const NAME = 'MEDIAMTX_API_PASSWORD';
  const files = (path: string): string => (path === '/run/secrets/pw' ? ' from file \n' : noFiles(path));

  test('is read and trimmed', () => {
    expect(load([NAME], { [`${NAME}_FILE`]: '/run/secrets/pw' }, files)).toEqual({ [NAME]: 'from file' });
  });

  test('is used too when the setting itself is empty', () => {
    const env = { [NAME]: '', [`${NAME}_FILE`]: '/run/secrets/pw' };
    expect(load([NAME], env, files)).toEqual({ [NAME]: 'from file' });
  });

  test('is not looked for when its setting is empty', () => {
    expect(load([NAME], { [NAME]: 'direct', [`${NAME}_FILE`]: '' })).toEqual({ [NAME]: 'direct' });
  });

  test('that is missing is a mistake that names the file and the reason', () => {
    expect(mistakesOf(() => load([NAME], { [`${NAME}_FILE`]: '/nowhere' }, files))).toEqual([
      `${NAME}_FILE is "/nowhere", which can't be read (ENOENT: no such file or directory, open '/nowhere'); ` +
        'allowed: a readable file',
    ]);
  });

  test('and the setting itself at once are a mistake that shows neither', () => {
    const env = { [NAME]: 'direct', [`${NAME}_FILE`]: '/run/secrets/pw' };
    expect(mistakesOf(() => load([NAME], env, files))).toEqual([
      `${NAME} and ${NAME}_FILE are both set; set one of them`,
    ]);
  });

  test('that is wrong is hidden, an empty one is wrong', () => {
    const readFile = (path: string) => (path === '/empty' ? '\n' : 'to ken');
    expect(mistakesOf(() => load([NAME], { [`${NAME}_FILE`]: '/empty' }, readFile))[0]).toContain('(hidden)');
    const [line] = mistakesOf(() =>
      load(['MEDIAMTX_API_TOKEN'], { MEDIAMTX_API_TOKEN_FILE: '/x' }, readFile),
    );
    expect(line).toContain('MEDIAMTX_API_TOKEN is (hidden); allowed: a token without spaces');
  });

  test('may hold the address of Redis, but not a setting that is no secret', () => {
    const readFile = () => 'redis://:pw@redis:6379\n';
    expect(load(['REDIS_URL'], { REDIS_URL_FILE: '/x' }, readFile)).toEqual({
      REDIS_URL: 'redis://:pw@redis:6379',
    });
    const { values, warnings } = loadSettings(['API_HOST'], { API_HOST_FILE: '/x' }, { readFile });
    expect(values).toEqual({ API_HOST: '127.0.0.1' });
    expect(warnings).toHaveLength(1);
  });

  test('is not what API_TOKENS_FILE is: a setting of its own, that is read again and again', () => {
    const env = { API_TOKENS_FILE: '/run/secrets/tokens' };
    expect(load(['API_TOKENS', 'API_TOKENS_FILE'], env)).toEqual({
      API_TOKENS: [],
      API_TOKENS_FILE: '/run/secrets/tokens',
    });
  });
});
