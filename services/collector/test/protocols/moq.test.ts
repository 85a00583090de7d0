import { expect, test } from '@jest/globals';
import { RECORDED_VERSIONS } from '@mediamtx-monitor/testkit';
import { connectionOf, connectionsOf, normalise, recordedPoll } from '../support/polls.ts';
import { SAMPLES } from '../support/samples.ts';

const of = (fields: object) => connectionOf('moqsessions', 'moq', { id: '1', ...fields });

test('is off before 1.19.0', () => {
  for (const version of RECORDED_VERSIONS.filter((each) => each !== '1.20.1')) {
    const { protocols } = normalise(recordedPoll(version), 'full');
    expect(protocols).toContainEqual({ protocol: 'moq', connections: { kind: 'off' } });
  }
  expect(connectionsOf(recordedPoll('1.20.1'), 'moq')).toStrictEqual([]);
});

test('a session, whole', () => {
  expect(of(SAMPLES.moqsessions)).toStrictEqual({
    id: '2b0c5f0e-6f3c-4b8d-9a53-1d2c4b8e7f10',
    list: 'moqsessions',
    protocol: 'moq',
    stream: 'moq-cam',
    role: 'publish',
    remoteAddr: '127.0.0.1:40000',
    user: null,
    userAgent: 'moq-js',
    openedAtMs: Date.UTC(2026, 10, 22, 13, 32, 17, 489),
    inboundBytes: 1_000,
    outboundBytes: 20,
    version: 'draft-14',
    transport: 'webtransport',
  });
});

test.each([
  ['draft-14', 'draft-14'],
  [14, '14'],
  ['', null],
  [null, null],
  [undefined, null],
  [{}, null],
])('the version %j is %j', (version, shown) => {
  expect(of({ version })).toMatchObject({ version: shown });
});

test.each([
  ['quic', 'quic'],
  [null, null],
  [4, null],
])('the transport %j is %j', (transport, shown) => {
  expect(of({ transport })).toMatchObject({ transport: shown });
});
