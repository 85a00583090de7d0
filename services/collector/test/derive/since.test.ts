import { describe, expect, test } from '@jest/globals';
import { IDLE, iso, isoAfter, pathFact, READY_MS, START_MS, ticker } from './facts.ts';

const WAITING = { sourceId: null, sourceType: 'rtspSource', ready: false, readyAtMs: null, inboundBytes: 0 };

describe('since', () => {
  test('of a live stream is MediaMTX’s readyTime, also from before this collector', () => {
    expect(ticker().path()).toMatchObject({ state: 'live', since: iso(READY_MS) });
  });

  test('of a live stream without a readyTime is now', () => {
    expect(ticker().path({ readyAtMs: null }).since).toBe(isoAfter(0));
  });

  test.each([
    ['idle', IDLE],
    ['waiting', WAITING],
    ['standby', { sourceType: null, sourceId: null, online: false }],
  ])('of any other state is when it was first seen in it: %s', (state, fields) => {
    const { path } = ticker();
    expect(path(fields)).toMatchObject({ state, since: isoAfter(0) });
    expect(path(fields)).toMatchObject({ state, since: isoAfter(0) });
    expect(path(fields)).toMatchObject({ state, since: isoAfter(0) });
  });

  test('stays while the state does, and through a silence that is too short', () => {
    const { path } = ticker();
    for (const inboundBytes of [1, 2, 2, 2, 3]) {
      expect(path({ inboundBytes })).toMatchObject({ state: 'live', since: iso(READY_MS) });
    }
  });

  test('of each state in turn', () => {
    const { path } = ticker();
    const seen = [
      IDLE,
      { readyAtMs: START_MS + 1_500, inboundBytes: 5 },
      { readyAtMs: START_MS + 1_500, inboundBytes: 5 },
      { readyAtMs: START_MS + 1_500, inboundBytes: 5 },
      { readyAtMs: START_MS + 1_500, inboundBytes: 5 },
      { readyAtMs: START_MS + 1_500, inboundBytes: 5 },
      { readyAtMs: START_MS + 1_500, inboundBytes: 6 },
      IDLE,
      { readyAtMs: START_MS + 15_250, inboundBytes: 6, sourceId: 'publisher-2' },
    ].map((fields) => {
      const { state, since } = path(fields);
      return [state, since];
    });
    expect(seen).toStrictEqual([
      ['idle', isoAfter(0)],
      ['live', isoAfter(1_500)],
      ['live', isoAfter(1_500)],
      ['live', isoAfter(1_500)],
      ['stalled', isoAfter(2_000)],
      ['stalled', isoAfter(2_000)],
      ['live', isoAfter(12_000)],
      ['idle', isoAfter(14_000)],
      ['live', isoAfter(15_250)],
    ]);
  });

  test('begins anew with a new run, though the state stays', () => {
    const { path } = ticker();
    path();
    expect(path({ sourceId: 'publisher-2', readyAtMs: START_MS + 1_000 }).since).toBe(isoAfter(1_000));
    expect(path({ sourceId: 'publisher-2', readyAtMs: START_MS + 1_000 }).since).toBe(isoAfter(1_000));
  });

  test('a stalled stream whose next publisher is ready is live since that one’s readyTime', () => {
    const { path } = ticker();
    for (let tick = 0; tick < 4; tick += 1) path();
    expect(path({ sourceId: 'publisher-2', readyAtMs: START_MS + 7_000, inboundBytes: 9 })).toMatchObject({
      state: 'live',
      since: isoAfter(7_000),
    });
  });

  test('an always-available path, ready since its filler began, is live only since its publisher came', () => {
    const { path } = ticker();
    const filler = { sourceType: null, sourceId: null, online: false, inboundBytes: 100 };
    path(filler);
    expect(path({ inboundBytes: 200 })).toMatchObject({ state: 'live', since: isoAfter(2_000) });
    expect(path({ inboundBytes: 300 })).toMatchObject({ state: 'live', since: isoAfter(2_000) });
    expect(path({ ...filler, inboundBytes: 400 })).toMatchObject({
      state: 'standby',
      since: isoAfter(6_000),
    });
  });

  test('of an unknown state is the first tick that failed; what was before comes back with its own', () => {
    const { path, stream, tick } = ticker();
    path();
    expect(tick({ paths: null }).streams[0]).toMatchObject({ state: 'unknown', since: isoAfter(2_000) });
    expect(tick({ paths: null }).streams[0]).toMatchObject({ state: 'unknown', since: isoAfter(2_000) });
    expect(path({ inboundBytes: 2_000_000 })).toMatchObject({ state: 'live', since: iso(READY_MS) });
    expect(stream({ paths: null })).toMatchObject({ state: 'unknown', since: isoAfter(8_000) });
  });

  test('of a stalled stream is kept through unknown', () => {
    const { path, tick } = ticker();
    for (let times = 0; times < 4; times += 1) path();
    tick({ paths: null });
    expect(path()).toMatchObject({ state: 'stalled', since: isoAfter(0) });
  });

  test('of a stream that came back with another state after unknown is its new state’s', () => {
    const { path, tick } = ticker();
    path();
    tick({ paths: null });
    expect(path(IDLE)).toMatchObject({ state: 'idle', since: isoAfter(4_000) });
  });

  test('a wall clock that is set back leaves since as it was', () => {
    const { tick } = ticker();
    tick({ paths: [pathFact({ ...IDLE })] }, -3_600_000);
    expect(tick({ paths: [pathFact({ ...IDLE })] }).streams[0]?.since).toBe(isoAfter(0));
  });
});
