import { describe, expect, test } from '@jest/globals';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { streamRecordSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import { DEFAULT_THRESHOLDS, type DeriveSettings } from '../../src/derive/index.ts';
import { MAX_MISSING } from '../../src/derive/streams.ts';
import type { PathFact } from '../../src/facts.ts';
import { IDLE, iso, isoAfter, pathFact, READY_MS, srtConnection, START_MS, ticker } from './facts.ts';

const reasonsOf = (record: StreamRecord | undefined) =>
  record?.reasons.map(({ code, severity }) => `${code} ${severity}`);
const OFF_AIR = ['off-air warning'];
const FILLER: Partial<PathFact> = { sourceType: null, sourceId: null, online: false };
const WAITING: Partial<PathFact> = { sourceId: null, ready: false, readyAtMs: null };

describe('a stream that was live', () => {
  test.each([
    ['idle', IDLE],
    ['standby', FILLER],
    ['waiting', WAITING],
  ])('and is %s is off air at once, and not any more when it is back', (state, fields) => {
    const { path } = ticker();
    path();
    expect(path(fields)).toMatchObject({
      state,
      health: 'warning',
      reasons: [
        { code: 'off-air', severity: 'warning', measured: null, limit: null, since: isoAfter(2_000) },
      ],
    });
    expect(path(fields).reasons[0]?.since).toBe(isoAfter(2_000));
    expect(path({ readyAtMs: START_MS + 5_000 })).toMatchObject({ health: 'ok', reasons: [], last: null });
  });

  test('is off air for 10 minutes, and then at rest, still with what it was', () => {
    const { path } = ticker();
    path();
    path(IDLE, 598_000);
    expect(reasonsOf(path(IDLE, 2_000))).toStrictEqual(OFF_AIR);
    expect(path(IDLE)).toMatchObject({ health: 'ok', reasons: [], last: { liveAt: isoAfter(0) } });
    expect(path(IDLE, 86_400_000).last).toMatchObject({ liveAt: isoAfter(0) });
  });

  test('is off air as long as its name says', () => {
    const { path } = ticker({ offAirMsOf: (name) => (name === 'cam' ? 60_000 : 0) });
    path();
    path(IDLE, 58_000);
    expect(reasonsOf(path(IDLE))).toStrictEqual(OFF_AIR);
    expect(reasonsOf(path(IDLE))).toStrictEqual([]);
  });

  test('keeps what it was: media, publisher and readers', () => {
    const { tick } = ticker();
    const live = (inboundBytes: number) => ({
      paths: [pathFact({ inboundBytes, readerTypes: ['srtconn', 'hidden'] })],
      connections: [srtConnection()],
    });
    tick(live(0));
    tick(live(250_000));
    // Its connection is gone before its path is.
    tick({ paths: [pathFact({ inboundBytes: 500_000, readerTypes: ['srtconn', 'hidden'] })] });
    expect(tick({ paths: [pathFact(IDLE)] }).streams[0]?.last).toStrictEqual({
      liveAt: isoAfter(4_000),
      liveSince: iso(READY_MS),
      wasStalled: false,
      sourceType: 'srtConn',
      tracks: ['H264'],
      media: {
        video: { codec: 'H264', width: null, height: null, profile: null, level: null },
        audio: null,
        others: [],
      },
      protocol: 'srt',
      publisher: { remoteAddr: '192.0.2.7:50000', user: null, userAgent: null },
      readers: 2,
      inboundMbps: 1,
    });
  });

  test('is critical for those minutes where it was stalled when it went', () => {
    const { path } = ticker();
    for (let tick = 0; tick < 4; tick += 1) path();
    expect(reasonsOf(path(IDLE, 600_000))).toStrictEqual(['off-air critical']);
    expect(path(IDLE)).toMatchObject({ health: 'ok', last: { wasStalled: true } });
  });

  test('is off air when the path list is back, where it went meanwhile, however long that took', () => {
    const { path, tick } = ticker();
    path();
    tick({ paths: null }, 3_600_000);
    expect(path(IDLE)).toMatchObject({ reasons: [{ code: 'off-air', since: isoAfter(3_602_000) }] });
  });

  test('is as grave as the thresholds of its name say', () => {
    const limits = (warning: number | null, critical: number | null): Partial<DeriveSettings> => ({
      thresholdsOf: () => ({ ...DEFAULT_THRESHOLDS, 'off-air': { warning, critical } }),
    });
    const gone = (settings: Partial<DeriveSettings>, ticks: number) => {
      const { path } = ticker(settings);
      for (let tick = 0; tick < ticks; tick += 1) path();
      return reasonsOf(path(IDLE));
    };
    expect(gone(limits(null, null), 4)).toStrictEqual([]);
    expect(gone(limits(null, 1), 1)).toStrictEqual([]);
    expect(gone(limits(null, 1), 4)).toStrictEqual(['off-air critical']);
    expect(gone(limits(0, null), 4)).toStrictEqual(OFF_AIR);
    expect(gone(limits(null, 0), 1)).toStrictEqual(['off-air critical']);
  });
});

describe('a stream that was live for less than 10 s', () => {
  const young = { readyAtMs: START_MS };

  test('is at rest when it goes; its record still says what it was', () => {
    const { path } = ticker();
    for (const inboundBytes of [1, 2, 3, 4]) path({ ...young, inboundBytes });
    expect(path(IDLE)).toMatchObject({ health: 'ok', reasons: [], last: { liveSince: iso(START_MS) } });
  });

  test('is missed from 10 s on', () => {
    const { path } = ticker();
    for (const inboundBytes of [1, 2, 3, 4, 5, 6]) path({ ...young, inboundBytes });
    expect(reasonsOf(path(IDLE))).toStrictEqual(OFF_AIR);
  });

  test('wasn’t live for longer than its list before is old, whatever MediaMTX’s clock says', () => {
    const { path } = ticker();
    path(IDLE);
    path({ readyAtMs: READY_MS });
    expect(reasonsOf(path(IDLE))).toStrictEqual([]);
  });

  test('is missed at once where it was before, so that one that comes and goes stays off air', () => {
    const { path } = ticker();
    path();
    path(IDLE, 300_000);
    path({ readyAtMs: START_MS + 302_000 });
    expect(path(IDLE)).toMatchObject({ reasons: [{ code: 'off-air', since: isoAfter(304_000) }] });
  });
});

describe('a stream on demand', () => {
  const configurations = (sourceOnDemand: boolean, runOnDemand: boolean) =>
    new Map([['cam', { sourceOnDemand, runOnDemand }]]);
  const gone = (fields: Partial<PathFact>, source: boolean, run: boolean) => {
    const { tick } = ticker();
    const details = { configurations: configurations(source, run) };
    tick({ paths: [pathFact({ confName: 'cam', ...fields })], details });
    return reasonsOf(tick({ paths: [], details }).streams[0]);
  };

  test('of which nobody reads any more isn’t off air', () => {
    expect(gone({}, false, false)).toStrictEqual(OFF_AIR);
    expect(gone({}, false, true)).toBeUndefined();
    expect(gone({ sourceType: 'rtspSource', sourceId: null }, true, false)).toBeUndefined();
  });

  test.each([
    ['pulled', { sourceType: 'rtspSource', sourceId: null }, configurations(true, false)],
    ['published', {}, configurations(false, true)],
  ] as const)('isn’t off air where what was known of it goes with it: %s', (_kind, fields, known) => {
    const { tick } = ticker();
    tick({ paths: [pathFact({ confName: 'cam', ...fields })], details: { configurations: known } });
    const [record] = tick({ paths: [pathFact({ confName: 'cam', ...fields })] }).streams;
    expect(record?.onDemand).toBe(true);
    expect(tick({ paths: [] }).streams).toStrictEqual([]);
    const again = tick({ paths: [pathFact({ confName: 'cam', ...IDLE })] }).streams[0];
    expect(again).toMatchObject({ state: 'idle', health: 'ok', onDemand: true });
  });

  test('is none any more where it follows another entry, or that is configured otherwise', () => {
    const { tick } = ticker();
    let inboundBytes = 0;
    const live = (confName: string, details = {}) =>
      tick({ paths: [pathFact({ confName, inboundBytes: (inboundBytes += 1) })], details });
    live('cam', { configurations: configurations(false, true) });
    expect(live('other').streams[0]?.onDemand).toBeNull();
    live('cam', { configurations: configurations(false, true) });
    expect(live('cam', { configurations: configurations(false, false) }).streams[0]?.onDemand).toBe(false);
    expect(reasonsOf(tick({ paths: [] }).streams[0])).toStrictEqual(OFF_AIR);
  });

  test('isn’t either while it waits', () => {
    const { tick } = ticker();
    const facts = (fields: Partial<PathFact>) => ({
      paths: [pathFact({ confName: 'cam', sourceType: 'rtspSource', sourceId: null, ...fields })],
      details: { configurations: configurations(true, false) },
    });
    tick(facts({}));
    expect(tick(facts({ ready: false, readyAtMs: null })).streams[0]).toMatchObject({
      state: 'waiting',
      health: 'ok',
    });
  });
});

describe('a stream that MediaMTX doesn’t list any more', () => {
  test('has a record for as long as it is off air: that of an idle path', () => {
    const { tick } = ticker();
    const [live] = tick({ paths: [pathFact()] }).streams;
    const [record] = tick({ paths: [] }, 600_000).streams;
    expect(record).toStrictEqual({
      ...tick({ paths: [pathFact({ name: 'other', ...IDLE })] }).streams.at(-1),
      name: 'cam',
      state: 'missing',
      since: isoAfter(2_000),
      health: 'warning',
      reasons: [expect.objectContaining({ code: 'off-air', since: isoAfter(2_000) })],
      last: expect.objectContaining({ media: live?.media, sourceType: 'srtConn' }),
    });
    Joi.assert(record, streamRecordSchema);
    expect(tick({ paths: [] }).streams).toStrictEqual([]);
  });

  test('has none where it was at rest', () => {
    const { tick, path } = ticker();
    path(IDLE);
    expect(tick({ paths: [] }).streams).toStrictEqual([]);
  });

  test('is at rest as a listed one when it is listed again', () => {
    const { tick, path } = ticker();
    path();
    tick({ paths: [] }, 598_000);
    expect(path(IDLE, 2_000)).toMatchObject({
      state: 'idle',
      since: isoAfter(600_000),
      reasons: [{ code: 'off-air', since: isoAfter(2_000) }],
    });
    expect(path(IDLE)).toMatchObject({ health: 'ok', last: { liveAt: isoAfter(0) } });
  });

  test('goes on flapping: its record says so, too', () => {
    const { tick, path } = ticker();
    for (let run = 0; run < 6; run += 1) path({ readyAtMs: START_MS + run });
    expect(reasonsOf(tick({ paths: [] }).streams[0])).toStrictEqual(['off-air warning', 'flapping warning']);
  });

  test('stands by its name, among those that are listed; totals count it by itself', () => {
    const { tick } = ticker();
    const named = (...names: string[]) => ({ paths: names.map((name) => pathFact({ name })) });
    tick(named('a', 'b', 'c'));
    const { streams, totals } = tick(named('c', 'a'));
    expect(streams.map(({ name, state }) => [name, state])).toStrictEqual([
      ['a', 'live'],
      ['b', 'missing'],
      ['c', 'live'],
    ]);
    expect(totals).toMatchObject({
      streams: 2,
      missing: 1,
      states: { live: 2 },
      healths: { ok: 2, warning: 1 },
    });
  });

  test('is unknown while the path list can’t be read, and missing again after, since when it was', () => {
    const { tick } = ticker();
    tick({ paths: [pathFact()] });
    tick({ paths: [] });
    expect(tick({ paths: null }).streams).toMatchObject([
      { state: 'unknown', health: 'unknown', reasons: [], last: { liveAt: isoAfter(0) } },
    ]);
    expect(tick({ paths: [] }).streams).toMatchObject([
      { state: 'missing', since: isoAfter(2_000), reasons: [{ code: 'off-air', since: isoAfter(2_000) }] },
    ]);
  });

  test('has a record only where it is among the worst, or among the last to go', () => {
    const { tick } = ticker();
    const some = (from: number, count: number, inboundBytes: number) =>
      Array.from({ length: count }, (_, index) =>
        pathFact({ name: `cam ${String(from + index).padStart(4, '0')}`, inboundBytes }),
      );
    // The first 100 stall.
    for (const at of [1, 2, 3, 4]) tick({ paths: [...some(0, 100, 1), ...some(100, 800, at)] });
    tick({ paths: some(500, 400, 5) });
    const { streams, totals } = tick({ paths: [] });
    expect(totals).toMatchObject({ streams: 0, missing: MAX_MISSING });
    expect(MAX_MISSING).toBe(500);
    const expected = [...some(0, 100, 0), ...some(500, 400, 0)].map(({ name }) => name);
    expect(streams.map(({ name }) => name)).toStrictEqual(expected);
  });
});
