import { describe, expect, test } from '@jest/globals';
import type { ConnectionFact } from '../../../src/protocols/index.ts';
import {
  isoAfter,
  pathFact,
  rtmpConnection,
  rtspConnection,
  srtConnection,
  START_MS,
  TICK_MS,
} from '../facts.ts';
import { DOWN, failing, IDLE_PATH, LIVE, NONE, story, WATCHED } from './story.ts';

const viewer = (fields = {}) => rtmpConnection(0, { outboundBytes: 1_000, ...fields });
const withViewer = { ...LIVE, connections: [srtConnection(), viewer()] };
const watching = () => {
  const told = story();
  told.tick(NONE);
  told.tick(WATCHED);
  return told;
};

test('of what is open when nobody had ever looked only that is told, but its session began when it was opened', () => {
  const told = story();
  expect(told.types(WATCHED)).toStrictEqual(['server.unobserved']);
  const { events, sessions } = told.tick({ ...LIVE, connections: [srtConnection()] });
  expect(events).toMatchObject([{ type: 'connection.closed', connection: 'rtmp-1', durationMs: 64_000 }]);
  expect(sessions).toMatchObject([{ connection: 'rtmp-1', start: isoAfter(-60_000), end: isoAfter(4_000) }]);
});

test('a connection opens and closes', () => {
  const told = story();
  told.tick(LIVE);
  const who = {
    server: 'main',
    stream: 'cam',
    connection: 'rtmp-1',
    protocol: 'rtmp',
    role: 'read',
    remoteAddr: '192.0.2.0',
    user: null,
    severity: 'info',
    unseenSince: null,
  };
  expect(told.events({ ...LIVE, connections: [viewer()] })).toStrictEqual([
    { type: 'connection.opened', ...who, at: isoAfter(2 * TICK_MS), since: isoAfter(-60_000), cause: null },
  ]);
  const more = { paths: [pathFact({ inboundBytes: 2_000_000 })] };
  expect(told.types({ ...more, connections: [viewer({ outboundBytes: 7_000 })] })).toStrictEqual([]);
  const { changes } = told.tick(more);
  expect(changes).toHaveLength(1);
  expect(changes[0]?.event).toStrictEqual({
    type: 'connection.closed',
    ...who,
    at: isoAfter(4 * TICK_MS),
    since: null,
    durationMs: 68_000,
    inboundBytes: 0,
    outboundBytes: 7_000,
    cause: { source: 'unknown', text: null },
  });
  expect(changes[0]?.session).toMatchObject({ connection: 'rtmp-1', outboundBytes: 7_000 });
  expect(changes[0]?.baseline).toMatchObject({ 'connection rtmp-1': null });
  expect(told.hash().has('connection rtmp-1')).toBe(false);
});

test('one that does something else is another session', () => {
  const told = watching();
  const elsewhere = [srtConnection(), viewer({ stream: 'other' })];
  const facts = { paths: [pathFact(), pathFact({ name: 'other' })], connections: elsewhere };
  const { events, sessions } = told.tick(facts);
  expect(events.map(({ type }) => type)).toStrictEqual([
    'stream.online',
    'connection.closed',
    'connection.opened',
  ]);
  expect(sessions).toMatchObject([{ stream: 'cam' }]);
  expect(told.types({ ...facts, connections: [srtConnection(), viewer({ role: 'idle' })] })).toStrictEqual([
    'connection.closed',
  ]);
});

test('idle ones, pulled links and muxers are nobody', () => {
  const told = story();
  told.tick(NONE);
  const muxer: ConnectionFact = {
    id: 'hls:cam',
    list: 'hlsmuxers',
    stream: 'cam',
    role: 'read',
    remoteAddr: null,
    user: null,
    userAgent: null,
    openedAtMs: null,
    inboundBytes: null,
    outboundBytes: 1_000,
    protocol: 'hls',
    lastRequestAtMs: null,
    cdn: null,
    framesDiscarded: 0,
  };
  const link = srtConnection({}, { id: 'pull:cam' });
  const idle = [viewer({ id: 'a', role: 'idle' }), viewer({ id: 'b', stream: null })];
  const { snapshot, events } = told.tick({ ...LIVE, connections: [muxer, link, ...idle] });
  expect(snapshot.connections).toHaveLength(4);
  expect(events.map(({ type }) => type)).toStrictEqual(['stream.online']);
  expect(told.baseline().sessions.size).toBe(0);
});

test('who it is is written down as soon as that is known', () => {
  const told = watching();
  const named = { ...rtmpConnection(0), user: 'ann' };
  expect(told.tick({ ...LIVE, connections: [srtConnection(), named] }).changes).toHaveLength(1);
  told.restart();
  expect(told.tick({ ...LIVE, connections: [srtConnection()] }).sessions).toMatchObject([{ user: 'ann' }]);
});

describe('a connection whose list failed', () => {
  test('neither closes nor opens, until it is read again', () => {
    const told = watching();
    expect(told.types(failing(LIVE, 'rtmp'))).toStrictEqual(['connection.closed']);
    expect([...told.baseline().sessions.keys()]).toStrictEqual(['rtmp-1']);
    expect(told.types(WATCHED)).toStrictEqual(['connection.opened']);
  });

  test('closes with since when nobody saw it', () => {
    const told = watching();
    for (let tick = 0; tick < 5; tick += 1) told.tick(failing(withViewer, 'rtmp'));
    expect(told.tick({ ...LIVE, connections: [srtConnection()] }).sessions).toMatchObject([
      { connection: 'rtmp-1', end: isoAfter(8 * TICK_MS), unseenSince: isoAfter(2 * TICK_MS) },
    ]);
  });

  test('stays open for a collector that starts then, too', () => {
    const told = watching();
    told.restart();
    told.tick(failing({ ...LIVE, connections: [srtConnection()] }, 'rtmp'));
    expect(told.types(WATCHED)).toStrictEqual([]);
  });

  test('all of them while MediaMTX can’t be read', () => {
    const told = watching();
    expect(told.types(DOWN)).toStrictEqual(['server.unreachable']);
    expect(told.types(WATCHED)).toStrictEqual(['server.reachable']);
  });
});

describe('why it closed', () => {
  const causesOf = (told: ReturnType<typeof story>, facts: Parameters<typeof told.tick>[0]) =>
    told.tick(facts).sessions.map(({ connection, cause }) => [connection, cause?.source]);

  test('a viewer’s stream ended; a publisher’s is what ends it', () => {
    expect(causesOf(watching(), IDLE_PATH)).toStrictEqual([
      ['publisher-1', 'unknown'],
      ['rtmp-1', 'stream-ended'],
    ]);
    const told = watching();
    told.tick({ ...IDLE_PATH, connections: [viewer()] });
    expect(causesOf(told, IDLE_PATH)).toStrictEqual([['rtmp-1', 'stream-ended']]);
  });

  test('its stream began anew', () => {
    const anew = {
      paths: [pathFact({ sourceId: 'publisher-2', readyAtMs: START_MS })],
      connections: [srtConnection({}, { id: 'publisher-2' })],
    };
    expect(causesOf(watching(), anew)).toStrictEqual([
      ['publisher-1', 'unknown'],
      ['rtmp-1', 'stream-ended'],
    ]);
  });

  test('its path follows another entry, or MediaMTX was restarted', () => {
    expect(
      causesOf(watching(), { paths: [pathFact({ confName: 'cam', readyAtMs: START_MS })] }),
    ).toStrictEqual([
      ['publisher-1', 'path-changed'],
      ['rtmp-1', 'path-changed'],
    ]);
    const told = story();
    told.tick({ ...WATCHED, startedAtMs: START_MS - 1_000 });
    expect(causesOf(told, { ...NONE, startedAtMs: START_MS + 3_000 })).toStrictEqual([
      ['publisher-1', 'server-restarted'],
      ['rtmp-1', 'server-restarted'],
    ]);
  });
});

test('addresses are kept as far as SESSION_ADDRESSES lets them be', () => {
  const addressOf = (sessionAddresses: 'full' | 'masked', remoteAddr: string | null) => {
    const told = story({ sessionAddresses });
    told.tick(LIVE);
    const facts = { ...LIVE, connections: [{ ...viewer(), remoteAddr }] };
    const [event] = told.events(facts);
    const [session] = told.tick(LIVE).sessions;
    const kept = event !== undefined && 'remoteAddr' in event ? event.remoteAddr : undefined;
    expect(session?.remoteAddr).toBe(kept);
    return kept;
  };
  expect(addressOf('full', '192.0.2.7:50000')).toBe('192.0.2.7:50000');
  expect(addressOf('masked', '192.0.2.7:50000')).toBe('192.0.2.0');
  expect(addressOf('masked', '[2001:db8:1:2::7]:50000')).toBe('2001:db8:1::');
  // As REMOTE_ADDR=masked and none have left them.
  expect(addressOf('masked', '192.0.2.0')).toBe('192.0.2.0');
  expect(addressOf('full', '192.0.2.0')).toBe('192.0.2.0');
  expect(addressOf('full', null)).toBeNull();
});

test('2,000 open sessions are written down within five minutes, once each and not all at once', () => {
  const connections = Array.from({ length: 2_000 }, (_, index) =>
    rtspConnection({}, { id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}` }),
  );
  const told = story();
  told.tick({ ...LIVE, connections });
  const written = new Map<string, number>();
  let most = 0;
  for (let tick = 0; tick < 30; tick += 1) {
    const fields = told
      .tick({ ...LIVE, connections }, 10_000)
      .changes.flatMap(({ baseline }) => Object.keys(baseline))
      .filter((field) => field.startsWith('connection '));
    most = Math.max(most, fields.length);
    for (const field of fields) written.set(field, (written.get(field) ?? 0) + 1);
  }
  expect(written.size).toBe(2_000);
  expect(Math.max(...written.values())).toBe(1);
  expect(most).toBeLessThan(200);
});

test('a session in which its stream stalled was in trouble from the last byte on', () => {
  const told = story();
  const connections = [srtConnection(), viewer()];
  const bytes = (inboundBytes: number) => ({ paths: [pathFact({ inboundBytes })], connections });
  for (const count of [1, 2, 3]) told.tick(bytes(count * 1_000_000));
  for (let times = 0; times < 4; times += 1) told.tick(bytes(3_000_000));
  for (const count of [4, 5]) told.tick(bytes(count * 1_000_000));
  const { sessions } = told.tick(NONE);
  // 4 ticks without a byte, and the one in which the first came.
  expect(sessions.map(({ healthMs }) => healthMs?.critical)).toStrictEqual([5 * TICK_MS, 5 * TICK_MS]);
});
