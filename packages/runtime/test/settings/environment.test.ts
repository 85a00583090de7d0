import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readEnvironment } from '../../src/settings/environment.ts';
import { SettingsError } from '../../src/settings/settings-error.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'environment-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const writeEnv = (...lines: string[]): void => {
  writeFileSync(join(directory, '.env'), lines.join('\n'));
};

test('without a .env file the environment is all there is', () => {
  expect(readEnvironment({ API_PORT: '1' }, directory)).toStrictEqual({ API_PORT: '1' });
});

test('a .env file adds to the environment, which wins', () => {
  writeEnv('API_PORT=8001', 'LOG_LEVEL=debug');
  expect(readEnvironment({ API_PORT: '1', HOME: '/root' }, directory)).toStrictEqual({
    API_PORT: '1',
    LOG_LEVEL: 'debug',
    HOME: '/root',
  });
});

test('a variable that is set to nothing wins as well', () => {
  writeEnv('JSON_FILE=/tmp/streams.json');
  expect(readEnvironment({ JSON_FILE: '' }, directory)).toStrictEqual({ JSON_FILE: '' });
});

test('comments, quotes, spaces and "export" are understood', () => {
  writeEnv('# comment', '', ' LOG_LEVEL = warn ', 'API_HOST="a b"', "export API_PORT='80'", 'JSON_FILE=');
  expect(readEnvironment({}, directory)).toStrictEqual({
    LOG_LEVEL: 'warn',
    API_HOST: 'a b',
    API_PORT: '80',
    JSON_FILE: '',
  });
});

test('the environment itself is not changed', () => {
  writeEnv('LOG_LEVEL=debug');
  const env = { API_PORT: '1' };
  readEnvironment(env, directory);
  expect(env).toStrictEqual({ API_PORT: '1' });
});

const mistakesOf = (env: Record<string, string>): readonly string[] => {
  try {
    readEnvironment(env, directory);
  } catch (error) {
    if (error instanceof SettingsError) return error.mistakes;
    throw error;
  }
  throw new Error('no mistake was found');
};
const path = (): string => join(directory, '.env');

describe('a file that can’t be read stops the start', () => {
  test('a folder', () => {
    mkdirSync(path());
    expect(mistakesOf({})).toStrictEqual([expect.stringContaining(`${path()} can't be read (`)]);
  });

  test('a link that leads nowhere', () => {
    symlinkSync('gone', path());
    expect(mistakesOf({})).toStrictEqual([expect.stringContaining(`${path()} can't be read (`)]);
  });

  test('one without the right to', () => {
    writeEnv('API_PORT=1');
    chmodSync(path(), 0);
    // Root may read everything.
    if (process.getuid?.() === 0) expect(readEnvironment({}, directory)).toStrictEqual({ API_PORT: '1' });
    else
      expect(mistakesOf({})).toStrictEqual([expect.stringMatching(/\.env can't be read \((Error: )?EACCES/)]);
  });

  test('one that ENV_FILE names, where there is none', () => {
    const ENV_FILE = join(directory, 'settings.env');
    expect(mistakesOf({ ENV_FILE })).toStrictEqual([expect.stringContaining(`${ENV_FILE} can't be read (`)]);
  });

  test.each(['utf16le', 'latin1'] as const)('%s', (encoding) => {
    writeFileSync(path(), Buffer.from('\uFEFFAPI_PORT=1\nAPI_HOST=bücher.example\n', encoding));
    expect(mistakesOf({})).toStrictEqual([expect.stringMatching(/is no UTF-8.*save/)]);
  });

  test('the line that is no UTF-8 is told', () => {
    writeFileSync(path(), Buffer.from('API_PORT=1\nMEDIAMTX_API_PASSWORD=hüsh\n', 'latin1'));
    expect(mistakesOf({})).toStrictEqual([`${path()}, line 2: is no UTF-8: save the file as UTF-8`]);
  });
});

describe('a line that can’t be understood stops the start', () => {
  test('every one is told with its file and number, and without its value', () => {
    writeEnv('API_PORT: 1', 'LOG_LEVEL=info', "REDIS_URL='hush", '', 'x');
    expect(mistakesOf({})).toStrictEqual([
      `${path()}, line 1: has a colon where NAME=value has an equals sign`,
      `${path()}, line 3: begins a quote that nothing ends`,
      `${path()}, line 5: is no NAME=value`,
    ]);
  });

  test('a setting that is there twice, with other values', () => {
    writeEnv('API_PORT=1', 'LOG_LEVEL=info', 'API_PORT=2', 'LOG_LEVEL=info');
    expect(mistakesOf({})).toStrictEqual([
      `${path()}, line 3: sets API_PORT, which line 1 sets to something else`,
    ]);
  });

  test('one that readers disagree about, but of our settings only', () => {
    writeEnv('MEDIAMTX_API_PASSWORD="hu\\sh"', 'OTHERS="hu\\sh"', 'OTHERS=2');
    expect(mistakesOf({})).toStrictEqual([
      `${path()}, line 1: MEDIAMTX_API_PASSWORD: its value has a backslash in double quotes, which readers take ` +
        'for different things: write the value in single quotes',
    ]);
  });
});

describe('a file that ENV_FILE names', () => {
  const named = (...lines: string[]): string => {
    const file = join(directory, 'settings.env');
    writeFileSync(file, lines.join('\n'));
    return file;
  };

  test('is read in place of .env', () => {
    writeEnv('API_PORT=1');
    const ENV_FILE = named('API_HOST=::1');
    expect(readEnvironment({ ENV_FILE }, directory)).toStrictEqual({ ENV_FILE, API_HOST: '::1' });
  });

  test('has to mean the same to systemd, where that has read it too', () => {
    const ENV_FILE = named('LOG_LEVEL=warn # more', 'MEDIAMTX_API_PASSWORD=a\\b', 'X=1 # others');
    expect(readEnvironment({ ENV_FILE }, directory)).toMatchObject({ LOG_LEVEL: 'warn' });
    expect(mistakesOf({ ENV_FILE, INVOCATION_ID: '1' })).toStrictEqual(
      [1, 2].map((line) => expect.stringContaining(`${ENV_FILE}, line ${line}: `)),
    );
  });
});
