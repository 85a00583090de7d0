import { describe, expect, test } from '@jest/globals';
import { StreamHistory } from '../../src/data/history.ts';
import { NO_FILTER } from '../../src/data/view.ts';
import { ListWindow, type WholeList, withKnownRows, withoutKnownRows } from '../../src/worker/list-window.ts';
import { type ListPart, type ListShown, NOTHING_SHOWN } from '../../src/worker/exchange.ts';
import { groupStreams, type ListItem } from '../../src/model/groups.ts';
import type { ListedStream } from '../../src/model/streams.ts';
import { listed, snapshot, stream } from '../support/records.ts';

const ALL = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => listed({ name }));
const LOOK = { sparkLength: 3, cursor: null };
const whole = (list: readonly ListedStream[], items: readonly ListItem[] = list): WholeList => ({
  filter: NO_FILTER,
  list,
  items,
});
const rows = (first: number, last: number): ListPart => ({ kind: 'rows', first, last });
const names = ({ rows: shown }: ListShown): string[] =>
  shown.map((line) => (line.group === undefined ? line.listed.stream.name : line.group.key));

describe('of a list', () => {
  test('the rows are there that are looked at, with their place and how many there are', () => {
    const shown = new ListWindow(new StreamHistory()).at(whole(ALL), { ...LOOK, part: rows(2, 4) });
    expect(names(shown)).toStrictEqual(['c', 'd']);
    expect(shown).toMatchObject({ first: 2, total: 6, count: 6, turn: null, cursor: null });
  });

  test('that got shorter there are fewer', () => {
    const list = new ListWindow(new StreamHistory());
    expect(names(list.at(whole(ALL), { ...LOOK, part: rows(4, 9) }))).toStrictEqual(['e', 'f']);
    expect(names(list.at(whole(ALL.slice(0, 2)), { ...LOOK, part: rows(4, 9) }))).toStrictEqual([]);
  });

  test('each row has its small line', () => {
    const history = new StreamHistory();
    for (const [seq, inboundMbps] of [4, 8].entries()) {
      history.add(snapshot([stream({ name: 'a', inboundMbps })], { seq: seq + 1 }), seq * 2_000);
    }
    const [row] = new ListWindow(history).at(whole(ALL), { ...LOOK, part: rows(0, 1) }).rows;
    expect(row?.group === undefined && row?.spark).toBe('M1 50L2 5');
  });

  test('whose streams take turns one page is there, and what of it that is', () => {
    const list = new ListWindow(new StreamHistory());
    const shown = list.at(whole(ALL), { ...LOOK, part: { kind: 'turn', turn: 1, size: 4 } });
    expect(names(shown)).toStrictEqual(['c', 'd', 'e', 'f']);
    expect(shown).toMatchObject({ first: 0, total: 6, count: 4, turn: { first: 3, last: 6 } });
  });

  test('in groups has a row for each of them, and counts streams as before', () => {
    const streams = ['cam/a', 'cam/b', 'studio/c'].map((name) => listed({ name }));
    const items = groupStreams(streams, { depth: 1, closed: ['cam/'] });
    const list = new ListWindow(new StreamHistory());
    const shown = list.at(whole(streams, items), { ...LOOK, part: rows(0, 9), cursor: '/studio' });
    expect(names(shown)).toStrictEqual(['/cam', '/studio', 'studio/c']);
    expect(shown).toMatchObject({ total: 3, count: 3, cursor: { key: '/studio', index: 1 } });
  });
});

describe('the keyboard’s stream', () => {
  const find = (cursor: string | number) =>
    new ListWindow(new StreamHistory()).at(whole(ALL), { ...LOOK, part: rows(0, 2), cursor }).cursor;

  test('is found by its key wherever it is', () => {
    expect(find('main/e')).toStrictEqual({ wanted: 'main/e', key: 'main/e', index: 4 });
    expect(find('main/gone')).toStrictEqual({ wanted: 'main/gone', key: 'main/gone', index: -1 });
  });

  test('and by its place while nobody knows its key', () => {
    expect(find(5)).toStrictEqual({ wanted: 5, key: 'main/f', index: 5 });
    expect(find(6)).toStrictEqual({ wanted: 6, key: null, index: 6 });
  });
});

describe('to a page that has a part of the list already', () => {
  const list = new ListWindow(new StreamHistory());
  let known = NOTHING_SHOWN.list;
  let page = NOTHING_SHOWN.list;
  /** Has the page shown a part; returns the names that were sent for it. */
  const show = (part: ListPart, streams = ALL, look = LOOK): readonly (string | undefined)[] => {
    const next = list.at(whole(streams), { ...look, part });
    const sent = structuredClone(withoutKnownRows(known, next));
    known = next;
    page = withKnownRows(page, sent);
    expect(names(page)).toStrictEqual(names(next));
    return sent.rows.flatMap((row) => (row === null ? [] : names({ ...next, rows: [row] })));
  };

  test('only rows are sent that it hasn’t, and the others stay what they are', () => {
    expect(show(rows(0, 4))).toStrictEqual(['a', 'b', 'c', 'd']);
    const { rows: before } = page;
    expect(show(rows(2, 6))).toStrictEqual(['e', 'f']);
    expect(page.rows[0]).toBe(before[2]);
    expect(show(rows(2, 6))).toStrictEqual([]);
    expect(show(rows(1, 3))).toStrictEqual(['b']);
    expect(page.rows[1]).toBe(before[2]);
  });

  test.each([
    ['another list', [...ALL], LOOK, rows(0, 2), ['a', 'b']],
    ['longer lines', ALL, { ...LOOK, sparkLength: 60 }, rows(0, 2), ['a', 'b']],
    ['another page of it', ALL, LOOK, { kind: 'turn', turn: 0, size: 2 } as const, ['a', 'b']],
  ])('of %s all are', (_what, streams, look, part, expected) => {
    show(rows(0, 2));
    expect(show(part, streams, look)).toStrictEqual(expected);
  });
});
