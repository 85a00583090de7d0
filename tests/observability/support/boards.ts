import { readdirSync } from 'node:fs';
import { inProject, readText } from '../../docs/support/documents.ts';

export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A query of a panel. */
export interface BoardTarget {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat?: string;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: Datasource;
  readonly gridPos: GridPosition;
  readonly targets?: readonly BoardTarget[];
  readonly fieldConfig?: {
    readonly defaults: {
      readonly unit?: string;
      readonly thresholds?: { readonly steps: readonly ThresholdStep[] };
    };
    readonly overrides: readonly { readonly matcher: { readonly id: string; readonly options: string } }[];
  };
  readonly transformations?: readonly {
    readonly id: string;
    readonly options: {
      readonly indexByName?: Readonly<Record<string, number>>;
      readonly renameByName?: Readonly<Record<string, string>>;
    };
  }[];
}

interface ThresholdStep {
  readonly value: number | null;
}

interface Datasource {
  readonly type: string;
  readonly uid: string;
}

export interface Variable {
  readonly name: string;
  readonly type: string;
  readonly label?: string;
  readonly datasource?: Datasource;
  readonly definition?: string;
}

/** What is marked on time axes: each point that a query brings, at its time, or at that which its value is (in ms). */
export interface Annotation {
  readonly name: string;
  readonly builtIn?: number;
  readonly datasource: Datasource;
  readonly expr?: string;
  readonly step?: string;
  readonly titleFormat?: string;
  readonly textFormat?: string;
  readonly useValueForTime?: boolean;
}

/** A dashboard of Grafana, as far as it matters here. */
export interface Board {
  readonly id?: unknown;
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly annotations: { readonly list: readonly Annotation[] };
  readonly templating: { readonly list: readonly Variable[] };
}

const FOLDER = 'docker/grafana/dashboards';

/** All boards, by the path of their file. */
export const BOARDS: readonly (readonly [path: string, board: Board])[] = readdirSync(inProject(FOLDER)).map(
  (name) => {
    const path = `${FOLDER}/${name}`;
    return [path, JSON.parse(readText(path)) as Board];
  },
);

/** Annotations of a board's own, with what they ask. */
export const annotationsOf = ({ annotations }: Board): (Annotation & { readonly expr: string })[] =>
  annotations.list.flatMap((each) => (each.expr === undefined ? [] : [{ ...each, expr: each.expr }]));

/** Panels that show something. */
export const shownPanels = ({ panels }: Board): Panel[] => panels.filter(({ type }) => type !== 'row');

/** How the columns of a table are named and ordered: what they are called by Grafana → their titles. */
export function columnsOf({ transformations = [] }: Panel): Map<string, string> {
  const organize = transformations.find(({ id }) => id === 'organize')?.options;
  const names = Object.keys({ ...organize?.indexByName, ...organize?.renameByName });
  return new Map(names.map((name) => [name, organize?.renameByName?.[name] ?? name]));
}
