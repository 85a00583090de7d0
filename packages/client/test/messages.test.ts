import { describe, expect, test } from '@jest/globals';
import { alertRecord, connectionRecord, hostRecord, streamRecord } from '@mediamtx-monitor/testkit';
import { parseMessage } from '../src/messages.ts';
import {
  alertsMessage,
  alertsStatusMessage,
  connectionsMessage,
  hostsMessage,
  hostStatusMessage,
  serversMessage,
  statusMessage,
  streamsMessage,
} from './support/messages.ts';

const error = { type: 'error', code: 'bad-message', detail: 'What to do.' };
const parse = (value: unknown) => parseMessage(JSON.stringify(value));

describe('parseMessage', () => {
  test.each([
    streamsMessage(),
    streamsMessage({ collectedAt: null }),
    serversMessage(),
    serversMessage({ attention: null }),
    serversMessage({
      attention: { count: 1, worst: [{ name: 'cam', state: 'idle', health: 'warning', reasons: [] }] },
    }),
    connectionsMessage(),
    hostsMessage(),
    statusMessage(),
    hostStatusMessage(),
    alertsMessage(),
    alertsStatusMessage(),
    statusMessage({ ageMs: null, stale: true }),
    statusMessage({ ageMs: null, stale: true, gone: true }),
    error,
  ])('takes what the API sends: $type', (message) => {
    expect(parse(message)).toStrictEqual(message);
  });

  test('takes members it does not know', () => {
    const message = { ...streamsMessage(), mood: 'good' };
    expect(parse(message)).toStrictEqual(message);
  });

  const event = {
    id: '5-0',
    type: 'stream.online',
    at: '2026-01-01T00:00:00Z',
    server: 'main',
    severity: 'info',
  };

  test.each([
    { type: 'events', v: 1, events: [event, { ...event, type: 'of.tomorrow', more: 1 }] },
    { type: 'events.trimmed', topic: 'events', after: '1-0', until: '2-0' },
    { type: 'cursor', cursor: 'events:1-0' },
  ])('takes what tells of events: %j', (message) => {
    expect(parse(message)).toStrictEqual(message);
  });

  test.each([
    { type: 'events', v: 1, events: [{ ...event, id: '5' }] },
    { type: 'events', v: 1, events: [{ ...event, at: 'soon' }] },
    { type: 'events', v: 1 },
    { type: 'events.trimmed', topic: 'events', after: '1-0' },
    { type: 'cursor' },
  ])('takes nothing that it could stumble over: %j', (message) => {
    expect(parse(message)).toMatchObject({ type: 'unreadable' });
  });

  test.each(['weather', 'alarms', '', 'constructor', '__proto__', 'toString'])(
    'leaves a message of the unknown kind %p alone',
    (type) => {
      expect(parse({ type, v: 9 })).toBeUndefined();
    },
  );

  test.each(
    [
      ['', '{', 'null', '1', '"text"', '[]', '{}', '{"type":1}', '{"type":null}'],
      [new Uint8Array([123, 125]), undefined, null, 5, {}],
    ].flat(),
  )('%p is unreadable', (data) => {
    expect(parseMessage(data)).toStrictEqual({ type: 'unreadable', reason: expect.any(String) });
  });

  test.each([
    { v: 2 },
    { v: undefined },
    { server: 1 },
    { epoch: '1' },
    { seq: null },
    { intervalMs: 0 },
    { intervalMs: -1 },
    { intervalMs: 1e12 },
    { intervalMs: '2000' },
    { collectedAt: 'yesterday' },
    { collectedAt: undefined },
    { publishedAt: null },
    { publishedAt: 'now' },
    { streams: {} },
    { streams: undefined },
  ])('a streams message with %j is a fault that says so', (fields) => {
    expect(parse({ ...streamsMessage(), ...fields })).toStrictEqual({
      type: 'unreadable',
      reason: expect.stringContaining('streams'),
    });
  });

  const ALERT = alertRecord();
  test.each([
    { publishedAt: 'now' },
    { counts: null },
    { targets: [7] },
    { silences: undefined },
    { alerts: {} },
    { alerts: [{ ...ALERT, id: 7 }] },
    { alerts: [{ ...ALERT, subject: 'main' }] },
    { alerts: [{ ...ALERT, subject: { kind: 'host' } }] },
    { alerts: [{ ...ALERT, reasons: [{}] }] },
    { alerts: [{ ...ALERT, since: 'now' }] },
    { alerts: [{ ...ALERT, mutedBy: 'main' }] },
    { alerts: [{ ...ALERT, silencedBy: 7 }] },
  ])('an alerts message with %j is a fault that says so', (fields) => {
    expect(parse({ ...alertsMessage(), ...fields })).toStrictEqual({
      type: 'unreadable',
      reason: expect.stringContaining('alerts'),
    });
  });

  const streamsHead = streamsMessage();
  const STREAM = streamRecord();

  test('takes records as they should be', () => {
    const message = { ...streamsHead, streams: [STREAM] };
    expect(parse(message)).toStrictEqual(message);
    const other = { ...connectionsMessage(), connections: [connectionRecord()] };
    expect(parse(other)).toStrictEqual(other);
  });

  const REASON = { code: 'server-unreachable', severity: 'critical', since: '2026-01-01T00:00:00.000Z' };
  const LAST = {
    liveAt: '2026-01-01T00:00:00.000Z',
    liveSince: '2026-01-01T00:00:00.000Z',
    tracks: ['H264'],
    media: { others: [] },
    publisher: null,
  };
  const FORWARD = { position: 1, protocol: 'rtmp', state: 'error', error: null };

  test.each([
    {},
    { reasons: [], sourceError: null },
    { reasons: [REASON], sourceError: { code: 'timeout', values: { url: 'x' } } },
    { reasons: [{ ...REASON, code: 'disk-full', severity: 'fatal' }] },
    { totals: { ...streamsHead.totals, missing: 3, asleep: 1 } },
  ])('takes heads of older and newer collectors: %j', (fields) => {
    const message = { ...streamsHead, ...fields };
    expect(parse(message)).toStrictEqual(message);
  });

  test.each([
    { reasons: null },
    { reasons: {} },
    { reasons: [null] },
    { reasons: [{ ...REASON, since: 'x' }] },
    { reasons: [{ ...REASON, code: 7 }] },
    { sourceError: 'x' },
    { name: 7 },
    { labels: { site: 7 } },
    { labels: null },
    { sourceError: { code: 'timeout' } },
    { sourceError: { code: 1, values: {} } },
  ])('a head with %j is unreadable', (fields) => {
    expect(parse({ ...streamsHead, ...fields })).toMatchObject({ type: 'unreadable' });
  });

  test.each([
    {},
    { last: null, expectedBy: null, pull: null, forwards: null },
    { state: 'missing', last: LAST, expectedBy: 'pull', pull: { onDemand: false }, forwards: [FORWARD] },
    {
      state: 'asleep',
      expectedBy: 'calendar',
      reasons: [{ ...REASON, code: 'bored' }],
      last: { ...LAST, mood: 1 },
    },
  ])('takes records of older and newer collectors: %j', (fields) => {
    const message = { ...streamsHead, streams: [{ ...STREAM, ...fields }] };
    expect(parse(message)).toStrictEqual(message);
  });

  test.each([
    null,
    7,
    [],
    {},
    { ...STREAM, last: {} },
    { ...STREAM, last: { ...LAST, liveAt: 'x' } },
    { ...STREAM, last: { ...LAST, tracks: null } },
    { ...STREAM, last: { ...LAST, media: null } },
    { ...STREAM, last: { ...LAST, publisher: 'x' } },
    { ...STREAM, pull: 'x' },
    { ...STREAM, forwards: {} },
    { ...STREAM, forwards: [null] },
    { ...STREAM, forwards: [{ ...FORWARD, position: 'x' }] },
    { ...STREAM, forwards: [{ ...FORWARD, protocol: 5 }] },
    { ...STREAM, forwards: [{ ...FORWARD, protocol: undefined }] },
    { ...STREAM, forwards: [{ ...FORWARD, state: {} }] },
    { ...STREAM, forwards: [{ ...FORWARD, error: ['x'] }] },
    { ...STREAM, forwards: [{ ...FORWARD, remoteAddr: {} }] },
    { ...STREAM, sourceType: 5 },
    { ...STREAM, last: { ...LAST, sourceType: 9 } },
    { ...STREAM, last: { ...LAST, protocol: 7 } },
    { ...STREAM, pull: { state: {} } },
    { ...STREAM, pull: { error: 1 } },
    { ...STREAM, name: undefined },
    { ...STREAM, state: null },
    { ...STREAM, since: 'x' },
    { ...STREAM, reasons: {} },
    { ...STREAM, reasons: [null] },
    { ...STREAM, reasons: [{ code: 'stalled', severity: 'critical', since: '2026-99' }] },
    { ...STREAM, tracks: [{}] },
    { ...STREAM, media: null },
    { ...STREAM, media: {} },
    { ...STREAM, readersByProtocol: [] },
  ])('a record that a page would stumble over makes a fault: %#', (record) => {
    expect(parse({ ...streamsHead, streams: [STREAM, record] })).toMatchObject({ type: 'unreadable' });
  });

  test('so does a connection, and so does a host', () => {
    for (const connection of [
      null,
      { ...connectionRecord(), since: 'x' },
      { ...connectionRecord(), reasons: 1 },
    ]) {
      expect(parse({ ...connectionsMessage(), connections: [connection] })).toMatchObject({
        type: 'unreadable',
      });
    }
    for (const host of [null, {}, { ...hostRecord(), cpu: null }, { ...hostRecord(), disks: [1] }]) {
      expect(parse({ ...hostsMessage(), hosts: [host] })).toMatchObject({ type: 'unreadable' });
    }
  });

  test('a connections message without its array is unreadable', () => {
    expect(parse({ ...connectionsMessage(), connections: undefined, streams: [] })).toMatchObject({
      type: 'unreadable',
    });
  });

  test.each([{ host: undefined }, { hosts: null }, { collectedAt: 'now' }, { v: 2 }])(
    'a hosts message with %j is unreadable',
    (fields) => {
      expect(parse({ ...hostsMessage(), ...fields })).toMatchObject({ type: 'unreadable' });
    },
  );

  test.each([{ server: null }, { stale: 'false' }, { ageMs: '5' }, { ageMs: undefined }])(
    'a status message with %j is unreadable',
    (fields) => {
      expect(parse({ ...statusMessage(), ...fields })).toMatchObject({ type: 'unreadable' });
    },
  );

  test.each([{ code: 1 }, { detail: undefined }])('an error message with %j is unreadable', (fields) => {
    expect(parse({ ...error, ...fields })).toMatchObject({ type: 'unreadable' });
  });

  test('a fault repeats nothing of what came', () => {
    const fault = parseMessage('{"type":"streams","v":1,"server":{"password":"secret"}}');
    expect(JSON.stringify(fault)).not.toMatch(/secret|password/);
  });
});
