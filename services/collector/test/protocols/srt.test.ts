import { describe, expect, test } from '@jest/globals';
import { type RecordedVersion, recordedBody } from '@mediamtx-monitor/testkit';
import type { SrtFact } from '../../src/protocols/index.ts';
import { connectionOf, connectionsOf, items, itemsOf, pollOf, recordedPoll } from '../support/polls.ts';

const UNKNOWN: SrtFact = {
  rttMs: null,
  receiveRateMibps: null,
  linkCapacityMibps: null,
  latencyMs: null,
  bufferMs: null,
  uniquePackets: null,
  lostPackets: null,
  retransmittedPackets: null,
  droppedPackets: null,
  undecryptablePackets: null,
  framesDiscarded: null,
};

/** Every field of either direction with a value of its own, beside those that mustn't be used. */
const BOTH_WAYS = {
  msRTT: 1.5,
  mbpsReceiveRate: 2.5,
  mbpsLinkCapacity: 3.5,
  msReceiveTsbPdDelay: 11,
  msReceiveBuf: 12,
  packetsReceivedUnique: 13,
  packetsReceivedLoss: 14,
  packetsReceivedRetrans: 15,
  packetsReceivedDrop: 16,
  packetsReceivedUndecrypt: 17,
  msSendTsbPdDelay: 21,
  msSendBuf: 22,
  packetsSentUnique: 23,
  packetsSendLoss: 24,
  packetsRetrans: 25,
  packetsSendDrop: 26,
  outboundFramesDiscarded: 27,
  packetsReceived: 99,
  packetsSent: 99,
  mbpsSendRate: 99,
  packetsReceivedLossRate: 99,
  packetsSendLossRate: 99,
  packetsReceivedBelated: 99,
};
const RECEIVED = {
  rttMs: 1.5,
  receiveRateMibps: 2.5,
  linkCapacityMibps: 3.5,
  latencyMs: 11,
  bufferMs: 12,
  uniquePackets: 13,
  lostPackets: 14,
  retransmittedPackets: 15,
  droppedPackets: 16,
  undecryptablePackets: 17,
  framesDiscarded: 27,
};

const of = (fields: object) => connectionOf('srtconns', 'srt', { id: '1', ...fields });

describe('recorded', () => {
  test.each(['1.2.0', '1.5.0'] as const)('%s has no statistics', (version) => {
    const facts = connectionsOf(recordedPoll(version), 'srt');
    expect(facts.map(({ role }) => role).sort()).toStrictEqual(['publish', 'publish', 'read']);
    for (const fact of facts) expect(fact).toMatchObject({ srt: UNKNOWN });
  });

  test('1.9.3, publisher', () => {
    expect(connectionsOf(recordedPoll('1.9.3'), 'srt')[1]).toStrictEqual({
      id: 'aefe1f88-84fb-4bc4-8a39-107d8da38fad',
      list: 'srtconns',
      protocol: 'srt',
      stream: 'srt-cred',
      role: 'publish',
      remoteAddr: '127.0.0.1:45172',
      user: null,
      userAgent: null,
      openedAtMs: Date.UTC(2026, 10, 22, 13, 19, 26, 927),
      inboundBytes: 331_352,
      outboundBytes: 0,
      srt: {
        rttMs: 0.2545323263821285,
        receiveRateMibps: 0.16925014978095043,
        linkCapacityMibps: 66.7129597697494,
        latencyMs: 120,
        bufferMs: 92,
        uniquePackets: 297,
        lostPackets: 0,
        retransmittedPackets: 0,
        droppedPackets: 0,
        undecryptablePackets: 0,
        framesDiscarded: null,
      },
    });
  });

  test('1.20.1, reader', () => {
    expect(connectionsOf(recordedPoll('1.20.1'), 'srt')[2]).toStrictEqual({
      id: '42623ff3-a189-4c8f-94e4-c46ffb7581b5',
      list: 'srtconns',
      protocol: 'srt',
      stream: 'cam/one',
      role: 'read',
      remoteAddr: '127.0.0.1:32871',
      user: 'bob',
      userAgent: null,
      openedAtMs: Date.UTC(2026, 10, 22, 13, 32, 17, 487),
      inboundBytes: 0,
      outboundBytes: 208_832,
      srt: {
        rttMs: 0.19521569935407207,
        receiveRateMibps: 0,
        linkCapacityMibps: 11.1083984375,
        latencyMs: 120,
        bufferMs: 0,
        uniquePackets: 200,
        lostPackets: 0,
        retransmittedPackets: 0,
        droppedPackets: 0,
        undecryptablePackets: null,
        framesDiscarded: 0,
      },
    });
  });

  test.each([
    ['1.9.3', null],
    ['1.13.0', null],
    ['1.17.0', 0],
    ['1.18.0', 0],
    ['1.20.1', 0],
  ] satisfies [RecordedVersion, number | null][])(
    '%s tells as many discarded frames: %p',
    (version, frames) => {
      const facts = connectionsOf(recordedPoll(version), 'srt');
      expect(facts).toHaveLength(3);
      for (const fact of facts) {
        expect(fact).toMatchObject({ srt: { latencyMs: 120, framesDiscarded: frames, lostPackets: 0 } });
      }
    },
  );

  test('losses are told for the direction of the data', () => {
    const lossy = items(...itemsOf(recordedBody('1.20.1', 'srt_loss/srtconns.t0.json')));
    expect(connectionsOf(pollOf({ srtconns: lossy }), 'srt')).toMatchObject([
      {
        role: 'publish',
        srt: {
          uniquePackets: 2741,
          lostPackets: 137,
          retransmittedPackets: 142,
          droppedPackets: 6,
          bufferMs: 165,
        },
      },
      {
        role: 'publish',
        srt: {
          uniquePackets: 2596,
          lostPackets: 554,
          retransmittedPackets: 544,
          droppedPackets: 106,
          bufferMs: 123,
        },
      },
      {
        role: 'read',
        srt: {
          uniquePackets: 1858,
          lostPackets: 211,
          retransmittedPackets: 211,
          droppedPackets: 0,
          bufferMs: 39,
        },
      },
      {
        role: 'read',
        srt: {
          uniquePackets: 1304,
          lostPackets: 686,
          retransmittedPackets: 686,
          droppedPackets: 0,
          bufferMs: 269,
        },
      },
    ]);
  });
});

describe('direction', () => {
  test.each(['publish', 'idle'])('%s: what arrives', (state) => {
    expect(of({ ...BOTH_WAYS, state })).toMatchObject({ srt: RECEIVED });
  });

  test('read: what is sent', () => {
    expect(of({ ...BOTH_WAYS, state: 'read' })).toMatchObject({
      srt: {
        ...RECEIVED,
        latencyMs: 21,
        bufferMs: 22,
        uniquePackets: 23,
        lostPackets: 24,
        retransmittedPackets: 25,
        droppedPackets: 26,
        undecryptablePackets: null,
      },
    });
  });

  test.each(['publish', 'read'])('%s: what the other direction tells is not taken instead', (state) => {
    const other = state === 'read' ? /Rece/ : /Send|Sent|^packetsRetrans$/;
    const fields = Object.entries(BOTH_WAYS).filter(
      ([name]) => other.test(name) && name !== 'mbpsReceiveRate',
    );
    expect(of({ ...Object.fromEntries(fields), state })).toMatchObject({ srt: UNKNOWN });
  });
});

describe('unsigned subtractions that wrapped', () => {
  test.each(['18446744073709551615', '18446744073709551516', '18446744073709420544', '9223372036854775808'])(
    'a buffer of %s is unknown',
    (number) => {
      const item = JSON.parse(
        `{"id":"1","state":"publish","msReceiveBuf":${number},"msReceiveTsbPdDelay":120}`,
      ) as object;
      expect(of(item)).toMatchObject({ srt: { bufferMs: null, latencyMs: 120 } });
      const reader = JSON.parse(
        `{"id":"1","state":"read","msSendBuf":${number},"packetsSendLoss":${number}}`,
      ) as object;
      expect(of(reader)).toMatchObject({ srt: { bufferMs: null, lostPackets: null } });
    },
  );

  test('so is anything negative', () => {
    expect(of({ msRTT: -1, mbpsLinkCapacity: -0.5, packetsReceivedLoss: -3 })).toMatchObject({
      srt: UNKNOWN,
    });
  });
});
