import { expect, test } from '@jest/globals';
import { sourceProtocol, whyNoLoss, whyNoRtt } from '../../src/model/protocol.ts';
import { lastLive, missing, stream } from '../support/records.ts';

test('over what a stream comes is known while it is away, too', () => {
  expect(sourceProtocol(stream({ sourceType: 'rtmpConn' }))).toBe('rtmp');
  expect(sourceProtocol(missing())).toBe('srt');
  expect(sourceProtocol(missing({ last: lastLive({ protocol: null, sourceType: 'udpSource' }) }))).toBe(
    'udp',
  );
  expect(sourceProtocol(missing({ last: null }))).toBeNull();
});

test('a protocol is called one without a number only when it is', () => {
  expect(whyNoRtt('srt')).toEqual({ kind: 'not-known' });
  expect(whyNoRtt('rtsp')).toEqual({ kind: 'not-reported', protocol: 'rtsp' });
  expect(whyNoLoss('rtsp')).toEqual({ kind: 'not-known' });
  expect(whyNoLoss('rtmp')).toEqual({ kind: 'not-reported', protocol: 'rtmp' });
  expect(whyNoLoss(null)).toEqual({ kind: 'protocol-not-known' });
});
