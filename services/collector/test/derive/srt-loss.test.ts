import { describe, expect, test } from '@jest/globals';
import type { ConnectionRecord, SrtDetail } from '@mediamtx-monitor/types';
import { derive, type Memory, NO_MEMORY, type Snapshot } from '../../src/derive/index.ts';
import { SETTINGS, START_MS, TICK_MS, momentAt } from './facts.ts';
import { lossyObservation } from './recorded.ts';

/** The recording of lost packets from its first to its last step; its bodies carry no times, so none matters. */
function judged(): Snapshot {
  let memory: Memory = NO_MEMORY;
  const snapshots = [0, 1, 2, 3].map((step) => {
    const derived = derive(
      memory,
      lossyObservation(step, step * TICK_MS),
      SETTINGS,
      momentAt(START_MS + step * TICK_MS),
    );
    memory = derived.memory;
    return derived.snapshot;
  });
  const last = snapshots.at(-1);
  if (last === undefined) throw new Error('no snapshot');
  return last;
}

const isOf = (stream: string, role: string) => (record: ConnectionRecord) =>
  record.stream === stream && record.role === role;

function detail(stream: string, role: string): SrtDetail | undefined {
  const record = judged().connections.find(isOf(stream, role));
  return record?.protocol === 'srt' ? record.srt : undefined;
}

describe('1.20.1 with 5 % of the packets lost on the way in, 20 ms each way', () => {
  test('shows 5 % link loss, nearly all of it repaired', () => {
    // 49 lost, 49 retransmitted, 1 late, of 977: link 5.015 %, unrecovered 49 − (49 − 1) = 1.
    expect(detail('lossy', 'publish')).toMatchObject({
      linkLossPercent: 5.015,
      retransmitPercent: 5.015,
      unrecoveredPercent: 0.102,
      latePercent: 0.102,
      rttMs: 40.74,
      latencyMs: 120,
      rttLatencyRatio: 0.3395,
    });
  });

  test('shows it on the stream too', () => {
    const stream = judged().streams.find(({ name }) => name === 'lossy');
    expect(stream).toMatchObject({
      state: 'live',
      linkLossPercent: 5.015,
      unrecoveredPercent: 0.102,
      rtt: 40.74,
      rttMs: 40.74,
    });
  });

  test('shows its reader what was sent again, and nothing given up', () => {
    // Asked for again 306 − 211 = 95 times, of 2,813 − 1,858 = 955.
    expect(detail('lossy', 'read')).toMatchObject({
      linkLossPercent: 9.948,
      retransmitPercent: 9.948,
      unrecoveredPercent: 0,
      latePercent: null,
    });
  });

  test('is no reason for its reader, whose losses are counted anew with each report', () => {
    const reader = judged().connections.find(isOf('lossy', 'read'));
    // Only its round trip of 40.7 ms is, on 120 ms.
    expect(reader?.reasons.map(({ code, severity, measured }) => [code, severity, measured])).toStrictEqual([
      ['rtt-near-latency', 'critical', 0.339],
    ]);
  });
});

describe('1.20.1 with 20 % lost and a latency of one round trip', () => {
  test('shows what could not be repaired', () => {
    // Of 938: 191 lost, 186 retransmitted, 34 late or twice: 191 − (186 − 34) = 39.
    expect(detail('verylossy', 'publish')).toMatchObject({
      linkLossPercent: 20.362,
      retransmitPercent: 19.829,
      unrecoveredPercent: 4.158,
      latePercent: 3.625,
      rttMs: 120.61,
      rttLatencyRatio: 1.0051,
    });
  });

  test('is critical for its latency, its losses and what stayed lost, on connection and stream', () => {
    const { connections, streams } = judged();
    const connection = connections.find(isOf('verylossy', 'publish'));
    expect(connection?.health).toBe('critical');
    expect(connection?.reasons.map(({ code, severity }) => [code, severity])).toStrictEqual([
      ['rtt-near-latency', 'critical'],
      ['link-loss', 'critical'],
      ['unrecovered-loss', 'critical'],
    ]);
    expect(streams.find(({ name }) => name === 'verylossy')).toMatchObject({
      health: 'critical',
      reasons: connection?.reasons ?? [],
    });
  });
});
