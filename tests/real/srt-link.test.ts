import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startUdpRelay, type UdpRelay } from '@mediamtx-monitor/testkit';
import type { ConnectionRecord, SrtDetail, StreamRecord } from '@mediamtx-monitor/types';
import { constantMedia, publish } from './support/media.ts';
import { startMediamtx } from './support/mediamtx.ts';
import { mean, publisherIn, startMonitor, streamIn } from './support/monitor.ts';
import { seededRandom } from './support/random.ts';
import { createRig } from './support/rig.ts';

/** SRT over a link that loses 5 % and takes 20 ms each way, with a latency of 300 ms; watched for a minute. */
const LOSS_PERCENT = 5;
const DELAY_MS = 20;
const LATENCY_MS = 300;
const WATCHED_TICKS = 31;
/** Percentages are over 30 s: in this many ticks the window is full. */
const WINDOW_TICKS = 15;
const NAME = 'live/lossy';

const rig = createRig();
let relay: UdpRelay;
let publishers: readonly ConnectionRecord[];
let streams: readonly StreamRecord[];

const srtOf = (record: ConnectionRecord): SrtDetail => {
  if (record.protocol !== 'srt') throw new Error(`${record.protocol} instead of srt`);
  return record.srt;
};

beforeAll(async () => {
  const mediamtx = await rig.add(startMediamtx());
  relay = await startUdpRelay({
    targetPort: mediamtx.ports.srt,
    lossPercent: LOSS_PERCENT,
    delayMs: DELAY_MS,
    random: seededRandom(1),
  });
  await rig.add({ stop: relay.close });
  await rig.add(
    // About 400 packets a second, which puts the chance of 30 s (a standard deviation of 0.2 %) well within the limits.
    publish(mediamtx, 'srt', NAME, {
      media: constantMedia(3_000_000),
      output: ['-muxrate', '4M'],
      port: relay.port,
      latencyMs: LATENCY_MS,
    }),
  );
  const monitor = await startMonitor(rig, mediamtx);
  const { seq } = await monitor.connections.fresh();
  await monitor.connections.message((message) => message.seq === seq + WATCHED_TICKS, 100_000);
  await monitor.streams.message((message) => message.seq === seq + WATCHED_TICKS);
  publishers = monitor.connections.since(seq).map((message) => publisherIn(message, NAME));
  streams = monitor.streams.since(seq).map((message) => streamIn(message, NAME));
  process.stderr.write(JSON.stringify({relay: relay.packets(), p: publishers.map((x) => [x.inboundMbps, ...Object.values(srtOf(x)), x.health, x.reasons.map((r) => `${r.code} ${r.severity} ${r.measured}`)])}, null, 0).replaceAll('],[', '],\n['));
});

afterAll(rig.stop);

test('x', () => { mean([1]); expect(streams.length).toBeGreaterThan(WINDOW_TICKS); });
