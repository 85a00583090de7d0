import { describe, expect, test } from '@jest/globals';
import {
  alertsText,
  endingText,
  localAuthority,
  mediamtxText,
  redisEndingText,
  redisText,
  stateInUseText,
  stateUnusableText,
  verdictText,
  welcomeText,
} from '../../src/start/text.ts';

const REDIS = 'redis://127.0.0.1:6379';
const MEDIAMTX = 'http://127.0.0.1:9997';
const OWN = 'redis://127.0.0.1:50000';

test('simulated numbers are called so, with the way out', () => {
  const text = mediamtxText('own', MEDIAMTX, null).join('\n');
  expect(text).toContain('These numbers are simulated');
  expect(text).toContain('MEDIAMTX_API_URL');
});

test('a replay is called simulated, with its file', () => {
  const text = mediamtxText('own', MEDIAMTX, 'x.json').join('\n');
  expect(text).toContain('These numbers are simulated');
  expect(text).toContain('x.json');
});

test('a MediaMTX of one’s own is never called simulated', () => {
  expect(mediamtxText('configured', MEDIAMTX, 'x.json').join()).not.toContain('simulated');
  expect(mediamtxText('found', MEDIAMTX, null)).toStrictEqual([`MediaMTX: the one at ${MEDIAMTX}.`]);
});

test('who is told of alerts is told of simulated ones: that is said where it may be so', () => {
  expect(alertsText('own', true).join()).toMatch(/MONITOR_CONFIG .* simulated trouble/);
  expect(alertsText('own', false)).toStrictEqual([]);
  expect(alertsText('found', true)).toStrictEqual([]);
  expect(alertsText('configured', true)).toStrictEqual([]);
});

test('a private Redis is told with its address and why it is there', () => {
  expect(redisText('own', 'none', REDIS, OWN)).toMatch(/private.*50000.*none answers/);
  expect(redisText('own', 'refuses', REDIS, OWN)).toMatch(/private.*wants a password.*REDIS_URL/);
  expect(redisText('found', 'ready', REDIS, null)).toContain(REDIS);
  expect(redisText('configured', 'none', REDIS, null)).toContain('REDIS_URL');
});

test('addresses to try are ones a browser on this machine can open', () => {
  expect(localAuthority('127.0.0.1', 8000)).toBe('127.0.0.1:8000');
  expect(localAuthority('0.0.0.0', 8000)).toBe('127.0.0.1:8000');
  expect(localAuthority('::', 8000)).toBe('[::1]:8000');
  expect(localAuthority('fd00::1', 8000)).toBe('[fd00::1]:8000');
  expect(localAuthority('monitor.lan', 80)).toBe('monitor.lan:80');
});

test('the welcome leads to the dashboard first, and has a line for curl and one for WebSocket', () => {
  const text = welcomeText('127.0.0.1:8000', 'main', false).join('\n');
  expect(text).toMatch(/^\n {2}Dashboard {2}http:\/\/127\.0\.0\.1:8000\/\n/);
  expect(text).toContain('curl -s http://127.0.0.1:8000/api/streams/latest');
  expect(text).toContain('ws://127.0.0.1:8000/ws');
  expect(text).toMatch(/Events +http:\/\/127\.0\.0\.1:8000\/api\/events\n/);
  expect(text).toMatch(
    /Sessions +\S+\/api\/sessions\n +Alerts +\S+\/api\/alerts\n +Reports +\S+\/api\/reports\/availability\n/,
  );
  expect(text).toMatch(/History +http:\/\/127\.0\.0\.1:8000\/api\/servers\/main\/history\n/);
});

test('where a token is needed, the lines to try have a place for it', () => {
  const text = welcomeText('127.0.0.1:8000', 'main', true).join('\n');
  expect(text).toContain(
    "curl -s -H 'Authorization: Bearer TOKEN' http://127.0.0.1:8000/api/streams/latest\n",
  );
  expect(text).toContain("npx wscat -H 'Authorization: Bearer TOKEN' -c ws://127.0.0.1:8000/ws\n");
});

describe('verdictText', () => {
  test('data that flow are counted', () => {
    expect(verdictText({ kind: 'flowing', streams: 1, simulated: false })).toBe('Data is flowing: 1 stream.');
    expect(verdictText({ kind: 'flowing', streams: 12, simulated: true })).toContain('12 streams, simulated');
  });

  test('a source that can’t be read is told in its own words', () => {
    expect(verdictText({ kind: 'source', status: 'down', error: 'It is off.' })).toBe(
      'No new data (down). Data will come as soon as MediaMTX answers. It is off.',
    );
  });

  test('waiting is told with what to look at', () => {
    expect(verdictText({ kind: 'waiting', why: 'redis' })).toContain('REDIS_URL');
  });
});

describe('endingText', () => {
  const ending = { code: null, signal: null, failure: null, said: '' };

  test('tells a wrong setting, a signal, a failure and a program that can’t be run apart', () => {
    expect(endingText('collector', { ...ending, code: 2 })).toContain('wrong setting');
    expect(endingText('collector', { ...ending, signal: 'SIGKILL' })).toContain('was ended by SIGKILL');
    expect(endingText('collector', { ...ending, code: 1 })).toContain('exit code 1, see the lines above');
    expect(endingText('redis-server', { ...ending, failure: 'ENOENT' })).toContain(
      'could not be run: ENOENT',
    );
  });

  test('of a program whose lines were kept it says the last, as there are none above', () => {
    const said = '7:M 29 Nov 2026 20:48:55.980 # Out of memory\n';
    expect(endingText('redis-server', { ...ending, code: 1, said })).toBe(
      'redis-server ended by itself (exit code 1, redis-server said: Out of memory); stopping the rest',
    );
  });
});

describe('redisEndingText', () => {
  const ending = { code: 1, signal: null, failure: null, said: '' };
  const WARNING = '7:M 29 Nov 2026 20:48:56.019 # WARNING Memory overcommit must be enabled!\n';

  test('has the last two lines of the log, without its warnings and what a check of the file adds', () => {
    const said =
      '7:M 29 Nov 2026 20:48:56.019 # Server initialized\n' +
      WARNING +
      '7:M 29 Nov 2026 20:48:56.020 # Short read.\n' +
      '7:M 29 Nov 2026 20:48:56.020 # Unexpected EOF\n[offset 0] Checking RDB file t.rdb\n[info] 1 keys read\n';
    expect(redisEndingText({ ...ending, said })).toBe('redis-server said: Short read. Unexpected EOF');
  });

  test('has no line of the start but that', () => {
    const start =
      '7:C 29 Nov 2026 20:48:56.017 # Configuration loaded\n7:M 29 Nov 2026 20:48:56.019 # Server initialized\n';
    const said = `${start}${WARNING}7:M 29 Nov 2026 20:48:56.020 # Permission denied\n`;
    expect(redisEndingText({ ...ending, said })).toBe('redis-server said: Permission denied');
  });

  test('without a log it has what was said instead, or how it ended', () => {
    const said = 'flock: cannot open lock file x: Permission denied\n';
    expect(redisEndingText({ ...ending, said })).toBe('flock: cannot open lock file x: Permission denied');
    expect(redisEndingText(ending)).toBe('redis-server ended (exit code 1)');
    expect(redisEndingText({ ...ending, code: null, signal: 'SIGKILL' })).toBe(
      'redis-server ended (SIGKILL)',
    );
  });
});

test('a file that can’t be used is told with the ways out', () => {
  expect(stateUnusableText('/s/x.rdb', 'It is short.')).toBe(
    "/s/x.rdb can't be used: It is short; move it away to begin anew, or start with REDIS_URL of a Redis of yours",
  );
  expect(stateInUseText('/s/x.rdb')).toMatch(/x\.rdb is in use.*end that one, or start with REDIS_URL/);
});
