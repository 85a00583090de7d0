import { describe, expect, test } from '@jest/globals';
import { RECORDED_VERSIONS } from '@mediamtx-monitor/testkit';
import { derive, NO_MEMORY } from '../../src/derive/index.ts';
import { STALLED_TICKS, stateOf } from '../../src/derive/states.ts';
import type { Observation } from '../../src/facts.ts';
import { IDLE, pathFact, SETTINGS, START_MS, ticker, momentAt } from './facts.ts';
import { rareStatesObservation, recordedObservation } from './recorded.ts';

const stateBy = (silentTicks: number, fields: Parameters<typeof pathFact>[0]) =>
  stateOf({ path: pathFact(fields), silentTicks, isListed: true });

describe('each row of the table', () => {
  const NOT_READY = { ready: false, readyAtMs: null, sourceId: null };

  test.each([
    ['no source', IDLE, 'idle'],
    ['a redirect', { ...NOT_READY, sourceType: 'redirect' }, 'idle'],
    ['a redirect that 1.16 calls online', { ...NOT_READY, sourceType: 'redirect', online: true }, 'idle'],
    ['a redirect in another spelling', { ...NOT_READY, sourceType: 'Redirect' }, 'idle'],
    ['a static source that isn’t ready', { ...NOT_READY, sourceType: 'rtspSource', online: null }, 'waiting'],
    [
      'the same, which 1.16 calls online',
      { ...NOT_READY, sourceType: 'rtspSource', online: true },
      'waiting',
    ],
    ['a publisher that isn’t ready', { ...NOT_READY, sourceId: 'publisher-1' }, 'waiting'],
    ['a source nobody has seen', { ...NOT_READY, sourceType: 'teleportSource' }, 'waiting'],
    ['a ready source', {}, 'live'],
    ['a ready source before 1.16', { online: null }, 'live'],
    ['filler', { sourceType: null, sourceId: null, online: false }, 'standby'],
    ['filler with a source', { online: false }, 'standby'],
  ])('%s', (_what, fields, state) => {
    expect(stateBy(0, fields)).toBe(state);
  });

  test('a ready source without a byte for 3 ticks is stalled', () => {
    expect(STALLED_TICKS).toBe(3);
    expect([0, 1, 2, 3, 4, 100].map((silentTicks) => stateBy(silentTicks, {}))).toStrictEqual([
      'live',
      'live',
      'live',
      'stalled',
      'stalled',
      'stalled',
    ]);
  });

  test('what isn’t ready can’t stall, and filler neither', () => {
    expect(stateBy(100, IDLE)).toBe('idle');
    expect(stateBy(100, NOT_READY)).toBe('waiting');
    expect(stateBy(100, { online: false })).toBe('standby');
  });
});

function statesOf(seen: Observation): Record<string, string> {
  const { streams } = derive(NO_MEMORY, seen, SETTINGS, momentAt(START_MS)).snapshot;
  return Object.fromEntries(streams.map((stream) => [stream.name, stream.state]));
}

describe.each(RECORDED_VERSIONS)('MediaMTX %s, recorded', (version) => {
  const newer = ['1.17.0', '1.18.0', '1.20.1'].includes(version);

  test('without clients', () => {
    const states = statesOf(recordedObservation(version, 'empty'));
    expect(states).toMatchObject({
      'cam/one': 'idle',
      'idle-static': 'idle',
      'rtmp-cam': 'idle',
      'rtsp-cam': 'idle',
      redir: 'idle',
      ondemand: 'waiting',
      pulled: 'waiting',
      unready: 'waiting',
    });
    expect(states['always']).toBe(newer ? 'standby' : undefined);
    expect(Object.values(states)).not.toContain('live');
  });

  test('with publishers', () => {
    const states = statesOf(recordedObservation(version, 't0'));
    expect(states).toMatchObject({
      'cam/one': 'live',
      pulled: 'live',
      're/deep/er': 'live',
      'rtmp-cam': 'live',
      'rtsp-cam': 'live',
      'srt-cred': 'live',
      'whip-cam': 'live',
      'x-secured': 'live',
      'idle-static': 'idle',
      redir: 'idle',
      ondemand: 'waiting',
      unready: 'waiting',
    });
    expect(states['always']).toBe(newer ? 'standby' : undefined);
  });
});

test('1.20.1 with an on-demand source that is asked for and a WHEP source that can’t be reached', () => {
  expect(statesOf(rareStatesObservation())).toMatchObject({
    always: 'standby',
    ondemand: 'live',
    pulled: 'live',
    redir: 'idle',
    'sec-whep': 'waiting',
    unready: 'waiting',
    'udp-cam': 'live',
    rod: 'idle',
  });
});

describe('stalling', () => {
  const run = (...bytes: (number | null)[]) => {
    const { path } = ticker();
    return bytes.map((inboundBytes) => path({ inboundBytes }).state);
  };

  test('takes exactly three ticks without a byte; the first byte ends it', () => {
    expect(run(100, 100, 100, 100, 100, 101, 102)).toStrictEqual([
      'live',
      'live',
      'live',
      'stalled',
      'stalled',
      'live',
      'live',
    ]);
  });

  test('a byte in between starts the count anew', () => {
    expect(run(100, 100, 100, 101, 101, 101, 101)).toStrictEqual([
      'live',
      'live',
      'live',
      'live',
      'live',
      'live',
      'stalled',
    ]);
  });

  test('a source that was ready before its first byte stalls too', () => {
    expect(run(0, 0, 0, 0)).toStrictEqual(['live', 'live', 'live', 'stalled']);
  });

  test('a byte count that isn’t told is no silence', () => {
    expect(run(null, null, null, null, null)).toStrictEqual(['live', 'live', 'live', 'live', 'live']);
    expect(run(100, 100, 100, null, 100, 100, 100)).not.toContain('stalled');
  });

  test('a new run begins its own count', () => {
    const { path } = ticker();
    for (let tick = 0; tick < 5; tick += 1) path({ inboundBytes: 100 });
    const next = { inboundBytes: 100, sourceId: 'publisher-2' };
    expect([next, next, next, next].map((fields) => path(fields).state)).toStrictEqual([
      'live',
      'live',
      'live',
      'stalled',
    ]);
  });

  test('ticks of idleness don’t count', () => {
    const { path } = ticker();
    for (let tick = 0; tick < 10; tick += 1) path(IDLE);
    expect(path({ inboundBytes: 0 }).state).toBe('live');
    expect(path({ inboundBytes: 0 }).state).toBe('live');
  });

  test('ticks without a path list don’t count, and stand for one', () => {
    const { path, tick } = ticker();
    path();
    path();
    tick({ paths: null });
    tick({ paths: null });
    expect(path().state).toBe('live');
    expect(path().state).toBe('stalled');
  });

  test('has rate 0, not null', () => {
    const { path } = ticker();
    path();
    path();
    path();
    expect(path()).toMatchObject({ state: 'stalled', inboundMbps: 0 });
  });
});
