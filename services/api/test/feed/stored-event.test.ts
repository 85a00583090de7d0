import { expect, test } from '@jest/globals';
import { NO_EVENT_ID } from '@mediamtx-monitor/types';
import { parseStoredEvent } from '../../src/feed/stored-event.ts';
import { storedEvent } from '../happening.ts';

const parse = (members: object) => parseStoredEvent({ id: NO_EVENT_ID, json: JSON.stringify(members) });
const restarted = { ...storedEvent({ type: 'stream.restarted' }), gapMs: 5_000 };
const ofServer = { ...storedEvent({ type: 'server.restarted' }), stream: undefined, sourceType: undefined };
const opened = { ...storedEvent({ type: 'connection.opened' }), sourceType: undefined };

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
