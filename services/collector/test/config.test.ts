import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { loadConfig } from '../src/config.ts';

test('everything has a default', () => {
  expect(loadConfig({})).toStrictEqual({
    servers: [
      {
        server: 'main',
        mediamtx: {
          url: 'http://127.0.0.1:9997',
          credentials: null,
          trust: { kind: 'system' },
          warnings: [],
        },
        secretFiles: {},
        intervalSeconds: 2,
        listed: null,
      },
    ],
    intervalSeconds: 2,
    watched: null,
    jsonFile: '/tmp/mediamtx_streams.json',
    monitorFile: { thresholds: {}, streams: [], expected: [], warnings: [] },
    hysteresis: { enterTicks: 3, leaveTicks: 5 },
    addressPrivacy: 'full',
    sessionAddresses: 'masked',
    redis: { url: 'redis://127.0.0.1:6379', urlFile: undefined, keyPrefix: 'mediamtx' },
    historyStreams: 2_000,
    durableRedis: null,
    kept: { events: { days: 30, max: 1_000_000 }, sessions: { days: 30, max: 1_000_000 } },
    forgetAfterDays: 7,
    health: { host: '127.0.0.1', port: 9120, allowedHosts: [], publishedOn: undefined },
    log: { LOG_LEVEL: 'info', LOG_FORMAT: 'auto', LOG_FILE: undefined, LOG_FILE_MAX_MB: 10 },
    warnings: [],
  });
});

describe('credentials', () => {
  const credentials = (env: Record<string, string>) => loadConfig(env).servers[0].mediamtx;

  test('come from their settings', () => {
    expect(credentials({ MEDIAMTX_API_USER: 'u', MEDIAMTX_API_PASSWORD: 'p' }).credentials).toStrictEqual({
      kind: 'basic',
      user: 'u',
      password: 'p',
    });
    expect(credentials({ MEDIAMTX_API_USER: 'u' }).credentials).toMatchObject({ password: '' });
    expect(credentials({ MEDIAMTX_API_TOKEN: 't' }).credentials).toStrictEqual({
      kind: 'bearer',
      token: 't',
    });
  });

  test('or from the address, which is then used and shown without them', () => {
    expect(credentials({ MEDIAMTX_API_URL: 'https://us%40er:p%3Aw@media.example/base/' })).toMatchObject({
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

test('names under which the health port answers', () => {
  expect(loadConfig({ ALLOWED_HOSTS: 'Collector,' }).health.allowedHosts).toStrictEqual(['collector']);
});

test('health and privacy', () => {
  const env = { HEALTH_ENTER_TICKS: '1', HEALTH_LEAVE_TICKS: '100', REMOTE_ADDR: 'masked' };
  expect(loadConfig(env)).toMatchObject({
    hysteresis: { enterTicks: 1, leaveTicks: 100 },
    addressPrivacy: 'masked',
    warnings: [],
  });
  expect(loadConfig({ REMOTE_ADDR: 'none' }).addressPrivacy).toBe('none');
  expect(loadConfig({ SESSION_ADDRESSES: 'full' }).sessionAddresses).toBe('full');
});

test.each([
  ['HEALTH_ENTER_TICKS', '0'],
  ['HEALTH_ENTER_TICKS', '101'],
  ['HEALTH_LEAVE_TICKS', '2.5'],
  ['HEALTH_LEAVE_TICKS', 'soon'],
  ['REMOTE_ADDR', 'yes'],
  ['REMOTE_ADDR', 'Masked'],
])('%s = %s stops the start', (name, value) => {
  expect(() => loadConfig({ [name]: value })).toThrow(
    new RegExp(`^${name} is "${value}"; allowed: (a whole number from 1 to 100|full, masked or none)$`),
  );
});

describe('MONITOR_CONFIG', () => {
  async function load(text: string) {
    const folder = await mkdtemp(join(tmpdir(), 'config-'));
    const path = join(folder, 'monitor.yml');
    try {
      await writeFile(path, text);
      return loadConfig({ MONITOR_CONFIG: path }).monitorFile;
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  test('names a file that is read', async () => {
    expect(await load('thresholds: {link-loss: {warning: 2}}')).toStrictEqual({
      thresholds: { 'link-loss': { warning: 2 } },
      streams: [],
      expected: [],
      warnings: [],
    });
  });

  test('may list servers, which then are polled instead of that of the environment', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'config-'));
    const path = join(folder, 'monitor.yml');
    await writeFile(
      path,
      'servers: [{id: a, url: "http://a"}, {id: b, url: "http://b", intervalSeconds: 10}]',
    );
    const env = { MONITOR_CONFIG: path, POLL_INTERVAL_SECONDS: '5', MEDIAMTX_API_URL: '' };
    try {
      expect(
        loadConfig(env).servers.map(({ server, intervalSeconds }) => [server, intervalSeconds]),
      ).toStrictEqual([
        ['a', 5],
        ['b', 10],
      ]);
      const both = {
        ...env,
        MEDIAMTX_API_URL: 'https://u:hunter2@m',
        MEDIAMTX_API_TOKEN: 'tok3n',
        MEDIAMTX_SERVER_ID: 'main',
      };
      expect(() => loadConfig(both)).toThrow(
        [
          'MEDIAMTX_API_URL is "https://(removed)@m"; allowed: not together with servers in MONITOR_CONFIG',
          'MEDIAMTX_API_TOKEN is (hidden); allowed: not together with servers in MONITOR_CONFIG',
          'MEDIAMTX_SERVER_ID is "main"; allowed: not together with servers in MONITOR_CONFIG',
        ].join('\n'),
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('whose mistakes stop the start', async () => {
    await expect(load('thresholds: {link-loss: {warning: many}}')).rejects.toThrow(
      /^MONITOR_CONFIG \S+monitor\.yml, line 1, column 26: .*must be a number$/,
    );
  });

  test('must be readable', () => {
    expect(() => loadConfig({ MONITOR_CONFIG: '/nowhere/monitor.yml' })).toThrow(
      /^MONITOR_CONFIG is "\/nowhere\/monitor\.yml", which can't be read \(.*ENOENT.*\); allowed: a readable file$/,
    );
  });

  test('empty is as good as not set', () => {
    expect(loadConfig({ MONITOR_CONFIG: '' }).monitorFile).toStrictEqual({
      thresholds: {},
      streams: [],
      expected: [],
      warnings: [],
    });
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
