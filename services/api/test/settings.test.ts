import { describe, expect, test } from '@jest/globals';
import { loadSettings, SettingsError } from '@mediamtx-monitor/runtime';
import { API_SETTINGS, DASHBOARD_SETTINGS } from '../src/settings.ts';

const HASH = '0123456789abcdef'.repeat(4);
const ORIGINS =
  'origins of web pages, as in https://monitor.example.com, also null and file://, with commas in between; no ' +
  'wildcards';
const NAMES =
  'names of tokens, each 1 to 64 letters, digits, dots, hyphens or underscores, with commas in between';
const PROXIES =
  'IP addresses, networks as in 10.0.0.0/8, or loopback, linklocal, uniquelocal, with commas in between';
const MATCHERS =
  'matchers of labels with commas in between, as in job="streams",site!="test"; only with HISTORY_URL';
const load = (env: Readonly<Record<string, string>>) =>
  loadSettings(API_SETTINGS, env, { readFile: () => '' }).values;

test.each<[string, string, unknown]>([
  ['API_HOST', '::', '::'],
  ['API_HOST', 'monitor.example', 'monitor.example'],
  ['API_PORT', '0', 0],
  ['API_PORT', '65535', 65535],
  ['API_TOKENS', `a:${HASH}`, [`a:${HASH}`]],
  ['API_TOKENS', ` a:${HASH} ,, b.c-d_E:${HASH},`, [`a:${HASH}`, `b.c-d_E:${HASH}`]],
  ['API_TOKENS_FILE', '/run/secrets/tokens', '/run/secrets/tokens'],
  ['API_OPERATORS', 'ops, night.shift-2', ['ops', 'night.shift-2']],
  ['API_TICKET_KEY_FILE', '/run/tickets/key', '/run/tickets/key'],
  ['ALLOWED_ORIGINS', 'http://localhost:3000', ['http://localhost:3000']],
  ['ALLOWED_ORIGINS', 'https://Wall.example, http://[::1]:8', ['https://wall.example', 'http://[::1]:8']],
  ['ALLOWED_ORIGINS', 'null,file://, http://a.example', ['null', 'file://', 'http://a.example']],
  ['TRUST_PROXY', 'loopback', ['loopback']],
  ['HISTORY_URL', 'https://a:b@mimir.example/prometheus', 'https://a:b@mimir.example/prometheus'],
  ['HISTORY_TOKEN', 's3cr3t', 's3cr3t'],
  ['HISTORY_TENANT', 'team-a', 'team-a'],
  ['HISTORY_SELECTOR', 'job="a\\"b", site!~"x|{}"', 'job="a\\"b", site!~"x|{}"'],
  ['HISTORY_SCRAPE_SECONDS', '5', 5],
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
])('%s=%s', (name, text, value) => {
  expect(load({ [name]: text })).toHaveProperty(name, value);
});

test.each<[string, string, string]>([
  ['API_HOST', '[::1]', 'a host name or IP address'],
  ['API_HOST', 'a b', 'a host name or IP address'],
  ['API_PORT', '65536', 'a port, 0 to 65535'],
  ['API_PORT', '-1', 'a port, 0 to 65535'],
  ['API_PORT', '80.5', 'a port, 0 to 65535'],
  ['API_OPERATORS', 'ops team', NAMES],
  ['API_OPERATORS', 'ops:0123', NAMES],
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
  ['HISTORY_SELECTOR', '{job="a"}', MATCHERS],
  ['HISTORY_SELECTOR', 'job="a"} or up{x="', MATCHERS],
  ['HISTORY_SELECTOR', 'job=a', MATCHERS],
  ['HISTORY_SELECTOR', 'job="a",', MATCHERS],
  ['HISTORY_SCRAPE_SECONDS', '7', 'a divisor of 60: 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60'],
])('wrong: %s=%s is told in one line with its name, its value and what is allowed', (name, text, allowed) => {
  expect(() => load({ [name]: text })).toThrow(
    new SettingsError([`${name} is "${text}"; allowed: ${allowed}`]),
  );
});

test.each(['my-token', `a:${HASH},b`, `a:${HASH.toUpperCase()}`, `a:${HASH}0`, `a b:${HASH}`, ',', ' '])(
  'wrong: API_TOKENS=%s is not shown',
  (value) => {
    expect(() => load({ API_TOKENS: value })).toThrow(
      new SettingsError([
        'API_TOKENS is (hidden); allowed: lines name:sha256hex as `make token NAME=…` prints them, ' +
          'with commas in between; not together with API_TOKENS_FILE',
      ]),
    );
  },
);

test('API_TOKENS_FILE is no file of a secret, but a setting of its own, that is read again and again', () => {
  expect(load({ API_TOKENS_FILE: '/run/secrets/tokens' })).toMatchObject({
    API_TOKENS: [],
    API_TOKENS_FILE: '/run/secrets/tokens',
  });
});

describe('PREVIEW_HLS_URL', () => {
  const readPreviews = (text: string) => load({ PREVIEW_HLS_URL: text }).PREVIEW_HLS_URL;

  test.each([
    ['', []],
    ['http://host:8888', [{ server: null, url: 'http://host:8888' }]],
    ['https://Media.Example/a/b//', [{ server: null, url: 'https://media.example/a/b' }]],
    ['http://[::1]:8888/', [{ server: null, url: 'http://[::1]:8888' }]],
    ['http://host:8888/a=b', [{ server: null, url: 'http://host:8888/a=b' }]],
    [
      ' north-2=http://north:8888 , http://host ',
      [
        { server: 'north-2', url: 'http://north:8888' },
        { server: null, url: 'http://host' },
      ],
    ],
  ])('%s', (text, addresses) => {
    expect(readPreviews(text)).toStrictEqual(addresses);
  });

  test.each([
    'host:8888',
    'ws://host:8888',
    'http://host:99999',
    'http://',
    ',',
    'North=http://host:8888',
    'streams=http://host:8888',
    '=http://host:8888',
    'north=',
    'http://host:8888,http://other:8888',
    'a=http://host:8888,a=http://other:8888',
  ])('wrong: %s', (text) => {
    expect(() => readPreviews(text)).toThrow(
      `PREVIEW_HLS_URL is "${text}"; allowed: ${DASHBOARD_SETTINGS.PREVIEW_HLS_URL.kind.allowed}`,
    );
  });

  test.each([
    ['http://user:secret@host:8888', 'http://(removed)@host:8888'],
    ['http://user@host:8888', 'http://(removed)@host:8888'],
    ['http://host:8888?token=secret', 'http://host:8888?(removed)'],
    ['north=http://host:8888/?secret', 'north=http://host:8888/?(removed)'],
    ['http://host:8888#secret', 'http://host:8888#(removed)'],
    ['http://host:8888,b=http://c:secret@host:8888', 'http://(removed)@host:8888'],
  ])('credentials are refused, and not shown: %s', (text, shown) => {
    expect(() => readPreviews(text)).toThrow(
      `PREVIEW_HLS_URL is "${shown}"; allowed: ${DASHBOARD_SETTINGS.PREVIEW_HLS_URL.kind.allowed}`,
    );
  });
});
