import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { constantMedia, publish } from './support/media.ts';
import { startMediamtx } from './support/mediamtx.ts';
import { mean, publisherIn, startMonitor, streamIn } from './support/monitor.ts';
import { PROGRESS, progressOf, sentMbps } from './support/progress.ts';
import { createRig } from '../support/rig.ts';

/**
 * What is comparable with the bytes that ffmpeg counts:
 * - RTMP: ffmpeg counts FLV, which differs by headers only, less than 1 %, from the media that a stream's bytes count
 *   (RTP packets), and from the chunks that a connection's bytes count.
 * - SRT: ffmpeg counts MPEG-TS, whose headers and filler never become a stream's media. A connection's bytes are that
 *   MPEG-TS with 44 bytes of headers (IPv4, UDP, SRT) a packet.
 */
const TOLERANCE = 0.02;
const WATCHED_TICKS = 15;
const SRT_HEADER_BYTES = 44;
const MEDIA = [...PROGRESS, ...constantMedia(2_000_000)];
const RTMP = 'live/constant-rtmp';
const SRT = 'live/constant-srt';

const rig = createRig();
/** Mean rates over the watched time, in Mbit/s. */
let rates: {
  readonly sent: { readonly rtmp: number; readonly srt: number };
  readonly stream: { readonly rtmp: number };
  readonly connection: { readonly rtmp: number; readonly srt: number };
};

beforeAll(async () => {
  const mediamtx = await rig.add(startMediamtx());
  const rtmp = await rig.add(publish(mediamtx, 'rtmp', RTMP, { media: MEDIA }));
  const srt = await rig.add(publish(mediamtx, 'srt', SRT, { media: MEDIA, output: ['-muxrate', '2500k'] }));
  const { streams, connections } = await startMonitor(rig, mediamtx);

  /** How far everything has come. */
  const mark = async () => ({
    rtmp: progressOf(rtmp),
    srt: progressOf(srt),
    srtPackets: (await mediamtx.srtConnections())[0]?.packetsReceived ?? NaN,
  });
  const { seq: before } = await streams.fresh();
  const from = await mark();
  const isLast = ({ seq }: { readonly seq: number }): boolean => seq >= before + WATCHED_TICKS;
  await streams.message(isLast, 60_000);
  const to = await mark();
  await connections.message(isLast);

  const messages = connections.since(before + 1);
  const connectionMbps = (name: string): number =>
    mean(messages.map((message) => publisherIn(message, name).inboundMbps ?? NaN));
  const srtBytes = to.srt.bytes - from.srt.bytes;
  const headers = (to.srtPackets - from.srtPackets) * SRT_HEADER_BYTES;
  rates = {
    sent: { rtmp: sentMbps(from.rtmp, to.rtmp), srt: sentMbps(from.srt, to.srt) },
    stream: {
      rtmp: mean(streams.since(before + 1).map((message) => streamIn(message, RTMP).inboundMbps ?? NaN)),
    },
    connection: {
      rtmp: connectionMbps(RTMP),
      srt: (connectionMbps(SRT) * srtBytes) / (srtBytes + headers),
    },
  };
});

afterAll(rig.stop);

/** How far a rate is from the true one, as a share of that. */
const error = (rate: number, truth: number): number => Math.abs(rate / truth - 1);

test('a stream’s mean rate is that of the bytes that ffmpeg sent', () => {
  expect(error(rates.stream.rtmp, rates.sent.rtmp)).toBeLessThan(TOLERANCE);
});

test('an RTMP connection’s too', () => {
  expect(error(rates.connection.rtmp, rates.sent.rtmp)).toBeLessThan(TOLERANCE);
});

test('an SRT connection’s too, without its headers', () => {
  expect(error(rates.connection.srt, rates.sent.srt)).toBeLessThan(TOLERANCE);
});
