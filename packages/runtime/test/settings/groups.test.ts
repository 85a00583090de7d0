import { expect, test } from '@jest/globals';
import { healthPortSettings } from '../../src/settings/health-port.ts';
import { loadSettings } from '../../src/settings/load.ts';
import { LOG_SETTINGS } from '../../src/settings/log.ts';
import { DURABLE_REDIS_SETTINGS, REDIS_SETTINGS } from '../../src/settings/redis.ts';
import { SettingsError } from '../../src/settings/settings-error.ts';

const GROUPS = {
  ...REDIS_SETTINGS,
  ...DURABLE_REDIS_SETTINGS,
  ...healthPortSettings(9120),
  ...LOG_SETTINGS,
};
const load = (env: Readonly<Record<string, string>>) =>
  loadSettings(GROUPS, env, { readFile: () => '' }).values;

test.each<[string, string, unknown]>([
  ['REDIS_URL', ' unix:///run/redis/redis.sock ', 'unix:///run/redis/redis.sock'],
  ['REDIS_URL', 'rediss://:secret@redis:6380/3', 'rediss://:secret@redis:6380/3'],
  ['REDIS_KEY_PREFIX', 'Site_1:video.a-b', 'Site_1:video.a-b'],
  ['ALLOWED_HOSTS', 'monitor, Monitor.Example.com', ['monitor', 'monitor.example.com']],
  ['HEALTH_PORT', '0', 0],
  ['LOG_LEVEL', 'debug', 'debug'],
  ['LOG_FORMAT', 'json', 'json'],
  ['LOG_FILE_MAX_MB', '1', 1],
])('%s=%s', (name, text, value) => {
  expect(load({ [name]: text })).toHaveProperty(name, value);
});

test.each<[string, string, string]>([
  ['REDIS_KEY_PREFIX', 'a b', '1 to 64 letters, digits, dots, colons, hyphens or underscores'],
  ['REDIS_KEY_PREFIX', 'x'.repeat(65), '1 to 64 letters, digits, dots, colons, hyphens or underscores'],
  ['ALLOWED_HOSTS', 'monitor.example:8000', 'host names, with commas in between'],
  ['ALLOWED_HOSTS', '*.example', 'host names, with commas in between'],
  ['ALLOWED_HOSTS', 'a b', 'host names, with commas in between'],
  ['ALLOWED_HOSTS', ' , ', 'host names, with commas in between'],
  ['HEALTH_PORT', 'off', 'a port, 0 to 65535; 0 = off'],
  ['LOG_LEVEL', 'verbose', 'error, warn, info or debug'],
  ['LOG_FORMAT', 'xml', 'auto, text or json'],
  ['LOG_FILE_MAX_MB', '0', 'a whole number from 1 to 1024'],
  ['LOG_FILE_MAX_MB', '1.5', 'a whole number from 1 to 1024'],
])('wrong: %s=%s is told in one line with its name, its value and what is allowed', (name, text, allowed) => {
  expect(() => load({ [name]: text })).toThrow(
    new SettingsError([`${name} is "${text}"; allowed: ${allowed}`]),
  );
});

test.each(['redis://host:99999', 'redis:6379', 'http://host', 'host:6379'])(
  'wrong: REDIS_URL=%s is told with a reason, and not shown',
  (url) => {
    expect(() => load({ REDIS_URL: url })).toThrow(
      /^REDIS_URL is \(hidden\), but it .*; allowed: a redis:\/\/, rediss:/,
    );
  },
);
