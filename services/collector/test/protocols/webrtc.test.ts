import { describe, expect, test } from '@jest/globals';
import { connectionOf, connectionsOf, extraPoll, recordedPoll } from '../support/polls.ts';
import { ticker } from '../derive/facts.ts';

const NO_RTP = { packets: null, lostPackets: null, jitterTicks: null };
const of = (fields: object) => connectionOf('webrtcsessions', 'webrtc', { id: '1', ...fields });

describe('recorded', () => {
  test.each(['1.2.0', '1.5.0', '1.9.3', '1.13.0'] as const)('%s has no RTP statistics', (version) => {
    expect(connectionsOf(recordedPoll(version), 'webrtc')).toMatchObject([
      { role: 'publish', stream: 'whip-cam', rtp: NO_RTP, established: true, framesDiscarded: null },
      { role: 'read', stream: 'rtsp-cam', rtp: NO_RTP, established: true, framesDiscarded: null },
    ]);
  });

  test.each([
    ['1.17.0', 127, 32.255537267823186, 155],
    ['1.18.0', 127, 51.680677228872696, 155],
    ['1.20.1', 125, 67.35858443839253, 148],
  ] as const)('%s has them, by direction', (version, received, jitterTicks, sent) => {
    expect(connectionsOf(recordedPoll(version), 'webrtc')).toMatchObject([
      { role: 'publish', rtp: { packets: received, lostPackets: 0, jitterTicks }, framesDiscarded: 0 },
      // What a reader lost WebRTC doesn't tell.
      { role: 'read', rtp: { packets: sent, lostPackets: null, jitterTicks: null }, framesDiscarded: 0 },
    ]);
  });

  test('1.9.3, publisher', () => {
    expect(connectionsOf(recordedPoll('1.9.3'), 'webrtc')[0]).toStrictEqual({
      id: 'b32b70f1-d69a-4357-ac1b-e2c423c0aa18',
      list: 'webrtcsessions',
      protocol: 'webrtc',
      stream: 'whip-cam',
      role: 'publish',
      remoteAddr: '127.0.0.1:55700',
      user: null,
      userAgent: null,
      openedAtMs: Date.UTC(2026, 10, 22, 13, 19, 31, 646),
      inboundBytes: 37_654,
      outboundBytes: 5_570,
      rtp: NO_RTP,
      established: true,
      localCandidate: 'host/udp/127.0.0.1/28189',
      remoteCandidate: 'prflx/udp/127.0.0.1/49043',
      framesDiscarded: null,
    });
  });

  test('a session that isn’t connected yet has no candidates', () => {
    expect(connectionsOf(extraPoll('states_', ['paths', 'webrtcsessions']), 'webrtc')).toMatchObject([
      { established: false, localCandidate: null, remoteCandidate: null, userAgent: 'Python-urllib/3.11' },
    ]);
  });
});

describe('field names', () => {
  const old = { rtpPacketsReceived: 1, rtpPacketsLost: 2, rtpPacketsJitter: 3, rtpPacketsSent: 4 };
  const current = {
    inboundRTPPackets: 11,
    inboundRTPPacketsLost: 12,
    inboundRTPPacketsJitter: 13,
    outboundRTPPackets: 14,
  };

  test.each([
    ['publish', old, { packets: 1, lostPackets: 2, jitterTicks: 3 }],
    ['publish', { ...old, ...current }, { packets: 11, lostPackets: 12, jitterTicks: 13 }],
    ['read', old, { packets: 4, lostPackets: null, jitterTicks: null }],
    ['read', { ...old, ...current }, { packets: 14, lostPackets: null, jitterTicks: null }],
  ])('%s (%#)', (state, fields, rtp) => {
    expect(of({ ...fields, state })).toMatchObject({ rtp });
  });
});

test('its record tells of the connection, beside loss and jitter', () => {
  const session = of({
    state: 'read',
    peerConnectionEstablished: true,
    localCandidate: 'host/udp/192.0.2.9/8189',
    remoteCandidate: 'prflx/udp/192.0.2.7/50000',
    outboundFramesDiscarded: 5,
  });
  expect(ticker().connection(session)).toMatchObject({
    protocol: 'webrtc',
    webrtc: {
      lossPercent: null,
      jitterMs: null,
      jitterTicks: null,
      established: true,
      localCandidate: 'host/udp/192.0.2.9/8189',
      remoteCandidate: 'prflx/udp/192.0.2.7/50000',
      framesDiscarded: 5,
    },
  });
});

test('what is thrown away for a slow one is a reason', () => {
  const { connection } = ticker();
  const session = (outboundFramesDiscarded: number) =>
    connection(of({ state: 'read', path: 'cam', outboundFramesDiscarded }));
  const records = Array.from({ length: 8 }, (_, tick) => session(tick * 100));
  expect(records.at(-1)?.reasons).toMatchObject([{ code: 'discards', measured: 50 }]);
});

test('addresses are shown as far as they may be', () => {
  const poll = recordedPoll('1.20.1');
  expect(connectionsOf(poll, 'webrtc', 'masked')[0]).toMatchObject({
    remoteAddr: '127.0.0.0',
    localCandidate: 'host/udp/127.0.0.0',
    remoteCandidate: 'prflx/udp/127.0.0.0',
  });
  expect(connectionsOf(poll, 'webrtc', 'none')[0]).toMatchObject({
    remoteAddr: null,
    localCandidate: 'host/udp',
    remoteCandidate: 'prflx/udp',
  });
});
