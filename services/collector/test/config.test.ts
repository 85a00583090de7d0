import { describe, expect, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { loadConfig } from '../src/config.ts';

test('everything has a default', () => {
  expect(loadConfig({})).toEqual({
    mediamtx: { url: 'http://127.0.0.1:9997', credentials: null },
    server: 'main',
    intervalSeconds: 2,
    jsonFile: '/tmp/mediamtx_streams.json',
    redis: { url: 'redis://127.0.0.1:6379', keyPrefix: 'mediamtx' },
    health: { host: '127.0.0.1', port: 9120 },
    log: { LOG_LEVEL: 'info', LOG_FORMAT: 'auto', LOG_FILE: undefined, LOG_FILE_MAX_MB: 10 },
    warnings: [],
  });
});

describe('credentials', () => {
  const credentials = (env: Record<string, string>) => loadConfig(env).mediamtx;

  test('come from their settings', () => {
    expect(credentials({ MEDIAMTX_API_USER: 'u', MEDIAMTX_API_PASSWORD: 'p' }).credentials).toEqual({
      kind: 'basic',
      user: 'u',
      password: 'p',
    });
    expect(credentials({ MEDIAMTX_API_USER: 'u' }).credentials).toMatchObject({ password: '' });
    expect(credentials({ MEDIAMTX_API_TOKEN: 't' }).credentials).toEqual({ kind: 'bearer', token: 't' });
  });

  test('or from the address, which is then used and shown without them', () => {
    expect(credentials({ MEDIAMTX_API_URL: 'https://us%40er:p%3Aw@media.example/base/' })).toEqual({
      url: 'https://media.example/base',
      credentials: { kind: 'basic', user: 'us@er', password: 'p:w' },
    });
    expect(credentials({ MEDIAMTX_API_URL: 'http://u:%zz@h' }).credentials).toMatchObject({
      password: '%zz',
    });
  });

  test('that contradict one another stop the start, unseen', () => {
    const env = { MEDIAMTX_API_PASSWORD: 'hunter2', MEDIAMTX_API_TOKEN: 'tok3n' };
    const mistakes = (): readonly string[] => {
      try {
        loadConfig(env);
      } catch (error) {
        if (error instanceof SettingsError) return error.mistakes;
      }
      return [];
    };
    expect(mistakes()).toHaveLength(2);
    expect(mistakes().join()).not.toMatch(/hunter2|tok3n/);
  });
});

test('all mistakes are told at once', () => {
  const env = {
    POLL_INTERVAL_SECONDS: '7',
    HEALTH_PORT: '70000',
    MEDIAMTX_SERVER_ID: 'streams',
    REDIS_URL: 'nope',
  };
  expect(() => loadConfig(env)).toThrow(
    /^MEDIAMTX_SERVER_ID is "streams".*\nPOLL_INTERVAL_SECONDS is "7".*\nREDIS_URL is \(hidden\).*\nHEALTH_PORT is "70000"/,
  );
});
