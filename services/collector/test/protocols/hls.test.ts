import { describe, expect, test } from '@jest/globals';
import {
  connectionOf,
  connectionsOf,
  FAILED,
  items,
  normalise,
  pollOf,
  recordedPoll,
} from '../support/polls.ts';
import { isMuxer } from '../../src/protocols/index.ts';
import { ticker } from '../derive/facts.ts';

describe('recorded', () => {
  test.each([
    ['1.2.0', 188_523, null],
    ['1.9.3', 211_533, null],
    ['1.13.0', 211_531, null],
    ['1.17.0', 211_505, 0],
  ] as const)(
    '%s: a muxer stands for all readers of its stream',
    (version, outboundBytes, framesDiscarded) => {
      expect(connectionsOf(recordedPoll(version), 'hls')).toMatchObject([
        {
          id: 'hls:cam/one',
          list: 'hlsmuxers',
          stream: 'cam/one',
          role: 'read',
          outboundBytes,
          framesDiscarded,
          cdn: null,
        },
      ]);
    },
  );

  test('1.17.0, whole', () => {
    expect(connectionsOf(recordedPoll('1.17.0'), 'hls')).toStrictEqual([
      {
        id: 'hls:cam/one',
        list: 'hlsmuxers',
        protocol: 'hls',
        stream: 'cam/one',
        role: 'read',
        remoteAddr: null,
        user: null,
        userAgent: null,
        openedAtMs: Date.UTC(2026, 10, 22, 13, 35, 14, 615),
        inboundBytes: null,
        outboundBytes: 211_505,
        lastRequestAtMs: Date.UTC(2026, 10, 22, 13, 35, 24, 850),
        cdn: null,
        framesDiscarded: 0,
      },
    ]);
  });

  test('1.18.0: sessions, and the muxer no more', () => {
    expect(connectionsOf(recordedPoll('1.18.0'), 'hls')).toStrictEqual([
      {
        id: 'eacdb80d-00d5-4114-b773-fbc42ada835b',
        list: 'hlssessions',
        protocol: 'hls',
        stream: 'cam/one',
        role: 'read',
        remoteAddr: '127.0.0.1:50518',
        user: null,
        userAgent: null,
        openedAtMs: Date.UTC(2026, 10, 22, 13, 34, 14, 744),
        inboundBytes: null,
        outboundBytes: 204_706,
        lastRequestAtMs: null,
        cdn: null,
        framesDiscarded: null,
      },
    ]);
  });

  test('1.20.1: with program and CDN', () => {
    expect(connectionsOf(recordedPoll('1.20.1'), 'hls')).toMatchObject([
      { list: 'hlssessions', userAgent: 'Lavf/59.27.100', cdn: false, outboundBytes: 226_356 },
    ]);
  });
});

describe('sessions or muxers', () => {
  const hlsmuxers = items({ path: 'cam' });

  test('sessions that are listed as none are none: the muxer is no reader', () => {
    expect(connectionsOf(pollOf({ hlsmuxers, hlssessions: items() }), 'hls')).toStrictEqual([]);
  });

  test('sessions that failed are unknown: the muxer doesn’t stand in', () => {
    const { protocols, missing } = normalise(pollOf({ hlsmuxers, hlssessions: FAILED }), 'full');
    expect(protocols).toContainEqual({
      protocol: 'hls',
      connections: expect.objectContaining({ kind: 'failed' }),
    });
    expect(missing).toStrictEqual(['hlssessions']);
  });

  test('a muxer list that failed is missing, though the sessions don’t need it', () => {
    const { protocols, missing } = normalise(pollOf({ hlsmuxers: FAILED, hlssessions: items() }), 'full');
    expect(protocols).toContainEqual({
      protocol: 'hls',
      connections: expect.objectContaining({ kind: 'facts' }),
    });
    expect(missing).toStrictEqual(['hlsmuxers']);
  });

  test('both off: HLS is off', () => {
    expect(normalise(pollOf({}), 'full').protocols).toContainEqual({
      protocol: 'hls',
      connections: { kind: 'off' },
    });
  });
});

describe('a muxer', () => {
  const of = (fields: object) => connectionOf('hlsmuxers', 'hls', { path: 'cam', ...fields });

  test('has no id but its stream’s, whatever it says', () => {
    expect(of({ id: 'x', state: 'publish' })).toMatchObject({ id: 'hls:cam', role: 'read' });
  });

  test.each([
    ['2026-11-22T10:01:02.063618164-03:30', Date.UTC(2026, 10, 22, 13, 31, 2, 63)],
    ['0001-01-01T00:00:00Z', null],
    ['', null],
    [null, null],
    [12, null],
  ])('was last asked at %j', (lastRequest, lastRequestAtMs) => {
    expect(of({ lastRequest })).toMatchObject({ lastRequestAtMs });
  });
});

test('its record tells when it was last asked', () => {
  const muxer = (lastRequest: string | null) =>
    connectionOf('hlsmuxers', 'hls', { path: 'cam', lastRequest, outboundFramesDiscarded: 3 });
  const counted = { cdn: null, framesDiscarded: 3 };
  const { connection } = ticker();
  expect(connection(muxer('2026-11-22T10:01:02.5Z'))).toMatchObject({
    protocol: 'hls',
    hls: { lastRequestAt: '2026-11-22T10:01:02.500Z', ...counted },
  });
  expect(connection(muxer(null))).toMatchObject({ hls: { lastRequestAt: null, ...counted } });
});

test('what its muxer threw away for slow readers is theirs', () => {
  const { connection } = ticker();
  const muxer = (outboundFramesDiscarded: number) =>
    connection(connectionOf('hlsmuxers', 'hls', { path: 'cam', outboundFramesDiscarded }));
  const records = Array.from({ length: 8 }, (_, tick) => muxer(tick * 100));
  expect(records.at(-1)?.reasons).toMatchObject([{ code: 'discards', measured: 50 }]);
});

test.each([
  [true, true],
  [false, false],
  [null, null],
  ['true', null],
  [1, null],
])('a session’s isCDN = %j is %j', (isCDN, cdn) => {
  expect(connectionOf('hlssessions', 'hls', { id: '1', isCDN, state: 'publish' })).toMatchObject({
    cdn,
    role: 'read',
  });
});

test('a muxer is told from a session', () => {
  const all = (version: '1.17.0' | '1.18.0') => connectionsOf(recordedPoll(version), 'hls');
  expect(all('1.17.0').map(isMuxer)).toStrictEqual([true]);
  expect(new Set(all('1.18.0').map(isMuxer))).toStrictEqual(new Set([false]));
  // Whoever gave another protocol's connection such an id.
  expect(isMuxer({ id: 'hls:cam', protocol: 'srt' })).toBe(false);
});
