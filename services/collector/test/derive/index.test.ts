import { describe, expect, test } from '@jest/globals';
import { derive, type Known, NOTHING_KNOWN } from '../../src/derive/index.ts';
import type { Observation, PathFact, SrtConnFact } from '../../src/facts.ts';

const NOW_MS = 1_000_000;

const path = (fields: Partial<PathFact> = {}): PathFact => ({
  name: 'cam',
  sourceType: 'srtConn',
  sourceId: 'id-1',
  tracks: ['H264'],
  bytesReceived: 100,
  readers: 2,
  ...fields,
});
const conn = (fields: Partial<SrtConnFact> = {}): SrtConnFact => ({
  id: 'id-1',
  rttMs: 0.356,
  receiveRateMibps: 1.9449,
  linkCapacityMibps: 1808.575,
  ...fields,
});
const observation = (fields: Partial<Observation> = {}): Observation => ({
  paths: [path()],
  srtConns: [conn()],
  status: 'up',
  error: null,
  simulated: false,
  missing: [],
  ...fields,
});
const record = (fields: Partial<Observation>, previous: Known = NOTHING_KNOWN) =>
  derive(previous, observation(fields), NOW_MS).streams[0];

describe('the SRT numbers', () => {
  test('are those of the publishing connection, with two decimals', () => {
    expect(record({})).toMatchObject({ rtt: 0.36, recvRateMbps: 1.94, linkCapacityMbps: 1808.58 });
  });

  test('are found however that version spells the type', () => {
    expect(record({ paths: [path({ sourceType: 'SRTconn' })] })).toMatchObject({ rtt: 0.36 });
  });

  test.each([
    ['another kind of source', { paths: [path({ sourceType: 'rtmpConn' })] }],
    ['a static source', { paths: [path({ sourceType: 'srtSource', sourceId: null })] }],
    ['no source', { paths: [path({ sourceType: null, sourceId: null })] }],
    ['a connection that has just gone', { srtConns: [] }],
    ['a list that could not be read', { srtConns: null }],
    [
      'a version without statistics',
      { srtConns: [conn({ rttMs: null, receiveRateMibps: null, linkCapacityMibps: null })] },
    ],
  ])('are null for %s', (_what, fields) => {
    expect(record(fields)).toMatchObject({ rtt: null, recvRateMbps: null, linkCapacityMbps: null });
  });
});

test('streams are in order of their names, and summed up', () => {
  const paths = ['b', 'a/2', 'a', 'B'].map((name, index) => path({ name, readers: index }));
  const snapshot = derive(NOTHING_KNOWN, observation({ paths }), NOW_MS);
  expect(snapshot.streams.map((stream) => stream.name)).toEqual(['B', 'a', 'a/2', 'b']);
  expect(snapshot.totals).toEqual({ streams: 4, readers: 6 });
  expect(snapshot.collectedAtMs).toBe(NOW_MS);
});

describe('without a path list', () => {
  const before = derive(NOTHING_KNOWN, observation({ simulated: true }), NOW_MS);
  const failed = observation({ paths: null, status: 'timeout', error: 'no answer', missing: ['paths'] });
  const after = derive(before, failed, NOW_MS + 2_000);

  test('the records stay as last read, with their time', () => {
    expect(after.streams).toEqual(before.streams);
    expect(after.collectedAtMs).toBe(NOW_MS);
    expect(after.simulated).toBe(true);
  });

  test('the snapshot says why, and claims no totals', () => {
    expect(after.source).toEqual({ status: 'timeout', error: 'no answer', version: null });
    expect(after.missing).toEqual(['paths']);
    expect(after.totals).toEqual({ streams: null, readers: null });
  });

  test('and nothing known before, nothing is known', () => {
    expect(derive(NOTHING_KNOWN, failed, NOW_MS)).toMatchObject({ streams: [], collectedAtMs: null });
  });
});

test('a server without streams is known to have none', () => {
  const snapshot = derive(NOTHING_KNOWN, observation({ paths: [] }), NOW_MS);
  expect(snapshot).toMatchObject({ streams: [], collectedAtMs: NOW_MS, totals: { streams: 0, readers: 0 } });
});
