import { expect, test } from '@jest/globals';
import { liveStream } from '@mediamtx-monitor/testkit';
import type { LastLive, StreamRecord } from '@mediamtx-monitor/types';
import { stalledEvidence } from '../src/evidence.ts';

const frozen: LastLive = {
  liveAt: '2026-01-01T00:05:00.000Z',
  liveSince: '2025-12-31T23:05:00.000Z',
  wasStalled: true,
  sourceType: 'srtConn',
  tracks: ['H264'],
  media: liveStream().media,
  protocol: 'srt',
  publisher: null,
  readers: 3,
  inboundMbps: 4,
};
const stream = (state: StreamRecord['state'], last: LastLive = frozen) => liveStream({ state, last });

test('a stream that froze before it went says so, as long as it is away', () => {
  expect(stalledEvidence(stream('missing'))).toStrictEqual([{ code: 'was-stalled' }]);
  expect(stalledEvidence(stream('waiting'))).toStrictEqual([{ code: 'was-stalled' }]);
  expect(stalledEvidence(stream('missing', { ...frozen, wasStalled: false }))).toStrictEqual([]);
  expect(stalledEvidence(stream('live'))).toStrictEqual([]);
  expect(stalledEvidence(stream('stalled'))).toStrictEqual([]);
  expect(stalledEvidence(stream('unknown'))).toStrictEqual([]);
});
