import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readEnvironment } from '../../src/settings/environment.ts';

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
  expect(readEnvironment({ API_PORT: '1' }, directory)).toEqual({ API_PORT: '1' });
});

test('a .env file adds to the environment, which wins', () => {
  writeEnv('API_PORT=8001', 'LOG_LEVEL=debug');
  expect(readEnvironment({ API_PORT: '1', HOME: '/root' }, directory)).toEqual({
    API_PORT: '1',
    LOG_LEVEL: 'debug',
    HOME: '/root',
  });
});

test('a variable that is set to nothing wins as well', () => {
  writeEnv('JSON_FILE=/tmp/streams.json');
  expect(readEnvironment({ JSON_FILE: '' }, directory)).toEqual({ JSON_FILE: '' });
});

test('comments, quotes, spaces and "export" are understood', () => {
  writeEnv('# comment', '', ' LOG_LEVEL = warn ', 'API_HOST="a b"', "export API_PORT='80'", 'JSON_FILE=');
  expect(readEnvironment({}, directory)).toEqual({
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
  expect(env).toEqual({ API_PORT: '1' });
});

test('a directory of that name is none', () => {
  mkdirSync(join(directory, '.env'));
  expect(readEnvironment({ API_PORT: '1' }, directory)).toEqual({ API_PORT: '1' });
});
