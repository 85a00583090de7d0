import { describe, expect, test } from '@jest/globals';
import { lossReason as reason } from '@mediamtx-monitor/testkit';
import type { Reason } from '@mediamtx-monitor/types';
import { adviseLatency } from '../src/index.ts';

const advise = (
  rttP95Ms: number | null,
  linkLossPercent: number | null,
  latencyMs: number | null = 120,
  reasons: readonly Reason[] = [],
) => adviseLatency({ srt: { rttP95Ms, linkLossPercent, latencyMs }, reasons });

describe('the latency worth setting', () => {
  test.each([
    // Loss, and how often a packet has to be sent until one in a million stays lost.
    [0, 4],
    [0.1, 4],
    [1, 4],
    [3.162, 4],
    [3.163, 5],
    [10, 6],
    [20, 9],
    [50, 20],
    [100, 20],
  ])('with %p %% loss is %p round trips', (loss, roundTrips) => {
    expect(advise(100, loss)).toMatchObject({ roundTrips, latencyMs: 100 * roundTrips });
  });

  test('is rounded up to 10 ms, and never below SRT’s default', () => {
    expect(advise(40.3, 0)?.latencyMs).toBe(170);
    expect(advise(5, 0)?.latencyMs).toBe(120);
  });

  test('is worked out from what is shown: tenths, rounded up', () => {
    expect(advise(33.33, 3.2)).toMatchObject({ rttP95Ms: 33.4, latencyMs: 170 });
    expect(advise(1.1, 0)?.rttP95Ms).toBe(1.1);
    expect(advise(40.01, 0)).toMatchObject({ rttP95Ms: 40.1, latencyMs: 170 });
  });

  test('never leads to the warning of being too close to the round-trip time', () => {
    for (const rtt of [31, 40.01, 77, 140, 333]) {
      expect(rtt / (advise(rtt, 0)?.latencyMs ?? 0)).toBeLessThanOrEqual(1 / 4);
    }
  });

  test('is more than what is set, or not', () => {
    expect(advise(100, 0, 120)?.comparison).toStrictEqual({ kind: 'raise' });
    expect(advise(100, 0, 400)?.comparison).toStrictEqual({ kind: 'enough' });
    expect(advise(100, 0, null)?.comparison).toStrictEqual({ kind: 'unknown' });
  });

  test('isn’t called enough while the link says otherwise', () => {
    const loss = reason({ code: 'unrecovered-loss', measured: 0.6 });
    expect(advise(100, 0, 400, [reason(), loss])?.comparison).toStrictEqual({
      kind: 'contradicted',
      reason: loss,
    });
    const late = reason({ code: 'rtt-near-latency', severity: 'critical', measured: 0.6 });
    expect(advise(100, 0, 400, [loss, late])?.comparison).toStrictEqual({
      kind: 'contradicted',
      reason: late,
    });
    expect(advise(100, 0, 400, [reason()])?.comparison).toStrictEqual({ kind: 'enough' });
    expect(advise(100, 0, 120, [loss])?.comparison).toStrictEqual({ kind: 'raise' });
  });

  test('isn’t known without samples', () => {
    expect(advise(null, 1)).toBeNull();
    expect(advise(100, null)).toBeNull();
  });
});
