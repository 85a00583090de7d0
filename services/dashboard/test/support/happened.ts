import type { MonitorEvent } from '@mediamtx-monitor/types';

/** A moment of a test's day, so many seconds after its beginning. */
export function second(seconds: number): string {
  return new Date(Date.parse('2026-01-01T00:00:00.000Z') + seconds * 1_000).toISOString();
}

const MEMBERS = new Map<string, object>([
  [
    'stream.offline',
    { state: 'idle', liveSince: null, severity: 'warning', cause: { source: 'unknown', text: null } },
  ],
  ['stream.stalled', { severity: 'critical' }],
  ['stream.restarted', { severity: 'warning', gapMs: null, cause: { source: 'unknown', text: null } }],
  ['stream.recovered', { stalledMs: null }],
  [
    'stream.health',
    { from: 'ok', to: 'warning', severity: 'warning', reasons: [{ code: 'link-loss', severity: 'warning' }] },
  ],
  ['server.unreachable', { severity: 'critical', status: 'down' }],
  ['server.reachable', { unreachableMs: null }],
  ['server.restarted', { severity: 'warning', version: 'v1.20.1' }],
  ['server.unobserved', { severity: 'warning' }],
  ['events.trimmed', { severity: 'warning', count: 3 }],
  ['alert.firing', { severity: 'critical', alert: 'a', reasons: [], returns: 0 }],
  ['alert.resolved', { alert: 'a', reasons: [], returns: 0 }],
  ['alert.acknowledged', { alert: 'a', by: 'kim', comment: null }],
  [
    'silence.added',
    { silence: 's', by: 'kim', match: null, reason: null, until: second(3_600), comment: 'work' },
  ],
  ['silence.ended', { silence: 's', by: null }],
  [
    'notification.failed',
    { severity: 'warning', server: '', target: 'phone', message: 'm', error: 'no route' },
  ],
]);
const CONNECTION = {
  stream: 'cam',
  connection: 'c',
  protocol: 'srt',
  role: 'publish',
  remoteAddr: '192.0.2.0',
  user: null,
  durationMs: null,
  inboundBytes: null,
  outboundBytes: null,
};

/** Something that happened to stream `cam` of server `main`, or to that. */
export function happened(type: MonitorEvent['type'], seconds: number, changes: object = {}): MonitorEvent {
  return {
    id: `${seconds * 1_000}-0`,
    type,
    at: second(seconds),
    server: 'main',
    severity: 'info',
    since: null,
    unseenSince: null,
    cause: null,
    ...(type.startsWith('stream.') && { stream: 'cam', sourceType: 'srtConn', expected: null }),
    ...(type.startsWith('connection.') && CONNECTION),
    ...MEMBERS.get(type),
    ...changes,
  } as MonitorEvent;
}
