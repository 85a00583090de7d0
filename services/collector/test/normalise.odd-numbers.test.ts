import { expect, test } from '@jest/globals';
import { connectionOf, items, itemsOf, normalise, pollOf } from './support/polls.ts';

// As text, since JavaScript has no way to write these numbers.
const PATHS = `{"items":[
{"name":"a","source":{"type":"srtConn","id":"s1"},"ready":true,"readyTime":"2026-11-28T15:00:00Z","tracks":["H264"],"readers":[],"bytesReceived":9007199254740993,"bytesSent":18446744073709551615},
{"name":"b","source":{"type":"rtmpConn","id":"r1"},"ready":true,"readyTime":"2026-11-28T15:00:00Z","tracks":null,"readers":null,"bytesReceived":-5,"bytesSent":1.5},
{"name":"c","source":null,"ready":false,"readyTime":null,"tracks":[],"readers":[],"bytesReceived":"123","bytesSent":null},
{"name":"d","source":{"type":"","id":""},"ready":false,"readyTime":null,"tracks":[null,"H264",{"codec":"AV1"}],"readers":[null,{"type":null},{"id":"x"},"srtConn"],"bytesReceived":1e3,"bytesSent":0},
{"name":"e","source":{"type":"redirect","id":""},"ready":false,"readyTime":null,"tracks":[],"readers":[],"bytesReceived":0,"bytesSent":0},
{"name":"f","source":{"type":"rtspSession","id":"q1"},"ready":"true","readyTime":"2026-11-28T15:00:00Z","tracks":["MPEG-4 Audio"],"readers":[],"bytesReceived":0,"bytesSent":0}]}`;
const SRT = `{"items":[{"id":"s1","created":"2026-11-28T15:00:00Z","remoteAddr":"[2001:db8::5]:51234","state":"publish","path":"a","query":"user=a&pass=b","packetsReceived":4294967296,"packetsReceivedUnique":18446744073709551615,"packetsReceivedLoss":18446744073709551000,"packetsReceivedRetrans":0,"packetsReceivedDrop":0,"bytesReceived":18446744073709551615,"bytesSent":0,"packetsReceivedAvgBelatedTime":18181000000000000,"msRTT":466.563,"mbpsReceiveRate":2.889006904,"mbpsLinkCapacity":-1,"mbpsMaxBW":-1,"msReceiveBuf":18446744073709551,"msReceiveTsbPdDelay":120,"packetsReceivedUndecrypt":0}]}`;

test('numbers of paths that can’t be are not known; bytes come whole', () => {
  const { paths, missing } = normalise(pollOf({ paths: items(...itemsOf(PATHS)) }), 'full');
  expect(missing).toStrictEqual([]);
  expect(
    paths?.facts.map(({ name, ready, inboundBytes, outboundBytes }) => [
      name,
      ready,
      inboundBytes,
      outboundBytes,
    ]),
  ).toStrictEqual([
    ['a', true, null, null],
    ['b', true, null, null],
    ['c', false, null, null],
    ['d', false, 1_000, 0],
    ['e', false, 0, 0],
    ['f', false, 0, 0],
  ]);
});

test('odd sources, tracks and readers are read as far as they are understood', () => {
  const { paths } = normalise(pollOf({ paths: items(...itemsOf(PATHS)) }), 'full');
  expect(
    paths?.facts.map(({ sourceType, sourceId, tracks, readerTypes }) => ({
      source: [sourceType, sourceId],
      tracks: tracks.map(({ codec }) => codec),
      readers: readerTypes,
    })),
  ).toStrictEqual([
    { source: ['srtConn', 's1'], tracks: ['H264'], readers: [] },
    { source: ['rtmpConn', 'r1'], tracks: [], readers: [] },
    { source: [null, null], tracks: [], readers: [] },
    { source: [null, null], tracks: ['H264'], readers: ['', '', '', ''] },
    { source: ['redirect', null], tracks: [], readers: [] },
    { source: ['rtspSession', 'q1'], tracks: ['MPEG-4 Audio'], readers: [] },
  ]);
});

test('statistics of SRT that wrapped below zero are not known, all others are', () => {
  const [item = {}] = itemsOf(SRT);
  expect(connectionOf('srtconns', 'srt', item)).toStrictEqual({
    id: 's1',
    list: 'srtconns',
    stream: 'a',
    role: 'publish',
    remoteAddr: '[2001:db8::5]:51234',
    user: null,
    userAgent: null,
    openedAtMs: Date.UTC(2026, 10, 28, 15),
    inboundBytes: null,
    outboundBytes: 0,
    protocol: 'srt',
    srt: {
      rttMs: 466.563,
      receiveRateMibps: 2.889006904,
      linkCapacityMibps: null,
      latencyMs: 120,
      bufferMs: null,
      uniquePackets: null,
      lostPackets: null,
      retransmittedPackets: 0,
      droppedPackets: 0,
      undecryptablePackets: 0,
      framesDiscarded: null,
    },
  });
});
