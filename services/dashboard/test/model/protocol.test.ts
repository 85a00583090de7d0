import { describe, expect, test } from '@jest/globals';
import {
  protocolName,
  protocolOf,
  sourceProtocol,
  usesProtocol,
  whyNoLoss,
  whyNoRtt,
} from '../../src/model/protocol.ts';
import { lastLive, missing, stream } from '../support/records.ts';

describe('protocol of a source', () => {
  test.each([
    ['srtConn', 'srt'],
    ['webRTCSession', 'webrtc'],
    ['webrtcSession', 'webrtc'],
    ['rtspSession', 'rtsp'],
    ['rtspsSession', 'rtsps'],
    ['rtmpConn', 'rtmp'],
    ['hlsSource', 'hls'],
    ['rpiCameraSource', 'rpicamera'],
    ['redirect', 'redirect'],
    [null, null],
  ])('%s is %s', (sourceType, protocol) => {
    expect(protocolOf(sourceType)).toBe(protocol);
  });
});

test('a stream uses what it comes in over and what it is watched over', () => {
  const one = stream({ sourceType: 'srtConn', readersByProtocol: { hls: 2, webrtc: 0 } });
  expect(['srt', 'hls', 'webrtc'].map((protocol) => usesProtocol(one, protocol))).toStrictEqual([
    true,
    true,
    false,
  ]);
});

test('a protocol that isn’t known stays as it is', () => {
  expect(protocolName('webrtc')).toBe('WebRTC');
  expect(protocolName('other')).toBe('other');
  expect(protocolName('constructor')).toBe('constructor');
  expect(usesProtocol(stream({ readersByProtocol: {} }), 'constructor')).toBe(false);
});

test('over what a stream comes is known while it is away, too', () => {
  expect(sourceProtocol(stream({ sourceType: 'rtmpConn' }))).toBe('rtmp');
  expect(sourceProtocol(missing())).toBe('srt');
  expect(sourceProtocol(missing({ last: lastLive({ protocol: null, sourceType: 'udpSource' }) }))).toBe(
    'udp',
  );
  expect(sourceProtocol(missing({ last: null }))).toBeNull();
});

test('a protocol is called one without a number only when it is', () => {
  expect(whyNoRtt('srt')).toStrictEqual({ kind: 'not-known' });
  expect(whyNoRtt('rtsp')).toStrictEqual({ kind: 'not-reported', protocol: 'rtsp' });
  expect(whyNoLoss('rtsp')).toStrictEqual({ kind: 'not-known' });
  expect(whyNoLoss('rtmp')).toStrictEqual({ kind: 'not-reported', protocol: 'rtmp' });
  expect(whyNoLoss(null)).toStrictEqual({ kind: 'protocol-not-known' });
});
