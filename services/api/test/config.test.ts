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

test('mistakes of access are told beside the others', () => {
  const files = { API_TOKENS_FILE: '/nowhere/tokens', API_TICKET_KEY_FILE: '/nowhere/key' };
  expect(() => loadConfig({ API_PORT: 'x', ...files, TRUST_PROXY: '10.0.0.0/0' })).toThrow(
    /^API_PORT is "x".*\nAPI_TOKENS_FILE is "\/nowhere.*\nAPI_TICKET_KEY_FILE is "\/nowhere.*\nTRUST_PROXY has/,
  );
});
