import { describe, expect, test } from '@jest/globals';
import { connectionNumbers, transportOf } from '../../src/data/connection-numbers.ts';
import { srt, webrtc } from '../support/connections.ts';

describe('numbers of a connection', () => {
  test('are those its protocol tells, the others unknown', () => {
    expect(connectionNumbers(srt({}, { linkLossPercent: 1.5 }))).toMatchObject({
      rttMs: 10,
      rttP95Ms: 20,
      lossPercent: 1.5,
      jitterMs: null,
    });
    expect(connectionNumbers(webrtc())).toMatchObject({
      rttMs: null,
      lossPercent: 2,
      jitterMs: 3,
      discarded: 5,
    });
  });

  test('and the way it takes', () => {
    expect(transportOf(webrtc())).toStrictEqual(['host/udp/192.0.2.9/8189']);
    expect(transportOf(srt())).toStrictEqual([]);
  });
});
