import { connectionRecord, type RedisOfTest, streamRecord } from '@mediamtx-monitor/testkit';
import {
  LISTED_STATES,
  STREAM_REASON_CODES,
  type Reason,
  type ReasonCode,
  type StreamRecord,
  type StreamsHead,
} from '@mediamtx-monitor/types';
import { headOf, hostsHeadOf, TestPublisher } from '../../../services/api/test/publisher.ts';
import { atEndOfFile } from './at-end.ts';

/** A name that no layout was made for. */
const LONG_NAME = 'events/2026/stadium-north/grandstand/camera-operator-17-handheld-backup-uplink-over-5g';
/** The stream whose page is looked at. */
export const LOOKED_AT = 'studio/camera-1';
const ILL_REASONS: readonly ReasonCode[] = ['rtt-near-latency', 'link-loss'];
/** Three of them are a quarter of an hour; with a longer one no day’s history could be asked for. */
const INTERVAL_MS = 300_000;

/**
 * Publishes a made-up fleet that has something of all: each state, each reason, long names, numbers of many digits.
 * It stays fresh for a quarter of an hour.
 */
export async function publishCrowdedFleet(redis: RedisOfTest, servers: readonly string[]): Promise<void> {
  const publisher = new TestPublisher(redis.url, redis.prefix);
  atEndOfFile(() => {
    publisher.close();
  });
  for (const server of servers) {
    const streams = streamsOf(server);
    await publisher.publish(headFor(server, streams), streams, server === 'main' ? connections() : []);
  }
  const time = new Date().toISOString();
  await publisher.publishHost(
    hostsHeadOf({ host: 'main', collectedAt: time, publishedAt: time, intervalMs: INTERVAL_MS }),
  );
}

function headFor(server: string, streams: readonly StreamRecord[]): StreamsHead {
  const time = new Date().toISOString();
  const inState = (state: string): number => streams.filter((stream) => stream.state === state).length;
  const ofHealth = (health: string): number => streams.filter((stream) => stream.health === health).length;
  return headOf({
    server,
    collectedAt: time,
    publishedAt: time,
    intervalMs: INTERVAL_MS,
    simulated: true,
    totals: {
      streams: streams.length - inState('missing'),
      missing: inState('missing'),
      readers: 12_345,
      inboundMbps: 1_234,
      outboundMbps: 12_345,
      states: {
        idle: inState('idle'),
        waiting: inState('waiting'),
        live: inState('live'),
        stalled: inState('stalled'),
        standby: inState('standby'),
        unknown: inState('unknown'),
      },
      healths: {
        ok: ofHealth('ok'),
        warning: ofHealth('warning'),
        critical: ofHealth('critical'),
        unknown: ofHealth('unknown'),
      },
    },
  });
}

function streamsOf(server: string): readonly StreamRecord[] {
  const since = new Date(Date.now() - 3 * 86_400_000).toISOString();
  const live = {
    server,
    since,
    sourceType: 'srtConn',
    state: 'live',
    tracks: ['H264', 'MPEG-4 Audio'],
    media: {
      video: { codec: 'H264', width: 1920, height: 1080, profile: 'High', level: '4.2' },
      audio: { codec: 'MPEG-4 Audio', sampleRate: 48_000, channels: 2 },
      others: [],
    },
    readers: 1_234,
    readersByProtocol: { webrtc: 1_000, hls: 200, rtsp: 34 },
    inboundMbps: 123.4,
    outboundMbps: 9_876,
    bytesReceived: 98_765_432_109,
    bytesSent: 987_654_321_098,
    rttMs: 123,
    rtt: 123,
    latencyMs: 250,
    linkLossPercent: 12.3,
    retransmitPercent: 12.3,
    unrecoveredPercent: 1.2,
  } as const;
  const reasons = ILL_REASONS.map((code) => reason(code, since));
  return [
    streamRecord({ ...live, name: LOOKED_AT, health: 'warning', reasons }),
    streamRecord({ ...live, name: LONG_NAME }),
    ...[...LISTED_STATES, 'missing' as const].map((state) =>
      streamRecord({
        ...live,
        name: `state/${state}`,
        state,
        health: state === 'unknown' ? 'unknown' : 'ok',
      }),
    ),
    ...STREAM_REASON_CODES.map((code, index) =>
      streamRecord({
        ...live,
        name: `reason/${code}`,
        health: index % 2 === 0 ? 'warning' : 'critical',
        reasons: [reason(code, since)],
      }),
    ),
  ];
}

function reason(code: ReasonCode, since: string): Reason {
  return { code, severity: 'warning', measured: 0.8, limit: 0.5, since };
}

function connections() {
  const since = new Date(Date.now() - 3 * 86_400_000).toISOString();
  const own = { stream: LOOKED_AT, since, userAgent: 'LibVLC/3.0.20 (LIVE555 Streaming Media v2016.11.28)' };
  return [
    connectionRecord({ ...own, id: 'publisher', role: 'publish', inboundMbps: 123.4 }),
    connectionRecord({
      ...own,
      id: 'viewer',
      remoteAddr: '[2001:db8:1234:5678:9abc:def0:1234:5678]:50000',
      user: 'viewer-with-a-name',
      outboundMbps: 123.4,
      health: 'warning',
      reasons: [reason('discards', since)],
      rtmp: { framesDiscarded: 123_456 },
    }),
  ];
}
