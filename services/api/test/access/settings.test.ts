import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { accessMistakes, readTokens } from '../../src/access/settings.ts';
import { DEFAULTS, lineOf, startAccess, tempPath } from './bench.ts';

const RULE = 'allowed: lines name:sha256hex as `make token NAME=…` prints them';

function fileOf(text: string): string {
  const path = tempPath('tokens');
  writeFileSync(path, text);
  return path;
}

test('nothing set means no tokens and no mistake', () => {
  expect(accessMistakes(DEFAULTS)).toStrictEqual([]);
  expect(accessMistakes({})).toStrictEqual([]);
  expect(readTokens(DEFAULTS)).toBeNull();
});

test('tokens come from the setting or from the file', () => {
  const lines = [lineOf('a', '1'), lineOf('b', '2')];
  const entries = readTokens({ API_TOKENS: lines });
  expect(entries?.map(({ name }) => name)).toStrictEqual(['a', 'b']);
  expect(readTokens({ API_TOKENS: [], API_TOKENS_FILE: fileOf(lines.join('\n')) })).toStrictEqual(entries);
});

describe('a mistake is told with its setting, its place and what is allowed', () => {
  test('a file that is not there', () => {
    const path = tempPath('none');
    const [mistake = ''] = accessMistakes({ API_TOKENS_FILE: path });
    expect(mistake).toContain(`API_TOKENS_FILE is "${path}", which can't be read (`);
    expect(mistake).toContain('ENOENT: no such file or directory');
    expect(mistake).toContain(RULE);
  });

  test('a folder', () => {
    const path = tempPath('folder');
    mkdirSync(path);
    expect(accessMistakes({ API_TOKENS_FILE: path })).toStrictEqual([
      `API_TOKENS_FILE is "${path}", which can't be read (it is not a file); ${RULE}`,
    ]);
  });

  test('something that never ends', () => {
    expect(accessMistakes({ API_TOKENS_FILE: '/dev/zero' })).toStrictEqual([
      expect.stringContaining('(it is not a file)'),
    ]);
    expect(accessMistakes({ API_TOKENS_FILE: fileOf('#'.repeat(1_000_001)) })).toStrictEqual([
      expect.stringContaining('(it has more than 1000000 bytes)'),
    ]);
  });

  test('a file of this user that may not be read', () => {
    const path = fileOf(lineOf('a', '1'));
    chmodSync(path, 0);
    // root may read everything.
    expect(accessMistakes({ API_TOKENS_FILE: path })).toHaveLength(process.getuid?.() === 0 ? 0 : 1);
  });

  test.each(['', '\n', '# a comment\n'])('a file that holds %j', (text) => {
    const path = fileOf(text);
    expect(accessMistakes({ API_TOKENS_FILE: path })).toStrictEqual([
      `API_TOKENS_FILE is "${path}", whose content is no token; ${RULE}`,
    ]);
  });

  test('lines of the file, without their content', () => {
    const path = fileOf(`${lineOf('a', '1')}\nmy-secret-token\n${lineOf('a', '2')}\n`);
    expect(accessMistakes({ API_TOKENS_FILE: path })).toStrictEqual([
      `API_TOKENS_FILE is "${path}", whose line 2 is malformed, line 3 has the name of line 1 again; ${RULE}`,
    ]);
  });

  test('the setting with a name twice', () => {
    expect(accessMistakes({ API_TOKENS: [lineOf('a', '1'), lineOf('a', '2')] })).toStrictEqual([
      'API_TOKENS is (hidden), which has a name more than once; allowed: each name once',
    ]);
  });

  test('both at once', () => {
    const both = { API_TOKENS: [lineOf('a', '1')], API_TOKENS_FILE: '/nowhere' };
    expect(accessMistakes(both)).toStrictEqual([
      'API_TOKENS and API_TOKENS_FILE are both set; set one of them',
    ]);
  });

  test('each network that can’t be trusted as a whole', () => {
    expect(accessMistakes({ TRUST_PROXY: ['0.0.0.0/0', 'loopback', '10.0.0.0/8', '::/0'] })).toStrictEqual([
      expect.stringMatching(/^TRUST_PROXY has "0\.0\.0\.0\/0"; allowed: IP addresses, networks/),
      expect.stringMatching(/^TRUST_PROXY has "::\/0"; allowed: IP addresses, networks/),
    ]);
  });
});

test('what would not be started with is not started with', () => {
  expect(() => readTokens({ API_TOKENS_FILE: '/nowhere' })).toThrow(SettingsError);
  expect(() => startAccess({ API_TOKENS_FILE: '/nowhere' })).toThrow(SettingsError);
});
