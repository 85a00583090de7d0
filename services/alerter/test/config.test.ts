import { expect, test } from '@jest/globals';
import { SettingsError } from '@mediamtx-monitor/runtime';
import { loadConfig } from '../src/config.ts';
import { parseNotifyFile } from '../src/notify-file.ts';

const FILE = 'notify: [{name: team, kind: slack, url: "https://hooks.example/SECRET"}]';
const readFile = (path: string): string => {
  if (path === '/config/monitor.yml') return FILE;
  throw new Error(`ENOENT: ${path}`);
};

test('everything has a default', () => {
  expect(loadConfig({}, readFile)).toStrictEqual({
    redis: { url: 'redis://127.0.0.1:6379', urlFile: undefined, keyPrefix: 'mediamtx' },
    durableRedis: null,
    notify: parseNotifyFile('', ''),
    dashboardUrl: null,
    health: { host: '127.0.0.1', port: 9122, allowedHosts: [], publishedOn: undefined },
    log: { LOG_LEVEL: 'info', LOG_FORMAT: 'auto', LOG_FILE: undefined, LOG_FILE_MAX_MB: 10 },
    warnings: [],
  });
});

test('what is set', () => {
  const env = {
    MONITOR_CONFIG: '/config/monitor.yml',
    DASHBOARD_URL: 'https://monitor.example.com/there//',
    REDIS_KEY_PREFIX: 'x',
    REDIS_DURABLE_URL: 'redis://127.0.0.1:6380',
    HEALTH_PORT: '0',
  };
  const config = loadConfig(env, readFile);
  expect(config).toMatchObject({
    redis: { keyPrefix: 'x' },
    durableRedis: { url: 'redis://127.0.0.1:6380', setting: 'REDIS_DURABLE_URL' },
    notify: { targets: [{ name: 'team' }] },
    dashboardUrl: 'https://monitor.example.com/there',
    health: { port: 0 },
  });
  expect(config.warnings).toStrictEqual([
    expect.stringMatching(/^target team has its url in MONITOR_CONFIG/),
  ]);
});

test('a topic that the documents show is warned about', () => {
  const text = 'notify: [{name: phone, kind: ntfy, url: "https://ntfy.sh/mediamtx-h7Qe2xWnR4"}]';
  expect(loadConfig({ MONITOR_CONFIG: '/x.yml' }, () => text).warnings).toStrictEqual([
    expect.stringMatching(/^target phone tells everybody/),
  ]);
});

test('one Redis for both', () => {
  expect(loadConfig({ REDIS_DURABLE_URL: 'redis://127.0.0.1:6379' }, readFile).durableRedis).toBeNull();
});

test('a name that looks like a setting is warned about', () => {
  expect(loadConfig({ REDIS_ULR: 'x' }, readFile).warnings).toStrictEqual([
    expect.stringContaining('REDIS_ULR is not a setting of this system'),
  ]);
});

test('a file that can’t be read stops the start', () => {
  expect(() => loadConfig({ MONITOR_CONFIG: '/none' }, readFile)).toThrow(SettingsError);
});
