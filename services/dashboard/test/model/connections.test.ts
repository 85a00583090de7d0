import { describe, expect, test } from '@jest/globals';
import { linkNumbers, partiesOf, transportOf } from '../../src/model/connections.ts';
import { slow, srt, webrtc } from '../support/connections.ts';
import { connectionsMessage } from '../support/records.ts';

describe('who is there', () => {
  test('one brings, others take, the worst first', () => {
    const { publisher, viewers, isPartial } = partiesOf(
      connectionsMessage([
        srt({ id: 'late', since: '2026-01-02T00:00:00.000Z' }),
        srt({ id: 'pub', role: 'publish' }),
        srt({ id: 'early' }),
        slow('slow'),
        srt({ id: 'idle', role: 'idle' }),
        srt({ id: 'elsewhere', stream: 'camera' }),
        srt({ id: 'timeless', since: null }),
      ]),
      'cam',
    );
    expect(publisher?.id).toBe('pub');
    expect(viewers.map(({ id }) => id)).toEqual(['slow', 'timeless', 'early', 'late']);
    expect(isPartial).toBe(false);
  });

  test('perhaps nobody', () => {
    const nobody = {
      publisher: undefined,
      viewers: [],
      isPartial: false,
      toldAt: '1970-01-01T00:00:01.000Z',
    };
    expect(partiesOf(connectionsMessage([]), 'cam')).toEqual(nobody);
  });

  test('is known in part only while a list of connections can’t be read', () => {
    const partial = (...missing: string[]) =>
      partiesOf({ ...connectionsMessage([]), missing }, 'cam').isPartial;
    expect(partial('srtconns')).toBe(true);
    expect(partial('info', 'paths')).toBe(false);
  });
});

describe('numbers of a connection', () => {
  test('are those its protocol tells, the others unknown', () => {
    expect(linkNumbers(srt({}, { linkLossPercent: 1.5 }))).toMatchObject({
      rttMs: 10,
      rttP95Ms: 20,
      lossPercent: 1.5,
      jitterMs: null,
    });
    expect(linkNumbers(webrtc())).toMatchObject({ rttMs: null, lossPercent: 2, jitterMs: 3, discarded: 5 });
  });

  test('and the way it takes', () => {
    expect(transportOf(webrtc())).toEqual(['host/udp/192.0.2.9/8189']);
    expect(transportOf(srt())).toEqual([]);
  });
});
