import { describe, expect, test } from '@jest/globals';
import { rtpDetail as detailOf } from '../../src/protocols/rtp.ts';
import { addCounts, type CountersWindow } from '../../src/samples.ts';
import type { ConnectionFact, RtpFact } from '../../src/protocols/index.ts';
import { pathFact, rtspConnection, ticker, track } from '../derive/facts.ts';

type RtpSamples = readonly [packets: number, lost: number];
const windowOf = (...samples: RtpSamples[]): CountersWindow =>
  samples.reduce<CountersWindow>((window, counts, index) => addCounts(window, counts, index * 2_000), null);
const rtpDetail = (
  fact: RtpFact,
  role: 'publish' | 'read',
  packets: CountersWindow,
  clockRate: number | null,
) => detailOf(fact, role, { windows: { packets, discards: null, rtts: null }, clockRate, receivedAtMs: 0 });
const rtp = (jitterTicks: number | null = null) => ({ packets: 0, lostPackets: 0, jitterTicks });
const loss = (role: 'publish' | 'read', ...samples: RtpSamples[]) =>
  rtpDetail(rtp(), role, windowOf(...samples), null).lossPercent;

describe('RTP loss', () => {
  test('of a publisher is of what should have come: received and lost', () => {
    expect(loss('publish', [1_000, 5], [1_950, 55])).toBe(5);
    expect(loss('publish', [0, 0], [2, 1_000])).toBe(99.8);
  });

  test('of a reader is of what was sent: the lost packets are among them', () => {
    expect(loss('read', [0, 0], [1_000, 100])).toBe(10);
  });

  test('is null below 200 packets', () => {
    expect(loss('publish', [0, 0], [190, 9])).toBeNull();
    expect(loss('publish', [0, 0], [190, 10])).toBe(5);
    expect(loss('read', [0, 0], [199, 10])).toBeNull();
    expect(loss('read', [0, 0], [200, 10])).toBe(5);
  });

  test('has three decimals', () => {
    expect(loss('publish', [0, 0], [299, 1])).toBe(0.333);
  });

  test('is null at the first sample and of a session without the counters', () => {
    expect(loss('publish', [5_000, 50])).toBeNull();
    expect(rtpDetail(rtp(), 'publish', null, null).lossPercent).toBeNull();
  });

  test('begins anew when a counter falls', () => {
    expect(loss('publish', [5_000, 50], [6_000, 0])).toBeNull();
    expect(loss('publish', [5_000, 50], [6_000, 0], [6_396, 4])).toBe(1);
  });
});

describe('RTP jitter', () => {
  test('in ms where the clock rate is known, beside the ticks', () => {
    expect(rtpDetail(rtp(180), 'publish', null, 90_000)).toMatchObject({
      jitterMs: 2,
      jitterTicks: 180,
    });
    expect(rtpDetail(rtp(33.33349), 'publish', null, 48_000)).toMatchObject({
      jitterMs: 0.694,
      jitterTicks: 33.333,
    });
  });

  test('only in ticks where it isn’t known', () => {
    expect(rtpDetail(rtp(180), 'publish', null, null)).toMatchObject({
      jitterMs: null,
      jitterTicks: 180,
    });
  });

  test('not at all of a reader', () => {
    expect(rtpDetail(rtp(), 'read', null, 90_000)).toMatchObject({
      jitterMs: null,
      jitterTicks: null,
    });
  });
});

describe('in the records', () => {
  const publisher = (packets: number, lostPackets: number): ConnectionFact =>
    rtspConnection({ rtp: { packets, lostPackets, jitterTicks: 45 } }, { role: 'publish' });

  test('an RTSP session has them beside what it tells', () => {
    const { tick } = ticker();
    const paths = [pathFact({ tracks: [track('H264')] })];
    tick({ paths, connections: [publisher(0, 0)] });
    expect(tick({ paths, connections: [publisher(990, 10)] }).connections[0]).toMatchObject({
      protocol: 'rtsp',
      rtsp: {
        lossPercent: 1,
        jitterMs: 0.5,
        jitterTicks: 45,
        transport: 'TCP',
        tunnel: 'none',
        packetsInError: 0,
        packetsDiscarded: 0,
      },
    });
  });

  test('the clock is that of its own stream; of another stream, or without a path list, it isn’t known', () => {
    const { tick } = ticker();
    const [known, unlisted] = tick({
      paths: [pathFact({ tracks: [track('H264')] })],
      connections: [
        publisher(0, 0),
        rtspConnection({ rtp: { jitterTicks: 45 } }, { id: 'rtsp-2', role: 'publish', stream: 'other' }),
      ],
    }).connections;
    expect(known).toMatchObject({ rtsp: { jitterMs: 0.5 } });
    expect(unlisted).toMatchObject({ rtsp: { jitterMs: null, jitterTicks: 45 } });
    expect(tick({ paths: null, connections: [publisher(0, 0)] }).connections[0]).toMatchObject({
      rtsp: { jitterMs: null, jitterTicks: 45 },
    });
  });
});
