import { describe, expect, test } from '@jest/globals';
import { isServerId } from '@mediamtx-monitor/types';
import { SETTINGS } from '../../src/settings/catalog.ts';
import type { SettingName } from '../../src/settings/values.ts';
import { loadSettings } from '../../src/settings/load.ts';
import { SettingsError } from '../../src/settings/settings-error.ts';

const HASH = '0123456789abcdef'.repeat(4);
const ORIGINS =
  'origins of web pages, as in https://monitor.example.com, also null and file://, with commas in between; no ' +
  'wildcards';
const PROXIES =
  'IP addresses, networks as in 10.0.0.0/8, or loopback, linklocal, uniquelocal, with commas in between';

const NAMES = Object.keys(SETTINGS) as SettingName[];
const readFile = (): string => {
  throw new Error('no file expected');
};

const valueOf = (name: SettingName, text?: string): unknown =>
  loadSettings([name], text === undefined ? {} : { [name]: text }, { readFile }).values[name];

/** The line that a wrong value gives. */
function mistakeOf(name: SettingName, text: string): string {
  try {
    loadSettings([name], { [name]: text }, { readFile });
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  throw new Error(`${name}=${text} was accepted`);
}

test('every setting has its default', () => {
  expect(Object.fromEntries(NAMES.map((name) => [name, valueOf(name)]))).toEqual({
    MEDIAMTX_API_URL: 'http://127.0.0.1:9997',
    MEDIAMTX_API_USER: undefined,
    MEDIAMTX_API_PASSWORD: undefined,
    MEDIAMTX_API_TOKEN: undefined,
    MEDIAMTX_API_CA_FILE: undefined,
    MEDIAMTX_API_FINGERPRINT: undefined,
    MEDIAMTX_SERVER_ID: 'main',
    POLL_INTERVAL_SECONDS: 2,
    JSON_FILE: '/tmp/mediamtx_streams.json',
    MONITOR_CONFIG: undefined,
    HEALTH_ENTER_TICKS: 3,
    HEALTH_LEAVE_TICKS: 5,
    REMOTE_ADDR: 'full',
    HOST_ID: undefined,
    HOST_ROOT: '/',
    HOST_INTERVAL_SECONDS: 5,
    REDIS_URL: 'redis://127.0.0.1:6379',
    REDIS_CA_FILE: undefined,
    REDIS_KEY_PREFIX: 'mediamtx',
    FORGET_SERVERS_AFTER_DAYS: 7,
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
    HEALTH_HOST: '127.0.0.1',
    HEALTH_PORT: undefined,
    LOG_LEVEL: 'info',
    LOG_FORMAT: 'auto',
    LOG_FILE: undefined,
    LOG_FILE_MAX_MB: 10,
    SIMULATOR_HOST: '127.0.0.1',
    SIMULATOR_PORT: 9997,
    SIMULATOR_STREAMS: 12,
    SIMULATOR_READERS: 2,
  });
});

test.each(NAMES)('%s says for people what it is and what is allowed', (name) => {
  expect(SETTINGS[name].description.length).toBeGreaterThan(10);
  expect(SETTINGS[name].allowed.length).toBeGreaterThan(3);
});

describe('right values', () => {
  test.each<[SettingName, string, unknown]>([
    ['MEDIAMTX_API_URL', 'https://media.example:9997/base', 'https://media.example:9997/base'],
    ['MEDIAMTX_API_URL', 'http://user:p%40ss@host', 'http://user:p%40ss@host'],
    ['MEDIAMTX_API_URL', 'http://[::1]:9997', 'http://[::1]:9997'],
    ['MEDIAMTX_API_URL', 'http://media_mtx:9997', 'http://media_mtx:9997'],
    ['MEDIAMTX_API_URL', ' HTTP://media.example:9997 ', 'HTTP://media.example:9997'],
    ['MEDIAMTX_API_URL', 'http://bücher.example:9997', 'http://bücher.example:9997'],
    ['MEDIAMTX_API_FINGERPRINT', 'ab'.repeat(32), Array.from({ length: 32 }, () => 'AB').join(':')],
    ['MEDIAMTX_API_FINGERPRINT', `sha256 Fingerprint=${'ab:'.repeat(31)}CD`, `${'AB:'.repeat(31)}CD`],
    ['REDIS_URL', ' unix:///run/redis/redis.sock ', 'unix:///run/redis/redis.sock'],
    ['MEDIAMTX_API_PASSWORD', ' päss wörd ', ' päss wörd '],
    ['MEDIAMTX_SERVER_ID', 'north-2', 'north-2'],
    ['POLL_INTERVAL_SECONDS', '60', 60],
    ['JSON_FILE', '', ''],
    ['HOST_ID', 'events', 'events'],
    ['HOST_ROOT', '/host', '/host'],
    ['HOST_INTERVAL_SECONDS', '1', 1],
    ['REDIS_URL', 'rediss://:secret@redis:6380/3', 'rediss://:secret@redis:6380/3'],
    ['REDIS_KEY_PREFIX', 'Site_1:video.a-b', 'Site_1:video.a-b'],
    ['FORGET_SERVERS_AFTER_DAYS', '0', 0],
    ['API_HOST', '::', '::'],
    ['API_HOST', 'monitor.example', 'monitor.example'],
    ['API_PORT', '0', 0],
    ['API_PORT', '65535', 65535],
    ['API_TOKENS', `a:${HASH}`, [`a:${HASH}`]],
    ['API_TOKENS', ` a:${HASH} ,, b.c-d_E:${HASH},`, [`a:${HASH}`, `b.c-d_E:${HASH}`]],
    ['API_TOKENS_FILE', '/run/secrets/tokens', '/run/secrets/tokens'],
    ['API_TICKET_KEY_FILE', '/run/tickets/key', '/run/tickets/key'],
    ['ALLOWED_ORIGINS', 'http://localhost:3000', ['http://localhost:3000']],
    ['ALLOWED_ORIGINS', 'https://Wall.example, http://[::1]:8', ['https://wall.example', 'http://[::1]:8']],
    ['ALLOWED_ORIGINS', 'null,file://, http://a.example', ['null', 'file://', 'http://a.example']],
    ['ALLOWED_HOSTS', 'monitor, Monitor.Example.com', ['monitor', 'monitor.example.com']],
    ['TRUST_PROXY', 'loopback', ['loopback']],
    [
      'TRUST_PROXY',
      '10.0.0.0/8,::1, 2001:db8::/32,uniquelocal',
      ['10.0.0.0/8', '::1', '2001:db8::/32', 'uniquelocal'],
    ],
    ['MAX_REQUESTS_PER_MINUTE', '1', 1],
    ['MAX_REQUESTS_PER_MINUTE', '1000000', 1_000_000],
    ['MAX_CLIENTS', '5000', 5_000],
    ['MAX_CLIENTS_PER_ADDRESS', '1', 1],
    ['MAX_FILTERS', '1', 1],
    ['MAX_FILTERS_PER_ADDRESS', '200', 200],
    ['HEALTH_PORT', '0', 0],
    ['LOG_LEVEL', 'debug', 'debug'],
    ['LOG_FORMAT', 'json', 'json'],
    ['LOG_FILE_MAX_MB', '1', 1],
    ['SIMULATOR_STREAMS', '0', 0],
    ['SIMULATOR_READERS', '1000', 1000],
  ])('%s=%s', (name, text, value) => {
    expect(valueOf(name, text)).toEqual(value);
  });

  test('every divisor of 60 is a poll interval, and nothing else', () => {
    const taken = Array.from({ length: 100 }, (_, index) => index).filter((seconds) => {
      try {
        return valueOf('POLL_INTERVAL_SECONDS', String(seconds)) === seconds;
      } catch {
        return false;
      }
    });
    expect(taken).toEqual([1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60]);
  });

  test('the defaults of ids are right ids', () => {
    expect(isServerId(String(valueOf('MEDIAMTX_SERVER_ID')))).toBe(true);
  });
});

describe('wrong values are told in one line: name, value, what is allowed', () => {
  test.each<[SettingName, string, string]>([
    ['MEDIAMTX_API_URL', '127.0.0.1:9997', 'an http:// or https:// address without query'],
    ['MEDIAMTX_API_URL', 'ftp://host', 'an http:// or https:// address without query'],
    ['MEDIAMTX_API_URL', 'http://', 'an http:// or https:// address without query'],
    ['MEDIAMTX_API_URL', 'http://host:99999', 'an http:// or https:// address without query'],
    ['MEDIAMTX_API_URL', 'http:host:9997', 'an http:// or https:// address without query'],
    ['MEDIAMTX_API_URL', 'http://a b', 'an http:// or https:// address without query'],
    ['MEDIAMTX_API_FINGERPRINT', 'ab'.repeat(31), '64 hexadecimal digits, with or without colons'],
    ['MEDIAMTX_API_FINGERPRINT', 'xy'.repeat(32), '64 hexadecimal digits, with or without colons'],
    ['POLL_INTERVAL_SECONDS', '7', 'a divisor of 60: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60'],
    ['POLL_INTERVAL_SECONDS', '0', 'a divisor of 60: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60'],
    ['POLL_INTERVAL_SECONDS', 'two', 'a divisor of 60: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60'],
    ['HOST_ID', 'Media 1', '1 to 32 lower-case letters, digits or hyphens'],
    ['HOST_ID', 'x'.repeat(33), '1 to 32 lower-case letters, digits or hyphens'],
    ['HOST_ROOT', 'host', 'an absolute path of a folder'],
    ['HOST_INTERVAL_SECONDS', '7', 'a divisor of 60: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60'],
    ['FORGET_SERVERS_AFTER_DAYS', '0.5', 'a whole number from 0 to 3650; 0 = never'],
    ['FORGET_SERVERS_AFTER_DAYS', '-1', 'a whole number from 0 to 3650; 0 = never'],
    ['REDIS_KEY_PREFIX', 'a b', '1 to 64 letters, digits, dots, colons, hyphens or underscores'],
    ['REDIS_KEY_PREFIX', 'x'.repeat(65), '1 to 64 letters, digits, dots, colons, hyphens or underscores'],
    ['API_HOST', '[::1]', 'a host name or IP address'],
    ['API_HOST', 'a b', 'a host name or IP address'],
    ['API_PORT', '65536', 'a port, 0 to 65535'],
    ['API_PORT', '-1', 'a port, 0 to 65535'],
    ['API_PORT', '80.5', 'a port, 0 to 65535'],
    ['ALLOWED_ORIGINS', 'monitor.example', ORIGINS],
    ['ALLOWED_ORIGINS', 'https://monitor.example/', ORIGINS],
    ['ALLOWED_ORIGINS', 'https://monitor.example/page', ORIGINS],
    ['ALLOWED_ORIGINS', 'https://monitor.example:443', ORIGINS],
    ['ALLOWED_ORIGINS', 'http://host:99999', ORIGINS],
    ['ALLOWED_ORIGINS', 'ws://monitor.example', ORIGINS],
    ['ALLOWED_ORIGINS', 'https://a.example https://b.example', ORIGINS],
    ['ALLOWED_ORIGINS', '*', ORIGINS],
    ['ALLOWED_ORIGINS', '*.example.com', ORIGINS],
    ['ALLOWED_ORIGINS', 'https://*', ORIGINS],
    ['ALLOWED_ORIGINS', 'https://*.example.com', ORIGINS],
    ['ALLOWED_ORIGINS', 'https://a.example,https://monitor.*.example', ORIGINS],
    ['ALLOWED_ORIGINS', 'file:///home/me/overlay.html', ORIGINS],
    ['ALLOWED_ORIGINS', 'file:', ORIGINS],
    ['ALLOWED_ORIGINS', ',', ORIGINS],
    ['ALLOWED_HOSTS', 'monitor.example:8000', 'host names, with commas in between'],
    ['ALLOWED_HOSTS', '*.example', 'host names, with commas in between'],
    ['ALLOWED_HOSTS', 'a b', 'host names, with commas in between'],
    ['ALLOWED_HOSTS', ' , ', 'host names, with commas in between'],
    ['TRUST_PROXY', 'nginx', PROXIES],
    ['TRUST_PROXY', 'true', PROXIES],
    ['TRUST_PROXY', '10.0.0.0/33', PROXIES],
    ['TRUST_PROXY', '10.0.0.1:80', PROXIES],
    ['MAX_REQUESTS_PER_MINUTE', '0', 'a whole number from 1 to 1000000'],
    ['MAX_REQUESTS_PER_MINUTE', '1.5', 'a whole number from 1 to 1000000'],
    ['MAX_CLIENTS', '1000001', 'a whole number from 1 to 1000000'],
    ['MAX_CLIENTS_PER_ADDRESS', 'many', 'a whole number from 1 to 1000000'],
    ['MAX_FILTERS', '0', 'a whole number from 1 to 1000000'],
    ['MAX_FILTERS_PER_ADDRESS', '-1', 'a whole number from 1 to 1000000'],
    ['HEALTH_PORT', 'off', 'a port, 0 to 65535; 0 = off'],
    ['LOG_LEVEL', 'verbose', 'error, warn, info or debug'],
    ['LOG_FORMAT', 'xml', 'auto, text or json'],
    ['LOG_FILE_MAX_MB', '0', 'a whole number from 1 to 1024'],
    ['LOG_FILE_MAX_MB', '1.5', 'a whole number from 1 to 1024'],
    ['SIMULATOR_STREAMS', '100001', 'a whole number from 0 to 100000'],
    ['SIMULATOR_READERS', '1001', 'a whole number from 0 to 1000'],
  ])('%s=%s', (name, text, allowed) => {
    expect(mistakeOf(name, text)).toBe(`${name} is "${text}"; allowed: ${allowed}`);
  });

  test.each(['Main', 'streams', 'x'.repeat(33), 'a:b'])('MEDIAMTX_SERVER_ID=%s', (id) => {
    expect(mistakeOf('MEDIAMTX_SERVER_ID', id)).toMatch(/^MEDIAMTX_SERVER_ID is "[^"]+"; allowed: 1 to 32 /);
  });

  test.each(['redis://host:99999', 'redis:6379', 'http://host', 'host:6379'])('REDIS_URL=%s', (url) => {
    expect(mistakeOf('REDIS_URL', url)).toMatch(
      /^REDIS_URL is \(hidden\), but it .*; allowed: a redis:\/\/, rediss:/,
    );
  });

  test.each(['my-token', `a:${HASH},b`, `a:${HASH.toUpperCase()}`, `a:${HASH}0`, `a b:${HASH}`, ',', ' '])(
    'API_TOKENS=%s',
    (value) => {
      expect(mistakeOf('API_TOKENS', value)).toBe(
        'API_TOKENS is (hidden); allowed: lines name:sha256hex as `make token NAME=…` prints them, ' +
          'with commas in between; not together with API_TOKENS_FILE',
      );
    },
  );
});
