import { describe, expect, test } from '@jest/globals';
import type { ReasonCode } from '@mediamtx-monitor/types';
import type { ConnectionFact, SrtFact } from '../../src/protocols/index.ts';
import {
  iso,
  nextCollector,
  READY_MS,
  rtmpConnection,
  rtspConnection,
  srtConnection,
  START_MS,
  ticker,
} from './facts.ts';

test('a connection is open since MediaMTX first said, whatever it says later', () => {
  const { connection } = ticker();
  expect(connection({ ...rtmpConnection(0), openedAtMs: null }).since).toBeNull();
  expect(connection(rtmpConnection(0)).since).toBe(iso(READY_MS));
  expect(connection({ ...rtmpConnection(0), openedAtMs: READY_MS + 5_000 }).since).toBe(iso(READY_MS));
});

test('its rates have three decimals', () => {
  const { connection } = ticker();
  connection(rtmpConnection(0));
  expect(connection(rtmpConnection(0, { inboundBytes: 123_456, outboundBytes: 1_234_567 }))).toMatchObject({
    inboundMbps: 0.494,
    outboundMbps: 4.938,
  });
});

describe('a reason whose measure isn’t known any more', () => {
  const rtsp = (tick: number) =>
    rtspConnection({ rtp: { packets: tick * 900, lostPackets: tick * 100 } }, { role: 'publish' });
  const srt = (tick: number) =>
    srtConnection({ uniquePackets: tick * 1_000, lostPackets: tick * 100, rttMs: 50 });
  const without = (fields: Partial<SrtFact>) => (tick: number) => {
    const fact = srt(tick);
    return { ...fact, srt: { ...fact.srt, ...fields } };
  };

  test.each<[ReasonCode, (tick: number) => ConnectionFact, (tick: number) => ConnectionFact]>([
    ['rtt-near-latency', srt, without({ latencyMs: null })],
    ['link-loss', srt, without({ lostPackets: null })],
    ['unrecovered-loss', srt, without({ droppedPackets: null })],
    ['rtp-loss', rtsp, () => rtspConnection({ rtp: { packets: null } }, { role: 'publish' })],
  ])('ends five ticks later: %s', (code, measured, unmeasured) => {
    const { connection } = ticker();
    const codesOf = (fact: ConnectionFact) => connection(fact).reasons.map((reason) => reason.code);
    for (let tick = 0; tick < 4; tick += 1) connection(measured(tick));
    expect(codesOf(measured(4))).toContain(code);
    const seen = [5, 6, 7, 8, 9].map((tick) => codesOf(unmeasured(tick)).includes(code));
    expect(seen).toStrictEqual([true, true, true, true, false]);
  });

  test('stands where that is so just after a start: what is thrown away for a slow reader', () => {
    const first = ticker();
    for (let tick = 0; tick < 8; tick += 1) first.connection(rtmpConnection(tick * 100));
    const published = first.tick({ connections: [rtmpConnection(800)] });
    const { connection } = nextCollector(START_MS + 18_000, published);
    const seen = [9, 10, 11, 12, 13, 14].map((tick) => connection(rtmpConnection(tick * 100)).reasons);
    expect(seen.map((reasons) => reasons.map(({ code, measured }) => [code, measured]))).toStrictEqual([
      ...Array.from({ length: 5 }, () => [['discards', null]]),
      [['discards', 50]],
    ]);
  });
});
