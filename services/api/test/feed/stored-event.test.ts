import { expect, test } from '@jest/globals';
import { type EventType, type MonitorEvent, NO_EVENT_ID } from '@mediamtx-monitor/types';
import { parseStoredEvent } from '../../src/feed/stored-event.ts';
import { storedEvent } from '../happening.ts';

const parse = (members: object) => parseStoredEvent({ id: NO_EVENT_ID, json: JSON.stringify(members) });
const restarted = { ...storedEvent({ type: 'stream.restarted' }), gapMs: 5_000 };
const ofServer = { ...storedEvent({ type: 'server.restarted' }), stream: undefined, sourceType: undefined };
const opened = {
  ...storedEvent({ type: 'connection.opened' }),
  sourceType: undefined,
  connection: 'c',
  protocol: 'srt',
  role: 'read',
};
const health = {
  ...storedEvent({ type: 'stream.health' }),
  from: 'ok',
  to: 'warning',
  reasons: [{ code: 'link-loss', severity: 'warning' }],
};
const fleet = { ...ofServer, server: '' };
const firing = { ...fleet, type: 'alert.firing', alert: 'a', reasons: health.reasons };
const silenced = { ...fleet, type: 'silence.added', silence: 's', by: 'ops', until: restarted.at };
const failed = { ...fleet, type: 'notification.failed', target: 'mail', error: 'refused' };
const unreachable = { ...ofServer, type: 'server.unreachable', status: 'timeout' };
const trimmed = { ...ofServer, type: 'events.trimmed', count: 1, until: restarted.at };

test.each([
  ['of a stream', restarted],
  ['of a server', ofServer],
  ['of a connection', opened],
  ['of a type that isn’t known', { ...ofServer, type: 'disk.full' }],
  ['of the first year', { ...restarted, at: '0000-01-01T00:00:00Z', since: '0001-01-01T00:00:00Z' }],
])('an event %s can be used', (_what, event) => {
  expect(parse(event)).toHaveProperty('event.type', event.type);
});

test.each([
  ['stream', { ...restarted, stream: null }],
  ['stream', { ...ofServer, stream: null }],
  ['stream', { ...restarted, stream: undefined }],
  ['stream', { ...restarted, type: 'server.restarted', stream: undefined }],
  ['stream', { ...opened, stream: undefined }],
  ['gapMs', { ...restarted, gapMs: 9e15 }],
  ['stalledMs', { ...restarted, stalledMs: 9e15 }],
  ['unreachableMs', { ...ofServer, unreachableMs: 9e15 }],
  ['gapMs', { ...restarted, gapMs: -1 }],
  ['at', { ...restarted, at: '+010000-01-01T00:00:00Z' }],
  ['since', { ...restarted, since: '-000001-01-01T00:00:00Z' }],
])('one is left out for its %s: %j', (name, event) => {
  expect(parse(event)).toStrictEqual({ reason: expect.stringContaining(name) });
});

/** Values that no member has which is a text, a number or a list of reasons. */
const ODD = [undefined, null, {}, [null], [1], [{}], [{ code: 1, severity: 'warning' }], true];

test.each([
  ['reasons', health],
  ['to', health],
  ['from', health],
  ['protocol', opened],
  ['role', opened],
  ['connection', opened],
  ['status', unreachable],
  ['count', trimmed],
  ['until', trimmed],
  ['reasons', firing],
  ['alert', firing],
  ['reasons', { ...firing, type: 'alert.resolved' }],
  ['by', { ...firing, type: 'alert.acknowledged', by: 'ops' }],
  ['by', silenced],
  ['silence', silenced],
  ['silence', { ...silenced, type: 'silence.ended' }],
  ['target', failed],
  ['error', failed],
])('one without a right %s is left out: %j', (name, event) => {
  expect(parse(event)).toHaveProperty('event.type', event.type);
  for (const value of ODD)
    expect(parse({ ...event, [name]: value })).toStrictEqual({ reason: expect.stringContaining(name) });
});

test.each<[EventType, object, readonly string[]]>([
  ['stream.restarted', restarted, ['gapMs', 'sourceType', 'expected']],
  ['stream.recovered', restarted, ['stalledMs']],
  ['stream.offline', restarted, ['liveSince']],
  ['connection.closed', opened, ['durationMs', 'remoteAddr', 'user']],
  ['server.reachable', ofServer, ['unreachableMs']],
  ['server.restarted', ofServer, ['version']],
  ['alert.acknowledged', { ...firing, by: 'ops' }, ['comment']],
  ['silence.added', silenced, ['match', 'reason', 'comment']],
  ['silence.ended', silenced, ['by']],
])('what %s may lack is null, in the JSON, too, and nothing else', (type, whole, names) => {
  for (const name of names) {
    const kept = parse({ ...whole, type, [name]: undefined });
    expect(kept).toHaveProperty(['event', name], null);
    if ('json' in kept) expect((JSON.parse(kept.json) as MonitorEvent)[name as 'type']).toBeNull();
    expect(parse({ ...whole, type, [name]: {} })).toStrictEqual({ reason: expect.stringContaining(name) });
  }
});
