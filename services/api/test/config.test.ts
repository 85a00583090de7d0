import { expect, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { loadConfig } from '../src/config.ts';

test('nothing set: everything on this machine only', () => {
  expect(loadConfig({})).toEqual({
    values: {
      API_HOST: '127.0.0.1',
      API_PORT: 8000,
      API_TOKENS: [],
      API_TOKENS_FILE: undefined,
      API_TICKET_KEY_FILE: undefined,
      ALLOWED_ORIGINS: [],
      ALLOWED_HOSTS: [],
      TRUST_PROXY: [],
      MAX_REQUESTS_PER_MINUTE: 600,
      MAX_CLIENTS: 10_000,
      MAX_CLIENTS_PER_ADDRESS: 100,
      MAX_FILTERS: 1_000,
      MAX_FILTERS_PER_ADDRESS: 50,
      STATIC_DIR: undefined,
      PREVIEW_WEBRTC_URL: [],
      PREVIEW_HLS_URL: [],
      PUBLISHED_ON: undefined,
      REDIS_URL: 'redis://127.0.0.1:6379',
      REDIS_DURABLE_URL: undefined,
      REDIS_CA_FILE: undefined,
      REDIS_KEY_PREFIX: 'mediamtx',
      LOG_LEVEL: 'info',
      LOG_FORMAT: 'auto',
      LOG_FILE: undefined,
      LOG_FILE_MAX_MB: 10,
    },
    files: {},
    warnings: [],
  });
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
