import { describe, expect, test } from '@jest/globals';
import type { PathFact } from '../../src/facts.ts';
import {
  IDLE,
  iso,
  isoAfter,
  nextCollector,
  pathFact,
  READY_MS,
  srtConnection,
  START_MS,
  TICK_MS,
  ticker,
} from './facts.ts';

/** Some ticks of one collector, and a ticker of the next, which begins a tick later. */
function restartAfter(...ticks: Partial<PathFact>[]) {
  const first = ticker();
  const last = ticks.map((fields) => first.tick({ paths: [pathFact(fields)] })).at(-1);
  if (last === undefined) throw new Error('no tick');
  return nextCollector(START_MS + ticks.length * TICK_MS, last);
}

describe('reasons after a restart of the collector', () => {
  test('of a stream that went stay, for the rest of the 10 minutes', () => {
    const { path } = restartAfter({}, IDLE);
    expect(path(IDLE, 590_000)).toMatchObject({
      state: 'idle',
      since: isoAfter(2_000),
      reasons: [{ code: 'off-air', severity: 'warning', since: isoAfter(2_000) }],
      last: { liveAt: isoAfter(0), liveSince: iso(READY_MS), tracks: ['H264'] },
    });
    expect(path(IDLE, 8_000).health).toBe('warning');
    expect(path(IDLE)).toMatchObject({ health: 'ok', last: { liveAt: isoAfter(0) } });
  });

  test('of one that was stalled when it went are as grave as before', () => {
    const { path } = restartAfter({}, {}, {}, {}, IDLE);
    expect(path(IDLE).reasons).toMatchObject([{ code: 'off-air', severity: 'critical' }]);
  });

  test('of one that had just stalled and went while no collector ran are as grave', () => {
    const { path } = restartAfter({}, {}, {}, {});
    expect(path(IDLE).reasons).toMatchObject([{ code: 'off-air', severity: 'critical' }]);
  });

  test.each(['webRTCSession', 'WebRTCSession'])(
    'of one that a browser (%s) sent are a warning, stalled or not, before and after',
    (sourceType) => {
      const warning = { last: { wasStalled: true }, reasons: [{ code: 'off-air', severity: 'warning' }] };
      const first = ticker();
      for (let tick = 0; tick < 3; tick += 1) first.path({ sourceType });
      const stalled = first.tick({ paths: [pathFact({ sourceType })] });
      expect(stalled.streams[0]?.state).toBe('stalled');
      const gone = first.tick({ paths: [pathFact(IDLE)] });
      expect(gone.streams[0]).toMatchObject(warning);
      for (const stored of [stalled, gone]) {
        expect(nextCollector(START_MS + 10_000, stored).path(IDLE)).toMatchObject(warning);
      }
    },
  );

  test('of one that isn’t listed stay with its record', () => {
    const first = ticker();
    first.path();
    const published = first.tick({ paths: [] });
    const { tick } = nextCollector(START_MS + 4_000, published);
    const [record] = tick({ paths: [] }, 596_000).streams;
    expect(record).toStrictEqual(published.streams[0]);
    expect(tick({ paths: [] }).streams).toHaveLength(1);
    expect(tick({ paths: [] }).streams).toStrictEqual([]);
  });

  test('of a pull that fails stay, since it did', () => {
    const down = { sourceType: 'rtspSource', sourceId: null, confName: 'cam', ready: false, readyAtMs: null };
    const first = ticker();
    first.path(down, 32_000);
    const published = first.tick({ paths: [pathFact(down)] });
    const { path } = nextCollector(START_MS + 34_000, published);
    expect(path(down)).toMatchObject({
      health: 'critical',
      reasons: [{ code: 'source-down', severity: 'critical', since: isoAfter(0) }],
    });
  });

  test('of one that went while no collector ran begin now', () => {
    const { path } = restartAfter({}, {});
    expect(path(IDLE)).toMatchObject({
      reasons: [{ code: 'off-air', since: isoAfter(4_000) }],
      last: { liveAt: isoAfter(2_000), liveSince: iso(READY_MS) },
    });
  });

  test.each([
    ['pulled', { sourceType: 'rtspSource', sourceId: null }, { sourceOnDemand: true, runOnDemand: false }],
    ['published', {}, { sourceOnDemand: false, runOnDemand: true }],
  ])('of one on demand that went while no collector ran are none: %s', (_kind, fields, configured) => {
    const first = ticker();
    const published = first.tick({
      paths: [pathFact({ confName: 'cam', ...fields })],
      details: { configurations: new Map([['cam', configured]]) },
    });
    const carried = first.tick({ paths: null });
    for (const stored of [published, carried]) {
      const { tick } = nextCollector(START_MS + 4_000, stored);
      expect(tick({ paths: [] }).streams).toStrictEqual([]);
    }
  });

  test('of one that went while MediaMTX was away, too, and says how it was', () => {
    const first = ticker();
    first.tick({ paths: [pathFact()], connections: [srtConnection()] });
    const published = first.tick({ paths: null });
    const { tick } = nextCollector(START_MS + 60_000, published);
    const carried = tick({ paths: null }).streams[0];
    expect(carried).toMatchObject({ state: 'unknown', last: { liveAt: isoAfter(0) } });
    expect(tick({ paths: [] }).streams[0]).toMatchObject({
      state: 'missing',
      health: 'warning',
      reasons: [{ code: 'off-air' }],
      last: { ...carried?.last, publisher: { remoteAddr: '192.0.2.7:50000' } },
    });
  });

  test('of one that was at rest before MediaMTX was away don’t begin', () => {
    const first = ticker();
    first.path({}, 2_000);
    first.path(IDLE, 700_000);
    first.path(IDLE);
    const published = first.tick({ paths: null });
    expect(published.streams[0]).toMatchObject({ last: { liveAt: isoAfter(0) } });
    const { tick } = nextCollector(START_MS + 704_000, published);
    expect(tick({ paths: [pathFact(IDLE)] }).streams[0]).toMatchObject({ state: 'idle', health: 'ok' });
  });

  test('of the server stay, since when they stood', () => {
    const first = ticker();
    first.tick({ paths: null });
    const published = first.tick({ paths: null });
    const { tick } = nextCollector(START_MS + 60_000, published);
    expect(tick({ paths: null }).reasons).toMatchObject([{ code: 'server-unreachable', since: isoAfter(0) }]);
  });
});
