import { describe, expect, test } from '@jest/globals';
import type { ConnectionRecord } from '@mediamtx-monitor/types';
import { DEFAULT_THRESHOLDS } from '../../src/derive/index.ts';
import type { ConnectionFact, SrtFact } from '../../src/protocols/index.ts';
import { pathFact, rtmpConnection, rtspConnection, srtConnection, ticker } from './facts.ts';

type At = (tick: number) => ConnectionFact;

/** The record after so many ticks. */
function after(ticks: number, at: At, version: string | null = 'v1.20.1'): ConnectionRecord {
  const { connection } = ticker();
  const records = Array.from({ length: ticks }, (_, tick) => connection(at(tick), { version }));
  const last = records.at(-1);
  if (last === undefined) throw new Error('no tick');
  return last;
}
const reasonsOf = ({ reasons }: ConnectionRecord) =>
  reasons.map(({ code, severity, measured, limit }) => [code, severity, measured, limit]);

/** An SRT publisher that brings 1,000 packets a tick, with so many of them lost and so many repaired. */
const losing =
  (lost: number, repaired: number, fields: Partial<SrtFact> = {}): At =>
  (tick) =>
    srtConnection({
      uniquePackets: tick * 1_000,
      lostPackets: tick * lost,
      retransmittedPackets: tick * repaired,
      ...fields,
    });

test('nothing wrong, nothing said', () => {
  expect(after(10, losing(0, 0))).toMatchObject({ health: 'ok', reasons: [] });
});

describe('SRT', () => {
  test.each([
    [30, 'ok', []],
    [30.01, 'warning', [['rtt-near-latency', 'warning', 0.25, 0.25]]],
    [40, 'warning', [['rtt-near-latency', 'warning', 0.333, 0.25]]],
    [40.01, 'critical', [['rtt-near-latency', 'critical', 0.333, 0.333]]],
    [119, 'critical', [['rtt-near-latency', 'critical', 0.992, 0.333]]],
  ])('a round trip of %p ms on 120 ms of latency: %s', (rttMs, health, reasons) => {
    const record = after(3, losing(0, 0, { rttMs }));
    expect(record.health).toBe(health);
    expect(reasonsOf(record)).toStrictEqual(reasons);
  });

  test.each([
    [10, 10, 'ok', []],
    [11, 11, 'warning', [['link-loss', 'warning', 1.1, 1]]],
    [50, 50, 'warning', [['link-loss', 'warning', 5, 1]]],
    [51, 51, 'critical', [['link-loss', 'critical', 5.1, 5]]],
    [2, 0, 'warning', [['unrecovered-loss', 'warning', 0.2, 0.1]]],
    [10, 0, 'warning', [['unrecovered-loss', 'warning', 1, 0.1]]],
    [
      11,
      0,
      'critical',
      [
        ['unrecovered-loss', 'critical', 1.1, 1],
        ['link-loss', 'warning', 1.1, 1],
      ],
    ],
  ])('%p of 1,000 lost, %p repaired: %s', (lost, repaired, health, reasons) => {
    const record = after(5, losing(lost, repaired));
    expect(record.health).toBe(health);
    expect(reasonsOf(record)).toStrictEqual(reasons);
  });

  test('loss is judged from the second tick on, so it speaks at the fourth', () => {
    expect(after(3, losing(60, 60)).health).toBe('ok');
    expect(after(4, losing(60, 60)).health).toBe('critical');
  });

  test('where MediaMTX doesn’t say its version losses may be counted double: shown, never a reason', () => {
    const record = after(8, losing(90, 0, { rttMs: 35 }), null);
    expect(record).toMatchObject({ srt: { linkLossPercent: 9, unrecoveredPercent: 9 } });
    expect(reasonsOf(record)).toStrictEqual([['rtt-near-latency', 'warning', 0.292, 0.25]]);
  });
});

describe('an SRT reader', () => {
  /** 1,000 packets a tick, 90 reported lost and sent again, and so many given up. */
  const reading =
    (givenUp: number, role: 'read' | 'publish' = 'read'): At =>
    (tick) =>
      srtConnection(
        {
          uniquePackets: tick * 1_000,
          lostPackets: tick * 90,
          retransmittedPackets: tick * 90,
          droppedPackets: tick * givenUp,
        },
        { role },
      );

  test('shows its link loss, which is no reason: MediaMTX counts each report of a loss', () => {
    expect(after(8, reading(0))).toMatchObject({
      role: 'read',
      srt: { linkLossPercent: 9, retransmitPercent: 9, unrecoveredPercent: 0 },
      health: 'ok',
      reasons: [],
    });
    expect(reasonsOf(after(8, reading(0, 'publish')))).toStrictEqual([['link-loss', 'critical', 9, 5]]);
  });

  test.each([
    [1, 'ok', []],
    [2, 'warning', [['unrecovered-loss', 'warning', 0.2, 0.1]]],
    [10, 'warning', [['unrecovered-loss', 'warning', 1, 0.1]]],
    [11, 'critical', [['unrecovered-loss', 'critical', 1.1, 1]]],
  ])('is judged by what the sender gave up: %p of 1,000 is %s', (givenUp, health, reasons) => {
    const record = after(4, reading(givenUp));
    expect(record.health).toBe(health);
    expect(reasonsOf(record)).toStrictEqual(reasons);
  });
});

describe('RTP loss', () => {
  const rtsp =
    (received: number, lost: number): At =>
    (tick) =>
      rtspConnection({ rtp: { packets: tick * received, lostPackets: tick * lost } }, { role: 'publish' });

  test.each([
    [990, 10, 'ok', []],
    [980, 20, 'warning', [['rtp-loss', 'warning', 2, 1]]],
    [950, 50, 'warning', [['rtp-loss', 'warning', 5, 1]]],
    [940, 60, 'critical', [['rtp-loss', 'critical', 6, 5]]],
  ])('%p came, %p didn’t: %s', (received, lost, health, reasons) => {
    const record = after(4, rtsp(received, lost));
    expect(record.health).toBe(health);
    expect(reasonsOf(record)).toStrictEqual(reasons);
  });

  test('is a reason whatever the version', () => {
    expect(after(4, rtsp(940, 60), null).health).toBe('critical');
  });
});

describe('what is thrown away for a slow reader', () => {
  test.each<[string, (discarded: number) => ConnectionFact]>([
    ['RTMP frames', (discarded) => rtmpConnection(discarded)],
    ['RTSP packets', (discarded) => rtspConnection({ packetsDiscarded: discarded })],
    ['SRT frames', (discarded) => srtConnection({ framesDiscarded: discarded }, { role: 'read' })],
  ])('%s: above 0.1 a second a warning, above 10 critical', (_what, fact) => {
    expect(reasonsOf(after(8, (tick) => fact(tick)))).toStrictEqual([['discards', 'warning', 0.5, 0.1]]);
    expect(reasonsOf(after(8, (tick) => fact(tick * 20)))).toStrictEqual([['discards', 'warning', 10, 0.1]]);
    expect(reasonsOf(after(8, (tick) => fact(tick * 21)))).toStrictEqual([
      ['discards', 'critical', 10.5, 10],
    ]);
    expect(after(8, () => fact(1_000)).health).toBe('ok');
  });

  test('is known after 10 s, so it speaks at the eighth tick', () => {
    expect(after(7, (tick) => rtmpConnection(tick * 1_000))).toMatchObject({ health: 'ok', reasons: [] });
    expect(reasonsOf(after(8, (tick) => rtmpConnection(tick * 1_000)))).toStrictEqual([
      ['discards', 'critical', 500, 10],
    ]);
  });

  test('one frame right after the window began is no warning, then or later', () => {
    const { connection } = ticker();
    const healths = Array.from(
      { length: 25 },
      (_, tick) => connection(rtmpConnection(tick === 0 ? 0 : 1)).health,
    );
    expect(new Set(healths)).toStrictEqual(new Set(['ok']));
  });

  test('of a publisher, or not told, is nothing', () => {
    expect(after(9, (tick) => srtConnection({ framesDiscarded: tick * 100 })).health).toBe('ok');
    expect(after(9, () => rtmpConnection(null)).health).toBe('ok');
  });

  test('goes five ticks after it has left the window of 30 s', () => {
    const { connection } = ticker();
    // 6 in the first tick: 0.6 after 10 s, then 0.5, 0.429, …; 0.2 over the full 30 s, 0 with the first sample gone.
    const healths = Array.from(
      { length: 25 },
      (_, tick) => connection(rtmpConnection(tick === 0 ? 0 : 6)).health,
    );
    expect(healths.indexOf('warning')).toBe(7);
    expect(healths.lastIndexOf('warning')).toBe(19);
    expect(healths[20]).toBe('ok');
  });
});

test('each connection has its own hysteresis, by id', () => {
  const { tick } = ticker();
  const facts = (ids: string[], discarded: number) => ({
    paths: [pathFact()],
    connections: ids.map((id) => rtmpConnection(discarded, { id })),
  });
  for (let at = 0; at < 7; at += 1) tick(facts(['a'], at));
  const healths = Array.from({ length: 8 }, (_, at) =>
    tick(facts(['a', 'b'], 7 + at)).connections.map(({ id, health }) => [id, health]),
  );
  // `b` has its 10 s and three ticks from its own first sample on.
  for (const seen of healths.slice(0, 7)) {
    expect(seen).toStrictEqual([
      ['a', 'warning'],
      ['b', 'ok'],
    ]);
  }
  expect(healths[7]).toStrictEqual([
    ['a', 'warning'],
    ['b', 'warning'],
  ]);
});

test('thresholds are those of its stream; of none, those of no name', () => {
  const strict = { ...DEFAULT_THRESHOLDS, 'rtt-near-latency': { warning: 0.01, critical: null } };
  const { tick } = ticker({ thresholdsOf: (stream) => (stream === '' ? DEFAULT_THRESHOLDS : strict) });
  const facts = {
    connections: [srtConnection(), srtConnection({}, { id: 'idle-1', role: 'idle', stream: null })],
  };
  tick(facts);
  tick(facts);
  expect(tick(facts).connections.map(({ id, health }) => [id, health])).toStrictEqual([
    ['idle-1', 'ok'],
    ['publisher-1', 'warning'],
  ]);
});
