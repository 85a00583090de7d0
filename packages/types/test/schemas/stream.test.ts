import { describe, expect, test } from '@jest/globals';
import { streamRecordSchema } from '../../src/schemas/index.ts';
import { complaints, expectRefused, withField } from '../support/refusals.ts';
import { idleRecord, liveRecord } from '../support/samples.ts';

describe('streamRecordSchema takes', () => {
  test('a live and an idle stream', () => {
    expect(complaints(streamRecordSchema, liveRecord)).toStrictEqual([]);
    expect(complaints(streamRecordSchema, idleRecord)).toStrictEqual([]);
  });

  test.each(['sourceType', 'bytesReceived', 'rtt', 'recvRateMbps', 'linkCapacityMbps'])(
    'null for %s, which means "not measured"',
    (field) => {
      expect(complaints(streamRecordSchema, withField(liveRecord, field, null))).toStrictEqual([]);
    },
  );

  test.each(['bytesReceived', 'readers', 'rtt', 'recvRateMbps', 'linkCapacityMbps'])('0 for %s', (field) => {
    expect(complaints(streamRecordSchema, withField(liveRecord, field, 0))).toStrictEqual([]);
  });

  test('a byte counter beyond what a double holds exactly', () => {
    expect(complaints(streamRecordSchema, { ...liveRecord, bytesReceived: 2 ** 63 })).toStrictEqual([]);
  });

  test.each(['a/b/c', '~weird name', '📹', '"quoted"', ',"streams":[', 'x'.repeat(1_000)])(
    'the name %j',
    (name) => {
      expect(complaints(streamRecordSchema, { ...liveRecord, name })).toStrictEqual([]);
    },
  );

  test('fields that a newer collector adds', () => {
    expect(complaints(streamRecordSchema, { ...liveRecord, addedLater: 2.1 })).toStrictEqual([]);
  });
});

describe('streamRecordSchema refuses', () => {
  test.each(Object.keys(liveRecord))('a record without %s', (field) => {
    expectRefused(streamRecordSchema, liveRecord, field, [undefined]);
  });

  test.each<[string, unknown[]]>([
    ['name', [null, 7, '', ['a']]],
    ['sourceType', [7, '', {}, true]],
    ['tracks', [null, 'H264', {}, [7], [null]]],
    ['bytesReceived', [-1, '7', NaN, Infinity, true]],
    ['readers', [null, -1, 1.5, '1', []]],
    ['rtt', [-0.1, '0.36', NaN, {}]],
    ['recvRateMbps', [-1, '1.94', Infinity, []]],
    ['linkCapacityMbps', [-1, '1808.58', NaN, false]],
    ['state', [null, 'LIVE', '']],
    ['since', [null, 'yesterday', 0]],
    ['health', [null, 'good']],
    ['reasons', [null, {}, [{ code: 'bad weather' }]]],
    ['media', [null, { video: null, audio: null }]],
    ['inboundMbps', [-1, '2', NaN]],
    ['readersByProtocol', [null, { srt: -1 }]],
    ['restarts', [-1, 0.5]],
    ['linkLossPercent', [-0.1, '1']],
  ])('a wrong %s', (field, wrong) => {
    expectRefused(streamRecordSchema, liveRecord, field, wrong);
  });

  test.each([[[]], ['a'], [7], [null]])('%j instead of a record', (value) => {
    expect(complaints(streamRecordSchema, value)).toStrictEqual(['']);
  });
});
