import { describe, expect, test } from '@jest/globals';
import { DEFAULT_THRESHOLDS } from '../../../src/derive/index.ts';
import { IDLE, isoAfter, pathFact, READY_MS, START_MS, TICK_MS } from '../facts.ts';
import { DOWN, IDLE_PATH, LIVE, live, lived, NONE, paths, story } from './story.ts';

const NEW_RUN = { readyAtMs: START_MS, sourceId: 'publisher-2', inboundBytes: 10 };

test('of what is live when nobody had ever looked only that is told, but it is known from then on', () => {
  const told = story();
  const { events, changes } = told.tick(LIVE);
  expect(events).toMatchObject([{ type: 'server.unobserved' }]);
  expect(changes).toHaveLength(2);
  expect(JSON.parse(told.hash().get('stream cam') ?? '')).toStrictEqual({
    state: 'live',
    liveSince: isoAfter(-60_000),
    changedAt: null,
    health: 'ok',
    sourceType: 'srtConn',
    confName: 'all_others',
    run: `${READY_MS} publisher-1`,
  });
  expect(told.types(live(1))).toStrictEqual([]);
});

test('a stream that comes is online, since MediaMTX says it is', () => {
  const told = story();
  told.tick(NONE);
  expect(told.events(LIVE)).toStrictEqual([
    {
      type: 'stream.online',
      at: isoAfter(2 * TICK_MS),
      server: 'main',
      stream: 'cam',
      since: isoAfter(-60_000),
      unseenSince: null,
      cause: null,
      sourceType: 'srtConn',
      expected: false,
      severity: 'info',
    },
  ]);
});

test('one that goes is offline at once, as bad as it is missed', () => {
  const told = lived();
  expect(told.events(IDLE_PATH)).toMatchObject([
    {
      type: 'stream.offline',
      at: isoAfter(11 * TICK_MS),
      since: null,
      state: 'idle',
      liveSince: isoAfter(-60_000),
      sourceType: 'srtConn',
      severity: 'warning',
      cause: { source: 'unknown', text: null },
    },
    { type: 'stream.health', from: 'ok', to: 'warning', reasons: [{ code: 'off-air', severity: 'warning' }] },
  ]);
  const unmissed = lived(10, {
    thresholdsOf: () => ({ ...DEFAULT_THRESHOLDS, 'off-air': { warning: null, critical: null } }),
  });
  expect(unmissed.events(IDLE_PATH)).toMatchObject([{ type: 'stream.offline', severity: 'info' }]);
});

test('what comes on demand may go', () => {
  const onDemand = {
    configurations: new Map([['all_others', { sourceOnDemand: true, runOnDemand: false }]]),
  };
  const told = story();
  for (let tick = 0; tick < 10; tick += 1) told.tick({ ...live(tick), details: onDemand });
  expect(told.events({ ...IDLE_PATH, details: onDemand })).toMatchObject([
    { type: 'stream.offline', severity: 'info' },
  ]);
  expect(told.events({ ...paths(NEW_RUN), details: onDemand })).toMatchObject([
    { type: 'stream.restarted', severity: 'info' },
  ]);
});

describe('a stream that comes back', () => {
  test('within the window was restarted, with the time it was away', () => {
    const told = lived();
    told.tick(IDLE_PATH);
    told.tick(NONE, 20_000);
    expect(told.events(paths(NEW_RUN))).toMatchObject([
      { type: 'stream.restarted', gapMs: 22_000, severity: 'warning', cause: { source: 'unknown' } },
      { type: 'stream.health', from: 'warning', to: 'ok', severity: 'info' },
    ]);
  });

  test.each([
    [30_000, 'stream.restarted'],
    [30_001, 'stream.online'],
  ])('after %d ms is %s', (awayMs, type) => {
    const told = lived();
    told.tick(IDLE_PATH);
    expect(told.types(paths(NEW_RUN), awayMs)).toStrictEqual(['server.unobserved', type, 'stream.health']);
  });

  test('after it is online, though ticks came meanwhile', () => {
    const told = lived();
    told.tick(IDLE_PATH);
    for (let waited = 0; waited < 30_000; waited += 6_000) told.tick(IDLE_PATH, 6_000);
    expect(told.types(paths(NEW_RUN))).toStrictEqual(['stream.online', 'stream.health']);
  });

  test('within the window after a restart of the collector, too', () => {
    const told = lived();
    told.tick(IDLE_PATH);
    told.restart(10_000);
    const [unobserved, restarted] = told.events(paths(NEW_RUN));
    expect(unobserved).toMatchObject({ type: 'server.unobserved' });
    expect(restarted).toMatchObject({
      type: 'stream.restarted',
      gapMs: 12_000,
      unseenSince: isoAfter(22_000),
    });
  });

  test.each([3_600_000, -3_600_000, 31_536_000_000])('however the clock is set meanwhile (%d ms)', (byMs) => {
    const told = lived();
    told.tick(IDLE_PATH);
    told.setClock(byMs);
    expect(told.events(paths(NEW_RUN))).toMatchObject([
      { type: 'stream.restarted', gapMs: TICK_MS, unseenSince: null },
      { type: 'stream.health' },
    ]);
  });

  test('between two ticks was restarted: another publisher, another run, or fewer bytes', () => {
    for (const fields of [
      { sourceId: 'publisher-2', inboundBytes: 20_000_000 },
      { readyAtMs: START_MS + 1, inboundBytes: 20_000_000 },
      { inboundBytes: 5 },
    ]) {
      const told = lived();
      expect(told.events(live(10, fields))).toMatchObject([{ type: 'stream.restarted', gapMs: null }]);
      expect(told.types(live(20, fields))).toStrictEqual([]);
    }
  });
});

describe('while the path list can’t be read', () => {
  test('a stream neither goes nor comes, and what changed meanwhile is told with since when nobody saw it', () => {
    const told = lived();
    expect(told.types(DOWN)).toStrictEqual(['server.unreachable']);
    expect(told.types(DOWN, 60_000)).toStrictEqual(['server.unobserved']);
    expect(told.events(NONE)).toMatchObject([
      { type: 'server.reachable', unreachableMs: 62_000 },
      { type: 'stream.offline', unseenSince: isoAfter(10 * TICK_MS) },
      { type: 'stream.health' },
    ]);
  });

  test('one that stayed is as it was', () => {
    const told = lived();
    told.tick(DOWN);
    told.tick(DOWN, 60_000);
    expect(told.types(live(20))).toStrictEqual(['server.reachable']);
  });
});

describe('why it went', () => {
  const causeOf = (told: ReturnType<typeof story>, facts: Parameters<typeof told.tick>[0]) =>
    told.events(facts).find(({ type }) => type === 'stream.offline')?.cause;

  test('MediaMTX doesn’t list it any more', () => {
    expect(causeOf(lived(), NONE)).toStrictEqual({ source: 'missing-from-list', text: null });
  });

  test('its entry is gone from MediaMTX’s configuration, or it follows another', () => {
    const told = story();
    for (let tick = 0; tick < 10; tick += 1) told.tick(live(tick, { confName: 'cam' }));
    expect(causeOf(told, NONE)).toStrictEqual({ source: 'path-changed', text: null });
    const moved = lived();
    expect(causeOf(moved, paths({ ...IDLE, confName: 'cam' }))).toStrictEqual({
      source: 'path-changed',
      text: null,
    });
  });

  test('MediaMTX says so, without addresses', () => {
    const error = 'dial tcp 192.0.2.55:554: connection refused';
    const pulled = { confName: 'cam', sourceType: 'rtspSource', sourceId: null };
    const told = story();
    for (let tick = 0; tick < 10; tick += 1) told.tick(live(tick, pulled));
    const sources = new Map([['cam', { fact: { state: 'error', error, link: null }, receivedAtMs: 22_000 }]]);
    const failed = { ...paths({ ...IDLE, ...pulled, online: true }), details: { sources } };
    expect(told.events(failed)).toMatchObject([
      {
        type: 'stream.offline',
        severity: 'critical',
        cause: { source: 'last-error', text: 'dial tcp 192.0.2.0: connection refused' },
      },
      {
        type: 'stream.health',
        cause: { source: 'last-error', text: 'dial tcp 192.0.2.0: connection refused' },
      },
    ]);
  });

  test('MediaMTX was restarted', () => {
    const told = story();
    for (let tick = 0; tick < 10; tick += 1) told.tick({ ...live(tick), startedAtMs: START_MS - 1_000 });
    const restarted = { ...NONE, startedAtMs: START_MS + 19_000 };
    expect(told.events(restarted)).toMatchObject([
      { type: 'server.restarted', since: isoAfter(19_000), severity: 'warning', version: 'v1.20.1' },
      { type: 'stream.offline', cause: { source: 'server-restarted', text: null } },
      { type: 'stream.health' },
    ]);
    expect(told.types(restarted)).toStrictEqual([]);
  });
});

test('once nobody misses it any more it is well again, and nothing is kept of it', () => {
  const told = lived();
  told.tick(NONE);
  expect(told.hash().has('stream cam')).toBe(true);
  expect(told.types(NONE, 599_000)).toStrictEqual(['server.unobserved']);
  expect(told.events(NONE)).toMatchObject([
    { type: 'stream.health', from: 'warning', to: 'ok', reasons: [] },
  ]);
  expect([...told.hash().keys()]).toStrictEqual(['server']);
  expect(told.baseline().streams.size).toBe(0);
});

test('what was off and well is forgotten once it can’t be back soon any more, without an event', () => {
  const told = lived(10, {
    thresholdsOf: () => ({ ...DEFAULT_THRESHOLDS, 'off-air': { warning: null, critical: null } }),
  });
  told.tick(IDLE_PATH);
  expect(told.tick(IDLE_PATH).changes).toStrictEqual([]);
  const { changes } = told.tick(IDLE_PATH, 30_000);
  expect(changes.flatMap(({ baseline }) => Object.entries(baseline))).toStrictEqual(
    expect.arrayContaining([['stream cam', null]]),
  );
  expect(told.tick(IDLE_PATH).changes).toStrictEqual([]);
});

test('a name may be 1,000 characters long, and have blanks', () => {
  const name = `${'a b'.repeat(333)}c`;
  const told = story();
  told.tick(NONE);
  expect(told.events(paths({ name }))).toMatchObject([{ type: 'stream.online', stream: name }]);
  told.restart();
  expect([...told.baseline().streams.keys()]).toStrictEqual([name]);
  expect(told.types(paths({ name, inboundBytes: 2_000_000 }))).toStrictEqual([]);
});

test('10,000 streams that go in one tick are told once each, and each field of the baseline is written once an event', () => {
  const all = (fields = {}) => ({
    paths: Array.from({ length: 10_000 }, (_, index) => pathFact({ name: `cam/${index}`, ...fields })),
  });
  const told = story({ offAirMsOf: () => 0 });
  told.tick(all());
  const { events, changes } = told.tick(all(IDLE));
  expect(events).toHaveLength(10_000);
  expect(new Set(events.map((event) => ('stream' in event ? event.stream : ''))).size).toBe(10_000);
  expect(changes).toHaveLength(10_000);
  expect(changes.filter(({ baseline }) => 'server' in baseline)).toHaveLength(1);
  expect(changes.at(-1)?.baseline).toHaveProperty('server');
});
