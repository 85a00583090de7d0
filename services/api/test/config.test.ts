import { expect, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { loadConfig } from '../src/config.ts';

test('nothing set: everything on this machine only, for whoever is there', () => {
  const { values, files, warnings } = loadConfig({});
  expect(values).toMatchObject({
    API_HOST: '127.0.0.1',
    API_PORT: 8000,
    API_TOKENS: [],
    API_TOKENS_FILE: undefined,
    ALLOWED_ORIGINS: [],
    ALLOWED_HOSTS: [],
    TRUST_PROXY: [],
    PUBLISHED_ON: undefined,
    REDIS_URL: 'redis://127.0.0.1:6379',
  });
  expect({ files, warnings }).toStrictEqual({ files: {}, warnings: [] });
});

test('all mistakes are told at once; names that are none of ours are warned about', () => {
  expect(() => loadConfig({ API_PORT: 'x', REDIS_URL: 'http://x' })).toThrow(SettingsError);
  expect(loadConfig({ API_PROT: '1' }).warnings).toHaveLength(1);
});

test.each([
  [{ HISTORY_TOKEN: 's3cr3t' }, 'HISTORY_TOKEN is set; allowed: only with HISTORY_URL'],
  [{ HISTORY_SELECTOR: 'a="b"' }, 'HISTORY_SELECTOR is set; allowed: only with HISTORY_URL'],
  [
    { HISTORY_URL: 'http://engine:9090', HISTORY_CA_FILE: '/ca.pem' },
    'HISTORY_CA_FILE is set; allowed: only with an https:// address in HISTORY_URL',
  ],
  [
    { HISTORY_URL: 'http://joe:pass@engine:9090', HISTORY_TOKEN: 's3cr3t' },
    'HISTORY_TOKEN is (hidden); allowed: not together with a user in HISTORY_URL',
  ],
  [
    { HISTORY_URL: 'http://engine:9090/?a=b' },
    'HISTORY_URL is (hidden), but it has a query or fragment; allowed: an http:// or https:// address without query',
  ],
])('wrong together: %j', (env, mistake) => {
  expect(() => loadConfig(env)).toThrow(new SettingsError([mistake]));
});

test('mistakes of access are told beside the others', () => {
  const files = { API_TOKENS_FILE: '/nowhere/tokens', API_TICKET_KEY_FILE: '/nowhere/key' };
  expect(() => loadConfig({ API_PORT: 'x', ...files, TRUST_PROXY: '10.0.0.0/0' })).toThrow(
    /^API_PORT is "x".*\nAPI_TOKENS_FILE is "\/nowhere.*\nAPI_TICKET_KEY_FILE is "\/nowhere.*\nTRUST_PROXY has/,
  );
});
