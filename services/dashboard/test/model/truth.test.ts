import { describe, expect, test } from '@jest/globals';
import type { MonitorState } from '@mediamtx-monitor/client';
import type { Fleet } from '../../src/data/fleet.ts';
import { createLister } from '../../src/model/listed.ts';
import { serverTroubles, tellTruth, type Truth } from '../../src/model/truth.ts';
import { fleet, snapshot, stream } from '../support/records.ts';

const OPEN: MonitorState = { state: 'open', transport: 'websocket' };
const LOST: MonitorState = { state: 'waiting', retryInMs: 1_000, code: 'lost', reason: '' };

function truthOf(seen: Fleet, stale: readonly string[] = [], link = OPEN): Truth {
  const set = new Set(stale);
  return tellTruth(seen.servers, createLister()(seen.servers, set), serverTroubles(seen.servers, set), link);
}

describe('the truth in one sentence', () => {
  const well = fleet(snapshot([stream({ name: 'a' }), stream({ name: 'b', state: 'idle' })]));

  test('before anything is known', () => {
    expect(truthOf(fleet(), [], { state: 'connecting' })).toEqual({ kind: 'connecting' });
    expect(truthOf(fleet(), [], LOST)).toEqual({ kind: 'unconnected' });
    const refused = { state: 'refused', code: 'forbidden', reason: '' } as const;
    expect(truthOf(fleet(), [], refused)).toEqual({ kind: 'refused' });
    expect(truthOf(fleet())).toEqual({ kind: 'empty', servers: 0 });
    expect(truthOf(fleet(snapshot([])))).toEqual({ kind: 'empty', servers: 1 });
  });

  test('all well', () => {
    expect(truthOf(well)).toEqual({ kind: 'well', live: 1, streams: 2, servers: 1 });
  });

  test('not all well while streams are unknown, or lists couldn’t be read', () => {
    const part = snapshot([stream(), stream({ name: 'b', health: 'unknown' })], { missing: ['srtconns'] });
    expect(truthOf(fleet(part))).toEqual({
      kind: 'unsure',
      unknown: 1,
      unread: [{ server: 'main', lists: ['srtconns'] }],
    });
    expect(truthOf(fleet(snapshot([stream({ health: 'unknown' })])))).toMatchObject({
      unknown: 1,
      unread: [],
    });
    expect(truthOf(fleet(snapshot([stream()], { missing: ['rtmpconns'] })))).toMatchObject({ unknown: 0 });
  });

  test('trouble comes before what is unknown', () => {
    const part = snapshot([stream({ health: 'warning' }), stream({ name: 'b', health: 'unknown' })]);
    expect(truthOf(fleet(part))).toMatchObject({ kind: 'attention' });
  });

  test('the most urgent streams first', () => {
    const seen = fleet(
      snapshot([
        stream({ name: 'a', health: 'warning' }),
        stream({ name: 'b', health: 'critical' }),
        stream(),
      ]),
    );
    const truth = truthOf(seen);
    expect(truth).toMatchObject({ kind: 'attention', severity: 'critical', servers: [] });
    expect(truth.kind === 'attention' && truth.streams.map(({ key }) => key)).toEqual(['main/b', 'main/a']);
  });

  test('only warnings are a warning', () => {
    expect(truthOf(fleet(snapshot([stream({ health: 'warning' })])))).toMatchObject({ severity: 'warning' });
  });

  test('a server that is down is critical, even without streams', () => {
    const down = snapshot([], { source: { status: 'down', error: 'x', version: null }, collectedAt: null });
    expect(truthOf(fleet(down), ['main'])).toMatchObject({
      kind: 'attention',
      severity: 'critical',
      servers: [{ server: 'main', problem: 'down' }],
      streams: [],
    });
  });

  test('a stale server is told, its streams are not accused', () => {
    const seen = fleet(snapshot([stream({ health: 'critical' })]));
    expect(truthOf(seen, ['main'])).toMatchObject({
      kind: 'attention',
      servers: [{ server: 'main', problem: 'stale' }],
      streams: [],
    });
  });

  test('without a connection nothing is known, however young the last news', () => {
    expect(truthOf(well, [], LOST)).toEqual({ kind: 'outdated' });
    expect(truthOf(well, [], { state: 'connecting' })).toEqual({ kind: 'outdated' });
  });
});
