import { expect, test } from '@jest/globals';
import { NO_BASELINE, parseBaseline, withLastSeen } from '../../../src/derive/index.ts';
import { momentAt, rtmpConnection, START_MS, TICK_MS } from '../facts.ts';
import { DOWN, IDLE_PATH, LIVE, NONE, story, WATCHED } from './story.ts';

const NOW = momentAt(START_MS + 100_000);

test('what was told is read back as it was', () => {
  const told = story();
  told.tick({ ...WATCHED, startedAtMs: START_MS - 5_000 });
  told.tick(IDLE_PATH);
  told.tick({ ...WATCHED, paths: [...(WATCHED.paths ?? [])] });
  told.tick(DOWN);
  const before = told.baseline();
  told.restart();
  const { server, streams, sessions } = told.baseline();
  const wallOf = (baseline: typeof before.server) =>
    baseline === null
      ? null
      : [baseline.lookedAt, baseline.listedAt, baseline.unreachableSince].map((moment) => moment?.wallMs);
  expect(wallOf(server)).toStrictEqual(wallOf(before.server));
  expect(server?.startedAt).toBe(before.server?.startedAt);
  expect([...streams]).toStrictEqual([...before.streams]);
  expect([...sessions].map(([id, { owner }]) => [id, owner.stream])).toStrictEqual([
    ['publisher-1', 'cam'],
    ['rtmp-1', 'cam'],
  ]);
});

test('of an empty hash nothing is known', () => {
  expect(parseBaseline(new Map(), NOW)).toStrictEqual(NO_BASELINE);
});

test('what isn’t ours, or can’t be understood, counts as not there', () => {
  const stream = { state: 'live', liveSince: null, changedAt: null, health: 'ok', sourceType: null };
  const fields = new Map([
    ['batch', '17 4'],
    ['server', '{"lookedAt":"yesterday"}'],
    ['stream', JSON.stringify(stream)],
    ['stream a', 'no JSON'],
    ['stream b', '[]'],
    ['stream c', JSON.stringify({ ...stream, state: 'idle' })],
    ['stream d', JSON.stringify({ ...stream, health: 'unknown' })],
    ['stream e f', JSON.stringify({ ...stream, run: 5, later: true })],
    ['connection g', '{}'],
    ['alert h', '{}'],
  ]);
  expect(parseBaseline(fields, NOW)).toStrictEqual({
    server: null,
    streams: new Map([['e f', { ...stream, confName: null, run: null }]]),
    sessions: new Map(),
  });
  expect(parseBaseline(new Map([['server', 'null']]), NOW).server).toBeNull();
});

test('counters that were published later than they were written down count; nothing else that was published does', () => {
  const told = story();
  told.tick(NONE);
  told.tick(WATCHED);
  const published = (outboundBytes: number, fields = {}) => ({
    connections: story().tick({
      ...LIVE,
      connections: [
        rtmpConnection(9, { outboundBytes, ...fields }),
        rtmpConnection(0, { id: 'rtmp-2', outboundBytes }),
      ],
    }).snapshot.connections,
    gone: [],
  });
  told.restart();
  const baseline = told.baseline();
  const sessionOf = (from: Parameters<typeof withLastSeen>[1]) => withLastSeen(baseline, from).sessions;
  expect(sessionOf(published(5_000)).get('rtmp-1')).toMatchObject({ outboundBytes: 5_000, discards: 9 });
  expect([...sessionOf(published(5_000)).keys()]).toStrictEqual([...baseline.sessions.keys()]);
  const { connections: gone } = published(7_000);
  expect(sessionOf({ ...published(5_000), gone }).get('rtmp-1')).toMatchObject({ outboundBytes: 7_000 });
  expect(sessionOf(published(5_000, { stream: 'other' })).get('rtmp-1')).toMatchObject({ outboundBytes: 0 });
});

test('while nothing changes the baseline’s parts stay the same objects', () => {
  const told = story();
  told.tick(LIVE);
  const { streams } = told.baseline();
  told.tick(
    { ...LIVE, paths: (LIVE.paths ?? []).map((path) => ({ ...path, inboundBytes: 2_000_000 })) },
    TICK_MS,
  );
  expect(told.baseline().streams).toBe(streams);
  told.tick(DOWN);
  expect(told.baseline().streams).toBe(streams);
});
