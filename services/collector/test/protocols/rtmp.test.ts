import { describe, expect, test } from '@jest/globals';
import { RECORDED_VERSIONS } from '@mediamtx-monitor/testkit';
import { connectionOf, connectionsOf, extraPoll, recordedPoll } from '../support/polls.ts';

describe('recorded', () => {
  test.each([
    ['1.2.0', null],
    ['1.5.0', null],
    ['1.9.3', null],
    ['1.13.0', null],
    ['1.17.0', 0],
    ['1.18.0', 0],
    ['1.20.1', 0],
  ] as const)('%s tells as many discarded frames: %p', (version, framesDiscarded) => {
    const plain = connectionsOf(recordedPoll(version), 'rtmp');
    expect(plain.map(({ role }) => role).sort()).toStrictEqual(['publish', 'publish', 'read']);
    const encrypted = connectionsOf(recordedPoll(version), 'rtmps');
    expect(encrypted).toMatchObject([
      { list: 'rtmpsconns', protocol: 'rtmps', role: 'read', stream: 'rtmp-cam' },
    ]);
    for (const fact of [...plain, ...encrypted]) expect(fact).toMatchObject({ framesDiscarded });
  });

  test('1.2.0, reader', () => {
    expect(connectionsOf(recordedPoll('1.2.0'), 'rtmp')[2]).toStrictEqual({
      id: '8ca86ab7-9028-42d6-9386-6fe1b373f6b6',
      list: 'rtmpconns',
      protocol: 'rtmp',
      stream: 'rtmp-cam',
      role: 'read',
      remoteAddr: '127.0.0.1:33812',
      user: null,
      userAgent: null,
      openedAtMs: Date.UTC(2026, 10, 22, 13, 21, 20, 568),
      inboundBytes: 3_484,
      outboundBytes: 164_925,
      framesDiscarded: null,
    });
  });

  test('1.20.1, publisher', () => {
    expect(connectionsOf(recordedPoll('1.20.1'), 'rtmp')[0]).toStrictEqual({
      id: '03ef0cae-ded5-44d0-a17e-6763685ffb7b',
      list: 'rtmpconns',
      protocol: 'rtmp',
      stream: 'rtmp-cam',
      role: 'publish',
      remoteAddr: '127.0.0.1:33084',
      user: 'alice',
      userAgent: 'FMLE/3.0 (compatible; Lavf59.27.100)',
      openedAtMs: Date.UTC(2026, 10, 22, 13, 32, 13, 478),
      inboundBytes: 240_085,
      outboundBytes: 3_467,
      framesDiscarded: 0,
    });
  });

  test('a connection that does nothing yet is of no stream', () => {
    expect(connectionsOf(extraPoll('states_', ['paths', 'rtmpconns']), 'rtmp')).toMatchObject([
      { role: 'idle', stream: null, user: null, userAgent: null, inboundBytes: 0, outboundBytes: 0 },
    ]);
  });
});

test('discarded frames', () => {
  const of = (fields: object) => connectionOf('rtmpconns', 'rtmp', { id: '1', ...fields });
  expect(of({ outboundFramesDiscarded: 7 })).toMatchObject({ framesDiscarded: 7 });
  for (const framesDiscarded of ['7', -1, null, 2 ** 64]) {
    expect(of({ outboundFramesDiscarded: framesDiscarded })).toMatchObject({ framesDiscarded: null });
  }
});

test('plain and encrypted connections aren’t mixed up', () => {
  for (const version of RECORDED_VERSIONS) {
    const poll = recordedPoll(version);
    const ids = new Set(connectionsOf(poll, 'rtmp').map(({ id }) => id));
    expect(connectionsOf(poll, 'rtmps').some(({ id }) => ids.has(id))).toBe(false);
  }
});
