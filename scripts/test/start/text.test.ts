import { describe, expect, test } from '@jest/globals';
import {
  endingText,
  localAuthority,
  mediamtxText,
  redisText,
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
  const text = welcomeText('127.0.0.1:8000', false).join('\n');
  expect(text).toMatch(/^\n {2}Dashboard {2}http:\/\/127\.0\.0\.1:8000\/\n/);
  expect(text).toContain('curl -s http://127.0.0.1:8000/api/streams/latest');
  expect(text).toContain('ws://127.0.0.1:8000/ws');
  expect(text).toMatch(/Events +http:\/\/127\.0\.0\.1:8000\/api\/events\n/);
});

test('where a token is needed, the lines to try have a place for it', () => {
  const text = welcomeText('127.0.0.1:8000', true).join('\n');
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
  const ending = { code: null, signal: null, failure: null };

  test('tells a wrong setting, a signal, a failure and a program that can’t be run apart', () => {
    expect(endingText('collector', { ...ending, code: 2 })).toContain('wrong setting');
    expect(endingText('collector', { ...ending, signal: 'SIGKILL' })).toContain('was ended by SIGKILL');
    expect(endingText('collector', { ...ending, code: 1 })).toContain('exit code 1');
    expect(endingText('redis-server', { ...ending, failure: 'ENOENT' })).toContain(
      'could not be run: ENOENT',
    );
  });
});
