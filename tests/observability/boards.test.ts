import { describe, expect, test } from '@jest/globals';
import {
  annotationsOf,
  type Board,
  BOARDS,
  columnsOf,
  type GridPosition,
  shownPanels,
} from './support/boards.ts';

const COLUMNS = 24;
/** The schema of Grafana 10.4 and 11; newer ones migrate from it. */
const SCHEMA_VERSION = 39;
const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

const overlap = (a: GridPosition, b: GridPosition): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** Variables of the board that are named in it; Grafana's own begin with two underscores. */
function variablesUsed(board: Board): Set<string> {
  const names = JSON.stringify(board).matchAll(/\$(?:\{(\w+)(?::\w+)?\}|(\w+))/g);
  return new Set(
    [...names].map(([, braced, bare]) => braced ?? bare ?? '').filter((name) => !/^__/.test(name)),
  );
}

const repeated = <T>(items: readonly T[]): T[] =>
  items.filter((item, index) => items.indexOf(item) !== index);

test('boards have addresses of their own, and links between them lead somewhere', () => {
  const uids = BOARDS.map(([, { uid }]) => uid);
  expect(uids).toContain('mediamtx-streams');
  expect(repeated(uids)).toStrictEqual([]);
  const linked = BOARDS.flatMap(([, board]) => [...JSON.stringify(board).matchAll(/\/d\/([\w-]+)/g)]);
  expect(linked.length).toBeGreaterThan(0);
  expect(linked.map(([, uid = '']) => uid).filter((uid) => !uids.includes(uid))).toStrictEqual([]);
});

describe.each(BOARDS)('%s', (_path, board) => {
  const panels = shownPanels(board);

  test('can be imported anywhere: no number of its own, a schema that is known', () => {
    expect([board.id, board.schemaVersion]).toStrictEqual([undefined, SCHEMA_VERSION]);
  });

  test('has each panel once', () => {
    expect(repeated(board.panels.map(({ id }) => id))).toStrictEqual([]);
    expect(repeated(board.panels.map(({ title }) => title))).toStrictEqual([]);
  });

  test('has no panel upon another, or beyond the edge', () => {
    const wrong = board.panels.flatMap(({ title, gridPos }, index) => {
      const over = board.panels.slice(index + 1).filter((other) => overlap(gridPos, other.gridPos));
      const isOut = gridPos.x < 0 || gridPos.x + gridPos.w > COLUMNS;
      return [...over.map((other) => `${title} × ${other.title}`), ...(isOut ? [title] : [])];
    });
    expect(wrong).toStrictEqual([]);
  });

  test('names the variables it has, and has those it names', () => {
    const defined = board.templating.list.map(({ name }) => name);
    expect([...variablesUsed(board)].sort()).toStrictEqual(defined.toSorted());
    expect(board.templating.list.filter(({ label = '' }) => label === '')).toStrictEqual([]);
  });

  test('asks the Prometheus that is chosen', () => {
    const [chosen, ...others] = board.templating.list;
    expect([chosen?.name, chosen?.type]).toStrictEqual(['datasource', 'datasource']);
    const asking = [...panels, ...others, ...annotationsOf(board)].map(({ datasource }) => datasource);
    expect(
      asking.filter((datasource) => JSON.stringify(datasource) !== JSON.stringify(DATASOURCE)),
    ).toStrictEqual([]);
  });

  test('says of each annotation what it is of, and how often is looked', () => {
    const unclear = annotationsOf(board).filter(
      ({ titleFormat, textFormat, step }) =>
        !/^[a-z ]+$/.test(titleFormat ?? '') ||
        !/\{\{\w+\}\}/.test(textFormat ?? '') ||
        !/^\d+s$/.test(step ?? ''),
    );
    expect(unclear).toStrictEqual([]);
  });

  describe.each(panels.map((panel) => [panel.title, panel] as const))('%s', (title, panel) => {
    test('explains itself, with a unit', () => {
      expect(title).toMatch(/^[A-Z]/);
      expect(panel.description).toMatch(/\.$/);
      expect(panel.fieldConfig?.defaults.unit).toMatch(/./);
    });

    test('asks something, each query by a name of its own', () => {
      const refIds = (panel.targets ?? []).map(({ refId }) => refId);
      expect(refIds.length).toBeGreaterThan(0);
      expect(repeated(refIds)).toStrictEqual([]);
    });

    test('has thresholds that rise', () => {
      const [base, ...values] = (panel.fieldConfig?.defaults.thresholds?.steps ?? []).map(
        ({ value }) => value,
      );
      expect(base).toBeNull();
      expect(values).toStrictEqual(values.toSorted((a, b) => Number(a) - Number(b)));
    });
  });

  const tables = panels.flatMap((panel) => (panel.type === 'table' ? [[panel.title, panel] as const] : []));

  test.each(tables)('%s: colours columns that it has', (_title, panel) => {
    const titles = new Set(columnsOf(panel).values());
    const coloured = (panel.fieldConfig?.overrides ?? []).map(({ matcher }) => matcher.options);
    expect(coloured.length).toBeGreaterThan(0);
    expect(coloured.filter((name) => !titles.has(name))).toStrictEqual([]);
  });
});
