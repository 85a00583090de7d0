import { describe, expect, test } from '@jest/globals';
import { DEFAULT_VIEW, type ViewSortKey, type ViewState } from '../../src/data/view.ts';
import { filterStreams, inPinnedOrder, kioskPage, sortStreams } from '../../src/model/selection.ts';
import type { ListedStream } from '../../src/model/streams.ts';
import { listed } from '../support/records.ts';

const names = (list: readonly ListedStream[]): string[] => list.map(({ stream }) => stream.name);

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
    [{ pins: ['main/cam-2', 'main/gone'] }, ['cam-2']],
    [{ favourites: true }, []],
  ])('%j', (given, expected) => {
    expect(filtered(given)).toStrictEqual(expected);
  });

  test('health is that which can be believed', () => {
    const stale = [listed({ health: 'ok' }, { health: 'unknown', stale: true })];
    expect(filterStreams(stale, { ...DEFAULT_VIEW, health: ['ok'] })).toStrictEqual([]);
    expect(filterStreams(stale, { ...DEFAULT_VIEW, health: ['unknown'] })).toHaveLength(1);
  });

  test('favourites are those of this browser', () => {
    const wanted = { ...DEFAULT_VIEW, favourites: true };
    const favourites = new Set(['b/drone', 'main/drone']);
    expect(names(filterStreams(list, wanted, favourites))).toStrictEqual(['drone']);
  });

  test('what is pinned stands as it was pinned', () => {
    expect(names(inPinnedOrder(list, { pins: ['b/drone', 'main/gone', 'main/Cam-1'] }))).toStrictEqual([
      'drone',
      'Cam-1',
    ]);
  });

  test('a search is text, not a pattern', () => {
    expect(filtered({ q: '.*' })).toStrictEqual([]);
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
  test.each<[ViewSortKey, boolean, string]>([
    ['attention', false, 'badec'],
    ['attention', true, 'cedab'],
    ['name', false, 'abcde'],
    ['name', true, 'edcba'],
    ['inboundMbps', false, 'cdeba'],
    ['inboundMbps', true, 'bcdea'],
  ])('by %s, descending %s: %s', (key, descending, expected) => {
    expect(names(sortStreams(list, { key, descending })).join('')).toBe(expected);
  });

  test('favourites come first, among them and the others what needs an eye', () => {
    const sorted = sortStreams(
      list,
      { key: 'favourites', descending: false },
      new Set(['main/e', 'main/c', 'main/a']),
    );
    expect(names(sorted).join('')).toBe('aecbd');
  });

  test('by time the longest is the greatest', () => {
    const [old, young] = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z'];
    const times = [listed({ name: 'young', since: young }), listed({ name: 'old', since: old })];
    expect(names(sortStreams(times, { key: 'since', descending: true }))).toStrictEqual(['old', 'young']);
    expect(names(sortStreams(times, { key: 'since', descending: false }))).toStrictEqual(['young', 'old']);
  });

  test('leaves the list as it was', () => {
    const before = names(list);
    sortStreams(list, { key: 'name', descending: true });
    expect(names(list)).toStrictEqual(before);
  });
});

/** Streams named by letters; those in capitals need attention. */
function streams(names: string): readonly ListedStream[] {
  return Array.from(names, (name) => listed({ name, health: /[A-Z]/.test(name) ? 'critical' : 'ok' }));
}

function selected(names: string, turn: number, size: number): string {
  const page = kioskPage(streams(names), turn, size);
  return `${page.streams.map(({ stream }) => stream.name).join('')} ${page.first}–${page.last}`;
}

test.each([
  ['abc', 0, 5, 'abc 1–3'],
  ['abc', 7, 3, 'abc 1–3'],
  ['', 0, 3, ' 1–0'],
  ['aBc', 0, 3, 'Bac 1–3'],
])('what fits is all there: %s', (names, turn, size, expected) => {
  expect(selected(names, turn, size)).toBe(expected);
});

test.each([
  // The last page is full, too.
  [0, 'abcd 1–4'],
  [1, 'efgh 5–8'],
  [2, 'fghi 6–9'],
  [3, 'abcd 1–4'],
])('what doesn’t fit takes turns, %i', (turn, expected) => {
  expect(selected('abcdefghi', turn, 4)).toBe(expected);
});

test.each([
  [0, 'Babc 1–4'],
  [1, 'Bdef 5–7'],
  [2, 'Bfgh 7–9'],
  [3, 'Babc 1–4'],
])('what needs attention is on every page, %i', (turn, expected) => {
  expect(selected('aBbcdefgh', turn, 4)).toBe(expected);
});

test.each([
  [0, 'ABCD 1–4'],
  [1, 'ABEf 5–6'],
  [2, 'ABgh 7–8'],
])('but only on half of it, %i', (turn, expected) => {
  expect(selected('ABCDEfgh', turn, 4)).toBe(expected);
});
