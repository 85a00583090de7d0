import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { seededRandom, startUdpRelay } from '@mediamtx-monitor/testkit';
import type { ConnectionRecord, SrtDetail, StreamRecord } from '@mediamtx-monitor/types';
import { constantMedia, publish } from './support/media.ts';
import { startMediamtx } from './support/mediamtx.ts';
import { last, mean, publisherIn, startMonitor, streamIn } from './support/monitor.ts';
import { createRig } from '../support/rig.ts';

/**
 * Wants a machine that isn't busy: one that stalls for longer than the latency really loses packets.
 * SRT over a link that loses 5 % and takes 20 ms each way, with a latency of 300 ms; watched for a minute.
 */
const LOSS_PERCENT = 5;
const DELAY_MS = 20;
const LATENCY_MS = 300;
const WATCHED_TICKS = 31;
/** Percentages are over 30 s: in this many ticks the window is full. */
const WINDOW_TICKS = 15;
const NAME = 'live/lossy';

const rig = createRig();
let publishers: readonly ConnectionRecord[];
let streams: readonly StreamRecord[];

function srtOf(record: ConnectionRecord): SrtDetail {
  if (record.protocol !== 'srt') throw new Error(`${record.protocol} instead of srt`);
  return record.srt;
}

/** A percentage of every full window. */
function percents(key: 'linkLossPercent' | 'unrecoveredPercent'): number[] {
  return publishers.slice(WINDOW_TICKS).map((record) => srtOf(record)[key] ?? NaN);
}

/** The first full window and the last one are a minute together. */
const overAMinute = (values: readonly number[]): number => mean([values[0] ?? NaN, last(values)]);

beforeAll(async () => {
  const mediamtx = await rig.add(startMediamtx());
  const relay = await startUdpRelay({
    targetPort: mediamtx.ports.srt,
    lossPercent: LOSS_PERCENT,
    delayMs: DELAY_MS,
    random: seededRandom(1),
  });
  await rig.add({ stop: relay.close });
  const publishing = {
    // About 300 packets a second: by chance the loss of 30 s is off by 0.23 %, well within the limits.
    media: constantMedia(2_000_000),
    output: ['-muxrate', '3M'],
    port: relay.port,
    // In microseconds and bytes a second. What ffmpeg has to catch up on doesn't come at once, which would be too
    // much for the buffers of the sockets: the relay alone is to lose packets.
    srt: { latency: LATENCY_MS * 1_000, maxbw: 800_000 },
  };
  await rig.add(publish(mediamtx, 'srt', NAME, publishing));
  const monitor = await startMonitor(rig, mediamtx);
  const { seq } = await monitor.connections.fresh();
  const isLast = (message: { readonly seq: number }): boolean => message.seq >= seq + WATCHED_TICKS;
  await monitor.connections.message(isLast, 100_000);
  await monitor.streams.message(isLast);
  publishers = monitor.connections.since(seq).map((message) => publisherIn(message, NAME));
  streams = monitor.streams.since(seq).map((message) => streamIn(message, NAME));
}, 180_000);

afterAll(rig.stop);

test('the loss of the link shows as it is, over a minute', () => {
  const percent = overAMinute(percents('linkLossPercent'));
  expect(percent).toBeGreaterThan(LOSS_PERCENT - 1);
  expect(percent).toBeLessThan(LOSS_PERCENT + 1);
});

test('SRT repaired it: next to nothing is unrecovered', () => {
  expect(overAMinute(percents('unrecoveredPercent'))).toBeLessThan(0.1);
});

test('the round trip takes both ways', () => {
  const { rttP50Ms, rttP95Ms, latencyMs } = srtOf(last(publishers));
  expect(rttP50Ms).toBeGreaterThanOrEqual(2 * DELAY_MS - 2);
  expect(rttP50Ms).toBeLessThanOrEqual(2 * DELAY_MS + 8);
  expect(rttP95Ms).toBeGreaterThanOrEqual(rttP50Ms ?? NaN);
  expect(latencyMs).toBe(LATENCY_MS);
});

test('the loss is a reason, with the connection and with the stream', () => {
  for (const records of [publishers, streams]) {
    for (const { health, reasons } of records.slice(WINDOW_TICKS)) {
      const reason = reasons.find(({ code }) => code === 'link-loss');
      // 5 % is at the edge of critical.
      expect([
        ['warning', 1],
        ['critical', 5],
      ]).toContainEqual([reason?.severity, reason?.limit]);
      expect(health).not.toBe('ok');
    }
  }
});
