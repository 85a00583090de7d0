import { expect, test } from '@jest/globals';
import { loadSettings, SettingsError } from '@mediamtx-monitor/runtime';
import { isServerId } from '@mediamtx-monitor/types';
import { COLLECTOR_SETTINGS, SNAPSHOT_SETTINGS } from '../src/settings.ts';

const load = (env: Readonly<Record<string, string>>) =>
  loadSettings(COLLECTOR_SETTINGS, env, { readFile: () => '' }).values;

test.each<[string, string, unknown]>([
  ['MEDIAMTX_API_URL', 'https://media.example:9997/base', 'https://media.example:9997/base'],
  ['MEDIAMTX_API_URL', 'http://user:p%40ss@host', 'http://user:p%40ss@host'],
  ['MEDIAMTX_API_URL', 'http://[::1]:9997', 'http://[::1]:9997'],
  ['MEDIAMTX_API_URL', 'http://media_mtx:9997', 'http://media_mtx:9997'],
  ['MEDIAMTX_API_URL', ' HTTP://media.example:9997 ', 'HTTP://media.example:9997'],
  ['MEDIAMTX_API_URL', 'http://bücher.example:9997', 'http://bücher.example:9997'],
  ['MEDIAMTX_API_FINGERPRINT', 'ab'.repeat(32), Array.from({ length: 32 }, () => 'AB').join(':')],
  ['MEDIAMTX_API_FINGERPRINT', `sha256 Fingerprint=${'ab:'.repeat(31)}CD`, `${'AB:'.repeat(31)}CD`],
  ['MEDIAMTX_API_PASSWORD', ' päss wörd ', ' päss wörd '],
  ['MEDIAMTX_SERVER_ID', 'north-2', 'north-2'],
  ['POLL_INTERVAL_SECONDS', '60', 60],
  ['JSON_FILE', '', ''],
  ['FORGET_SERVERS_AFTER_DAYS', '0', 0],
])('%s=%s', (name, text, value) => {
  expect(load({ [name]: text })).toHaveProperty(name, value);
});

test.each<[string, string, string]>([
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
  ['FORGET_SERVERS_AFTER_DAYS', '0.5', 'a whole number from 0 to 3650; 0 = never'],
  ['SESSION_ADDRESSES', 'none', 'masked or full'],
  ['FORGET_SERVERS_AFTER_DAYS', '-1', 'a whole number from 0 to 3650; 0 = never'],
])('wrong: %s=%s is told in one line with its name, its value and what is allowed', (name, text, allowed) => {
  expect(() => load({ [name]: text })).toThrow(
    new SettingsError([`${name} is "${text}"; allowed: ${allowed}`]),
  );
});

test('every divisor of 60 is a poll interval, and nothing else', () => {
  const taken = Array.from({ length: 100 }, (_, index) => index).filter((seconds) => {
    try {
      return load({ POLL_INTERVAL_SECONDS: String(seconds) }).POLL_INTERVAL_SECONDS === seconds;
    } catch {
      return false;
    }
  });
  expect(taken).toStrictEqual([1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60]);
});

test('the defaults of ids are right ids', () => {
  expect(isServerId(SNAPSHOT_SETTINGS.MEDIAMTX_SERVER_ID.default)).toBe(true);
});

test.each(['Main', 'streams', 'x'.repeat(33), 'a:b'])('wrong: MEDIAMTX_SERVER_ID=%s', (id) => {
  expect(() => load({ MEDIAMTX_SERVER_ID: id })).toThrow(/^MEDIAMTX_SERVER_ID is "[^"]+"; allowed: 1 to 32 /);
});

test('JSON_FILE is none where it is empty, and has its default where it is not set', () => {
  expect(load({ JSON_FILE: '' }).JSON_FILE).toBe('');
  expect(load({}).JSON_FILE).toBe('/tmp/mediamtx_streams.json');
});
