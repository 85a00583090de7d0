import { describe, expect, test } from '@jest/globals';
import { LIST_NAMES } from '../../src/protocols/index.ts';
import { isFrom, namingsOf, routeOf } from '../../src/poll/routes.ts';

test('1.21 renamed all lists but those of paths, recordings and what it says of itself', () => {
  const routes = Object.fromEntries(
    [...LIST_NAMES, 'recordings'].map((list) => [list, routeOf(list, 'new')]),
  );
  expect(routes).toStrictEqual({
    paths: 'paths',
    srtconns: 'srt/conns',
    rtspconns: 'rtsp/conns',
    rtspsessions: 'rtsp/sessions',
    rtspsconns: 'rtsps/conns',
    rtspssessions: 'rtsps/sessions',
    rtmpconns: 'rtmp/conns',
    rtmpsconns: 'rtmps/conns',
    hlsmuxers: 'hls/muxers',
    hlssessions: 'hls/sessions',
    webrtcsessions: 'webrtc/sessions',
    moqsessions: 'moq/sessions',
    info: 'info',
    recordings: 'recordings',
  });
  for (const list of LIST_NAMES) expect(routeOf(list, 'old')).toBe(list);
});

test('a list has two names, or the one that never changed', () => {
  expect(namingsOf('srtconns', 'new')).toStrictEqual(['new', 'old']);
  expect(namingsOf('srtconns', 'old')).toStrictEqual(['old', 'new']);
  expect(namingsOf('paths', 'new')).toStrictEqual(['old']);
});

describe('a version', () => {
  test.each([
    ['v1.21.0', true],
    ['1.21', true],
    ['v1.21.0-rc1', true],
    ['1.21.0-1ubuntu2', true],
    ['v1.30.0', true],
    ['v1.100.2', true],
    ['v2.0.0', true],
    ['v1.20.1', false],
    ['v1.2.0', false],
    ['v1.9.3', false],
    // What builds of one's own and forks say.
    ['v0.0.0', null],
    ['v0.0.0-20260905-abcdef', null],
    ['dev', null],
    ['main-1.21.0', null],
    ['v1', null],
    ['v1.', null],
    ['', null],
    [null, null],
  ])('%j is from 1.21 on: %j', (version, expected) => {
    expect(isFrom(version, 21)).toBe(expected);
  });
});
