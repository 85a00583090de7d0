import { describe, expect, test } from '@jest/globals';
import { RECORDED_VERSIONS, type RecordedVersion } from '@mediamtx-monitor/testkit';
import {
  connectionOf,
  connectionsOf,
  extraPoll,
  FAILED,
  items,
  pollOf,
  recordedPoll,
} from '../support/polls.ts';

const since = (first: RecordedVersion): RecordedVersion[] =>
  RECORDED_VERSIONS.slice(RECORDED_VERSIONS.indexOf(first));
const NO_RTP = { packets: null, lostPackets: null, jitterTicks: null };

const OLD = {
  rtpPacketsReceived: 1,
  rtpPacketsLost: 2,
  rtpPacketsJitter: 3,
  rtpPacketsInError: 4,
  rtpPacketsSent: 5,
};
const CURRENT = {
  inboundRTPPackets: 11,
  inboundRTPPacketsLost: 12,
  inboundRTPPacketsJitter: 13.5,
  inboundRTPPacketsInError: 14,
  outboundRTPPackets: 15,
  outboundRTPPacketsReportedLost: 16,
  outboundRTPPacketsDiscarded: 17,
};

const of = (fields: object) => connectionOf('rtspsessions', 'rtsp', { id: '1', ...fields });

describe('recorded', () => {
  test.each(['1.2.0', '1.5.0', '1.9.3'] as const)('%s has no RTP statistics', (version) => {
    for (const protocol of ['rtsp', 'rtsps'] as const) {
      const facts = connectionsOf(recordedPoll(version), protocol);
      expect(facts.length).toBeGreaterThan(0);
      for (const fact of facts) {
        expect(fact).toMatchObject({
          rtp: NO_RTP,
          tunnel: null,
          packetsInError: null,
          packetsDiscarded: null,
        });
      }
    }
  });

  test('1.13.0, publisher', () => {
    expect(connectionsOf(recordedPoll('1.13.0'), 'rtsp')[1]).toStrictEqual({
      id: 'b0386a25-8cc0-45d5-a203-5397d5238305',
      list: 'rtspsessions',
      protocol: 'rtsp',
      stream: 'rtsp-cam',
      role: 'publish',
      remoteAddr: '127.0.0.1:38308',
      user: null,
      userAgent: null,
      openedAtMs: Date.UTC(2026, 10, 22, 13, 18, 29, 165),
      inboundBytes: 230_517,
      outboundBytes: 0,
      rtp: { packets: 239, lostPackets: 0, jitterTicks: 900.9449908082902 },
      transport: 'TCP',
      tunnel: null,
      packetsInError: 0,
      packetsDiscarded: null,
    });
  });

  test('1.20.1, reader', () => {
    expect(connectionsOf(recordedPoll('1.20.1'), 'rtsp')[5]).toStrictEqual({
      id: '77e5e4c8-9384-4317-a5ba-b3d03a6de683',
      list: 'rtspsessions',
      protocol: 'rtsp',
      stream: 'x-secured',
      role: 'read',
      remoteAddr: '127.0.0.1:51310',
      user: 'alice',
      userAgent: 'Lavf59.27.100',
      openedAtMs: Date.UTC(2026, 10, 22, 13, 32, 17, 483),
      inboundBytes: 0,
      outboundBytes: 176_852,
      rtp: { packets: 193, lostPackets: 0, jitterTicks: null },
      transport: 'TCP',
      tunnel: 'none',
      packetsInError: 0,
      packetsDiscarded: 0,
    });
  });

  test('1.20.1, encrypted', () => {
    expect(connectionsOf(recordedPoll('1.20.1'), 'rtsps')).toMatchObject([
      { list: 'rtspssessions', protocol: 'rtsps', role: 'read', tunnel: 'none', rtp: { packets: 183 } },
    ]);
  });

  test('a reader’s losses are known from 1.17.0 on', () => {
    for (const version of RECORDED_VERSIONS) {
      const reader = connectionsOf(recordedPoll(version), 'rtsp').find(
        ({ role, outboundBytes }) => role === 'read' && outboundBytes !== 0,
      );
      const known = since('1.17.0').includes(version);
      expect(reader).toMatchObject({ rtp: { lostPackets: known ? 0 : null, jitterTicks: null } });
    }
  });

  test('a session that was set up and never played reads up to 1.13.0, and is idle later', () => {
    const silent = (version: RecordedVersion) =>
      connectionsOf(recordedPoll(version), 'rtsp').filter(
        ({ role, inboundBytes, outboundBytes }) =>
          role !== 'publish' && inboundBytes === 0 && outboundBytes === 0,
      );
    expect(silent('1.13.0')).toMatchObject([{ role: 'read', transport: null }]);
    expect(silent('1.17.0')).toMatchObject([
      { role: 'idle', transport: 'TCP', rtp: { packets: 0, jitterTicks: null } },
    ]);
  });

  test('UDP', () => {
    const facts = connectionsOf(extraPoll('states_', ['paths', 'rtspconns', 'rtspsessions']), 'rtsp');
    expect(facts.map((fact) => [fact.role, 'transport' in fact ? fact.transport : null])).toStrictEqual([
      ['publish', 'UDP'],
      ['publish', 'TCP'],
      ['read', 'TCP'],
      ['read', 'UDP'],
      ['read', 'UDP'],
      ['read', 'TCP'],
    ]);
    expect(facts[0]).toMatchObject({ inboundBytes: 290_111, outboundBytes: 64, rtp: { packets: 301 } });
  });
});

describe('direction and field names', () => {
  test.each([
    ['publish', OLD, { packets: 1, lostPackets: 2, jitterTicks: 3 }],
    ['publish', CURRENT, { packets: 11, lostPackets: 12, jitterTicks: 13.5 }],
    ['publish', { ...OLD, ...CURRENT }, { packets: 11, lostPackets: 12, jitterTicks: 13.5 }],
    ['idle', { ...OLD, ...CURRENT }, { packets: 11, lostPackets: 12, jitterTicks: null }],
    ['read', OLD, { packets: 5, lostPackets: null, jitterTicks: null }],
    ['read', CURRENT, { packets: 15, lostPackets: 16, jitterTicks: null }],
    ['read', { ...OLD, ...CURRENT }, { packets: 15, lostPackets: 16, jitterTicks: null }],
  ])('%s (%#)', (state, fields, rtp) => {
    expect(of({ ...fields, state })).toMatchObject({ rtp });
  });

  test('errors and discards', () => {
    expect(of(OLD)).toMatchObject({ packetsInError: 4, packetsDiscarded: null });
    expect(of({ ...OLD, ...CURRENT })).toMatchObject({ packetsInError: 14, packetsDiscarded: 17 });
  });
});

describe('tunnels', () => {
  const sessions = items({ id: 's1' }, { id: 's2' }, { id: 's3' });
  const conns = items(
    { id: 'c1', session: 's1', tunnel: 'http' },
    { id: 'c2', session: null, tunnel: 'websocket' },
    { id: 'c3', session: 's2', tunnel: 'websocket' },
    { id: 'c4', session: 's9', tunnel: 'none' },
  );
  const tunnelsIn = (lists: Parameters<typeof pollOf>[0], protocol: 'rtsp' | 'rtsps') =>
    connectionsOf(pollOf(lists), protocol).map((fact) => ('tunnel' in fact ? fact.tunnel : 'not there'));

  test('come from the connections of the session', () => {
    expect(tunnelsIn({ rtspconns: conns, rtspsessions: sessions }, 'rtsp')).toStrictEqual([
      'http',
      'websocket',
      null,
    ]);
    expect(tunnelsIn({ rtspsconns: conns, rtspssessions: sessions }, 'rtsps')).toStrictEqual([
      'http',
      'websocket',
      null,
    ]);
  });

  test('of encrypted and plain connections aren’t mixed up', () => {
    expect(tunnelsIn({ rtspsconns: conns, rtspsessions: sessions }, 'rtsp')).toStrictEqual([
      null,
      null,
      null,
    ]);
    expect(tunnelsIn({ rtspconns: conns, rtspssessions: sessions }, 'rtsps')).toStrictEqual([
      null,
      null,
      null,
    ]);
  });

  test('are unknown where the connections can’t be read', () => {
    expect(tunnelsIn({ rtspconns: FAILED, rtspsessions: sessions }, 'rtsp')).toStrictEqual([
      null,
      null,
      null,
    ]);
  });

  test('are told since 1.15.0', () => {
    for (const version of RECORDED_VERSIONS) {
      const known = since('1.17.0').includes(version);
      for (const fact of connectionsOf(recordedPoll(version), 'rtsp')) {
        expect(fact).toMatchObject({ tunnel: known ? 'none' : null });
      }
    }
  });

  test('are only taken from what looks like one', () => {
    const odd = [
      null,
      4,
      'x',
      [],
      {},
      { session: 's' },
      { session: 's', tunnel: 4 },
      { session: 4, tunnel: 'http' },
    ];
    const fact = connectionOf('rtspsessions', 'rtsp', { id: 's' }, { rtspconns: items(...odd) });
    expect(fact).toMatchObject({ tunnel: null });
  });
});
