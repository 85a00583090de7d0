import { expect, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { loadConfig } from '../src/config.ts';

test('nothing set: everything on this machine only', () => {
  expect(loadConfig({})).toEqual({
    values: {
      API_HOST: '127.0.0.1',
      API_PORT: 8000,
      REDIS_URL: 'redis://127.0.0.1:6379',
      REDIS_KEY_PREFIX: 'mediamtx',
      LOG_LEVEL: 'info',
      LOG_FORMAT: 'auto',
      LOG_FILE: undefined,
      LOG_FILE_MAX_MB: 10,
    },
    warnings: [],
  });
});

test('all mistakes are told at once; names that are none of ours are warned about', () => {
  expect(() => loadConfig({ API_PORT: 'x', REDIS_URL: 'http://x' })).toThrow(SettingsError);
  expect(loadConfig({ API_PROT: '1' }).warnings).toHaveLength(1);
});
