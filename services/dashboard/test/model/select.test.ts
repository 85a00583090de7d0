import { describe, expect, test } from '@jest/globals';
import { DEFAULT_VIEW, type SortKey, type ViewState } from '../../src/data/view.ts';
import { filterStreams, sortStreams } from '../../src/model/selection.ts';
import type { Listed } from '../../src/model/streams.ts';
import { listed } from '../support/records.ts';

const names = (list: readonly Listed[]): string[] => list.map(({ stream }) => stream.name);

describe('filter', () => {
  const list = [
    listed({ name: 'Cam-1', state: 'live', sourceType: 'srtConn', readersByProtocol: { hls: 2 } }),
    listed({ name: 'cam-2', state: 'idle', sourceType: null, readersByProtocol: {} }),
    listed({ name: 'drone', state: 'live', sourceType: 'webRTCSession', health: 'critical', server: 'b' }),
  ];
  const filtered = (given: Partial<ViewState>): string[] =>
    names(filterStreams(list, { ...DEFAULT_VIEW, ...given }));

  test.each<[Partial<ViewState>, string[]]>([
    [{}, ['Cam-1', 'cam-2', 'drone']],
    [{ q: ' CAM ' }, ['Cam-1', 'cam-2']],
    [{ q: 'zebra' }, []],
    [{ state: ['live'] }, ['Cam-1', 'drone']],
    [{ state: ['live', 'idle'] }, ['Cam-1', 'cam-2', 'drone']],
    [{ health: ['critical'] }, ['drone']],
    [{ server: ['b'] }, ['drone']],
    [{ protocol: ['srt'] }, ['Cam-1']],
    [{ protocol: ['hls', 'webrtc'] }, ['Cam-1', 'drone']],
    [{ q: 'cam', state: ['live'] }, ['Cam-1']],
  ])('%j', (given, expected) => {
    expect(filtered(given)).toEqual(expected);
  });

  test('health is that which can be believed', () => {
    const stale = [listed({ health: 'ok' }, { health: 'unknown', stale: true })];
    expect(filterStreams(stale, { ...DEFAULT_VIEW, health: ['ok'] })).toEqual([]);
    expect(filterStreams(stale, { ...DEFAULT_VIEW, health: ['unknown'] })).toHaveLength(1);
  });

  test('a search is text, not a pattern', () => {
    expect(filtered({ q: '.*' })).toEqual([]);
  });
});

describe('sort', () => {
  const list = [
    listed({ name: 'a', inboundMbps: null, health: 'warning' }),
    listed({ name: 'b', inboundMbps: 9, health: 'critical' }),
    listed({ name: 'c', inboundMbps: 3, health: 'ok', state: 'idle' }),
    listed({ name: 'd', inboundMbps: 3, health: 'unknown' }),
    listed({ name: 'e', inboundMbps: 3, health: 'ok' }),
  ];
  test.each<[SortKey, boolean, string]>([
    ['attention', false, 'badec'],
    ['attention', true, 'cedab'],
    ['name', false, 'abcde'],
    ['name', true, 'edcba'],
    ['inboundMbps', false, 'cdeba'],
    ['inboundMbps', true, 'bcdea'],
  ])('by %s, descending %s: %s', (key, descending, expected) => {
    expect(names(sortStreams(list, { key, descending })).join('')).toBe(expected);
  });

  test('by time the longest is the greatest', () => {
    const [old, young] = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z'];
    const times = [listed({ name: 'young', since: young }), listed({ name: 'old', since: old })];
    expect(names(sortStreams(times, { key: 'since', descending: true }))).toEqual(['old', 'young']);
    expect(names(sortStreams(times, { key: 'since', descending: false }))).toEqual(['young', 'old']);
  });

  test('leaves the list as it was', () => {
    const before = names(list);
    sortStreams(list, { key: 'name', descending: true });
    expect(names(list)).toEqual(before);
  });
});
