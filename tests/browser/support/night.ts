import type { SessionRecord, StoredEvent } from '@mediamtx-monitor/types';
import type { TestPublisher } from '../../../services/api/test/publisher.ts';
import { headOf, streamOf } from '../../../services/api/test/publisher.ts';

/** The day before today, in UTC. */
export const DAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
/** When the first stall of that day began. */
export const NIGHT = `${DAY}T03:12:41.000Z`;
const START = Date.parse(NIGHT);

/** A time, so many seconds after the first stall of the night. */
export function after(seconds: number): string {
  return new Date(START + seconds * 1_000).toISOString();
}

function event(type: StoredEvent['type'], seconds: number, changes: object = {}): StoredEvent {
  const at = after(seconds);
  const isOfStream = type.startsWith('stream.');
  const base = { at, server: 'main', severity: 'info', since: null, unseenSince: null, cause: null };
  return {
    type,
    ...base,
    ...(isOfStream && { stream: 'van-7', sourceType: 'srtConn', expected: true }),
    ...changes,
  } as StoredEvent;
}

const PUBLISHER = {
  stream: 'van-7',
  connection: 'c1',
  protocol: 'srt',
  role: 'publish',
  remoteAddr: '192.0.2.0',
  user: 'crew',
};
const UNKNOWN_CAUSE = { cause: { source: 'unknown', text: null } };
const GONE = { state: 'idle', liveSince: after(-3_600), severity: 'critical', ...UNKNOWN_CAUSE };
const CLOSED = { durationMs: 3_610_000, inboundBytes: 900_000_000, outboundBytes: 0, ...UNKNOWN_CAUSE };
const reasons = (code: string, severity: string) => ({ reasons: [{ code, severity }] });

/** An outage of van-7 with all that comes along with it; then its server can't be read and has been restarted; cam-9 stays away. */
export const NIGHTS_EVENTS: readonly StoredEvent[] = [
  event('connection.opened', -3_600, PUBLISHER),
  event('stream.online', -3_600),
  event('stream.stalled', 3, { since: after(0), severity: 'critical' }),
  event('stream.health', 3, {
    from: 'ok',
    to: 'critical',
    severity: 'critical',
    ...reasons('stalled', 'critical'),
  }),
  event('stream.offline', 10, GONE),
  event('connection.closed', 10, { ...PUBLISHER, ...CLOSED }),
  event('alert.firing', 20, {
    alert: 'a1',
    stream: 'van-7',
    since: after(0),
    severity: 'critical',
    returns: 0,
    ...reasons('not-live', 'critical'),
  }),
  event('connection.opened', 48, { ...PUBLISHER, connection: 'c2' }),
  event('stream.online', 49),
  event('stream.health', 49, { from: 'critical', to: 'ok', reasons: [] }),
  event('alert.resolved', 80, {
    alert: 'a1',
    stream: 'van-7',
    since: after(0),
    returns: 0,
    ...reasons('not-live', 'critical'),
  }),
  event('server.unreachable', 600, { severity: 'critical', status: 'down' }),
  event('server.reachable', 660, { unreachableMs: 60_000 }),
  event('server.restarted', 660, { severity: 'warning', version: 'v1.20.1' }),
  ...['cam-1', 'cam-2', 'van-7'].map((stream) =>
    event('stream.offline', 660, {
      ...GONE,
      stream,
      unseenSince: after(598),
      cause: { source: 'server-restarted', text: null },
    }),
  ),
  ...['cam-1', 'cam-2', 'van-7'].map((stream) =>
    event('stream.restarted', 664, { stream, severity: 'warning', gapMs: 4_000, cause: UNKNOWN_CAUSE.cause }),
  ),
  event('events.trimmed', 900, { severity: 'warning', count: 12, since: after(880), until: after(899) }),
  event('connection.opened', 1_000, { ...PUBLISHER, role: 'read', connection: 'r1', protocol: 'webrtc' }),
  event('connection.closed', 1_300, {
    ...PUBLISHER,
    ...CLOSED,
    role: 'read',
    connection: 'r1',
    protocol: 'webrtc',
    durationMs: 300_000,
    cause: { source: 'stream-ended', text: null },
  }),
  event('stream.offline', 1_200, { ...GONE, stream: 'cam-9', severity: 'warning' }),
];

const SESSION: SessionRecord = {
  server: 'main',
  stream: 'van-7',
  connection: 'c1',
  protocol: 'srt',
  role: 'publish',
  remoteAddr: '192.0.2.0',
  user: 'crew',
  userAgent: null,
  start: after(-3_600),
  end: after(10),
  unseenSince: null,
  inboundBytes: 900_000_000,
  outboundBytes: 0,
  meanMbps: 2,
  peakMbps: 2.6,
  rttWorstMs: 41.2,
  rttP95Ms: 22.1,
  lossMeanPercent: 0.2,
  lossWorstPercent: 1.8,
  discards: null,
  healthMs: { ok: 3_570_000, warning: 28_000, critical: 0, unknown: 12_000 },
  cause: { source: 'unknown', text: null },
};

/** Who published van-7, and who watched it. */
export const NIGHTS_SESSIONS: readonly SessionRecord[] = [
  SESSION,
  {
    ...SESSION,
    connection: 'r1',
    role: 'read',
    protocol: 'webrtc',
    user: null,
    start: after(1_000),
    end: after(1_300),
    inboundBytes: 0,
    outboundBytes: null,
    meanMbps: null,
    healthMs: { ok: 0, warning: 0, critical: 0, unknown: 300_000 },
    cause: { source: 'stream-ended', text: null },
  },
];

/** Writes the night down as a collector did, and what is there now. */
export async function writeNight(publisher: TestPublisher): Promise<void> {
  const { redis, names } = publisher;
  const pipeline = redis.pipeline();
  for (const one of NIGHTS_EVENTS.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    pipeline.xadd(names.events, `${Date.parse(one.at)}-*`, 'json', JSON.stringify(one));
  }
  for (const one of NIGHTS_SESSIONS) {
    pipeline.xadd(names.sessions, `${Date.parse(one.end ?? '')}-*`, 'json', JSON.stringify(one));
  }
  for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
  const now = new Date().toISOString();
  const head = headOf({ server: 'main', collectedAt: now, publishedAt: now, intervalMs: 300_000 });
  await publisher.publish(head, ['cam-1', 'cam-2', 'van-7'].map(streamOf));
}
