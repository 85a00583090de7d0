import { describe, expect, test } from '@jest/globals';
import { EVENT_TYPES, type MonitorEvent, type SessionRecord } from '../../src/index.ts';
import { eventsMessageSchema, monitorEventSchema, sessionRecordSchema } from '../../src/schemas/index.ts';

const AT = '2026-01-01T12:00:00.000Z';
const base = {
  id: '1767268800000-0',
  at: AT,
  server: 'main',
  severity: 'info',
  since: null,
  unseenSince: null,
  cause: null,
} as const;
const ofStream = { ...base, stream: 'cam', sourceType: 'srtConn', expected: null } as const;
const ofConnection = {
  ...base,
  stream: 'cam',
  connection: 'a',
  protocol: 'srt',
  role: 'read',
  remoteAddr: null,
  user: null,
} as const;

const alert = { alert: 'a1', reasons: [{ code: 'off-air', severity: 'critical' }] } as const;

const EVENTS: readonly MonitorEvent[] = [
  { type: 'stream.online', ...ofStream },
  {
    type: 'stream.offline',
    ...ofStream,
    state: 'missing',
    liveSince: null,
    cause: { source: 'unknown', text: null },
  },
  { type: 'stream.stalled', ...ofStream },
  { type: 'stream.recovered', ...ofStream, stalledMs: null },
  {
    type: 'stream.health',
    ...ofStream,
    from: 'ok',
    to: 'critical',
    reasons: [{ code: 'off-air', severity: 'critical' }],
  },
  { type: 'stream.restarted', ...ofStream, gapMs: 2_000 },
  { type: 'connection.opened', ...ofConnection },
  { type: 'connection.closed', ...ofConnection, durationMs: 1, inboundBytes: null, outboundBytes: 5 },
  { type: 'server.unreachable', ...base, status: 'timeout' },
  { type: 'server.reachable', ...base, unreachableMs: 2_000 },
  { type: 'server.restarted', ...base, since: AT, version: 'v1.20.1' },
  { type: 'server.unobserved', ...base, unseenSince: AT },
  { type: 'events.trimmed', ...base, count: 3, until: AT },
  { type: 'alert.firing', ...base, ...alert, stream: 'cam', returns: 0 },
  { type: 'alert.resolved', ...base, ...alert, server: '', host: 'media-1', returns: 2 },
  { type: 'alert.acknowledged', ...base, alert: 'a1', by: 'ops', comment: null },
  {
    ...{ type: 'silence.added', ...base, server: '', silence: 's1', by: 'ops', until: AT, comment: 'repair' },
    ...{ match: 'cam/*', reason: null },
  },
  { type: 'silence.ended', ...base, silence: 's1', by: null },
  { type: 'notification.failed', ...base, server: '', target: 'phone', message: 'm1', error: 'HTTP 500' },
];

const SESSION: SessionRecord = {
  server: 'main',
  stream: 'cam',
  connection: 'a',
  protocol: 'srt',
  role: 'publish',
  remoteAddr: '192.0.2.0',
  user: null,
  userAgent: null,
  start: AT,
  end: null,
  unseenSince: null,
  inboundBytes: 1,
  outboundBytes: null,
  meanMbps: 1,
  peakMbps: null,
  rttWorstMs: null,
  rttP95Ms: null,
  lossMeanPercent: null,
  lossWorstPercent: null,
  discards: null,
  healthMs: { ok: 1, warning: 0, critical: 0, unknown: 0 },
  cause: null,
};

const mistakeIn = (event: object): string | undefined => monitorEventSchema.validate(event).error?.message;

test('there is an event of each type, and each is valid, also with members of newer collectors', () => {
  expect(EVENTS.map(({ type }) => type)).toStrictEqual([...EVENT_TYPES]);
  for (const event of EVENTS) {
    expect(mistakeIn(event)).toBeUndefined();
    expect(mistakeIn({ ...event, later: 1 })).toBeUndefined();
  }
  expect(eventsMessageSchema.validate({ type: 'events', v: 1, events: EVENTS }).error).toBeUndefined();
});

describe('an event that isn’t one', () => {
  const [online] = EVENTS;
  test.each([
    ['has no id', { ...online, id: undefined }],
    ['has an id of something else', { ...online, id: 'cam' }],
    ['has no time', { ...online, at: 'now' }],
    ['is of no server', { ...online, server: 'My Server' }],
    ['has no severity', { ...online, severity: 'bad' }],
    ['says nothing of its cause', { ...online, cause: undefined }],
  ])('%s', (_, event) => {
    expect(mistakeIn(event)).toBeDefined();
  });
});

test('a session, open or closed, is valid; one without its totals isn’t', () => {
  const check = (session: object) => sessionRecordSchema.validate(session).error;
  expect(check(SESSION)).toBeUndefined();
  expect(check({ ...SESSION, end: AT, cause: { source: 'stream-ended', text: null } })).toBeUndefined();
  for (const member of Object.keys(SESSION)) {
    expect(check({ ...SESSION, [member]: undefined })).toBeDefined();
  }
});
