import type { Health, ReasonCode, StreamState } from '@mediamtx-monitor/types';
import { DEFAULT_PAST, type PastView } from './past-view.ts';

export const VIEWS = [
  'streams',
  'cards',
  'wall',
  'servers',
  'history',
  'timeline',
  'sessions',
  'availability',
  'help',
] as const;
export type ViewName = (typeof VIEWS)[number];

export const THEMES = ['auto', 'dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];

/** Which stream: names are unique on one server only. */
export interface StreamId {
  readonly server: string;
  readonly name: string;
}

/** What a list can be sorted by; `attention` puts first what needs an eye, `favourites` those before it. */
export const SORT_KEYS = [
  'attention',
  'favourites',
  'name',
  'state',
  'inboundMbps',
  'outboundMbps',
  'readers',
  'rttMs',
  'linkLossPercent',
  'since',
] as const;
export type ViewSortKey = (typeof SORT_KEYS)[number];

export interface ViewSort {
  readonly key: ViewSortKey;
  readonly descending: boolean;
}

/** What a list is narrowed to; an empty list narrows nothing. */
export interface ViewFilter {
  readonly q: string;
  readonly state: readonly StreamState[];
  readonly health: readonly Health[];
  readonly server: readonly string[];
  /** Labels that a server has to have, all of them, each as `name:value`. */
  readonly label: readonly string[];
  readonly protocol: readonly string[];
  /** Only streams that have a star in this browser. */
  readonly favourites: boolean;
  /** Keys of streams: only these, and on a wall in this order. */
  readonly pins: readonly string[];
}

/** Columns of the table that can be left out, from left to right. */
export const COLUMN_NAMES = [
  'state',
  'health',
  'media',
  'in',
  'out',
  'viewers',
  'rtt',
  'loss',
  'since',
] as const;
export type ColumnName = (typeof COLUMN_NAMES)[number];

/** How streams are put together by the beginnings of their names. */
export interface Grouping {
  /** So many parts of the name, up to a slash each, make a group. */
  readonly depth: number;
  /** Groups that are closed; with `*` among them all are but those. */
  readonly closed: readonly string[];
}

/** More parts than that make groups of one. */
export const MAX_GROUP_DEPTH = 3;

/** How many tiles a wall has beside and below one another. */
export interface Tiles {
  readonly columns: number;
  readonly rows: number;
}

/** Layouts of a wall that can be chosen. */
export const TILES: readonly Tiles[] = [
  { columns: 2, rows: 2 },
  { columns: 3, rows: 2 },
  { columns: 3, rows: 3 },
  { columns: 4, rows: 3 },
  { columns: 4, rows: 4 },
  { columns: 5, rows: 4 },
];

/** So many streams may play on a wall at once. */
export const MAX_CHOSEN = 9;
/** More streams nobody pins. */
export const MAX_PINS = 100;

/** Hours of the local day between which a wall is dimmed: from `fromHour` on, before `toHour`. */
export interface Night {
  readonly fromHour: number;
  readonly toHour: number;
}

/** What is looked at: all of it stands in the URL, so that a view is a link. */
export interface ViewState extends ViewFilter, PastView {
  readonly view: ViewName;
  /** The stream whose page is open. */
  readonly stream: StreamId | null;
  /** The reason that help is asked for. */
  readonly topic: ReasonCode | null;
  readonly sort: ViewSort;
  /** How much of the past is looked at; `null`: what is now. */
  readonly range: Range | null;
  /** The moment in the middle of what is looked at, Unix ms; `null`: the range ends now. */
  readonly at: number | null;
  /** Between which moments of that somebody looks closer, Unix ms; `null`: at all of it. */
  readonly zoom: readonly [fromMs: number, toMs: number] | null;
  /** The stream that is shown on the same axes. */
  readonly with: StreamId | null;
  /** The host whose history is looked at. */
  readonly host: string | null;
  /** `null`: the list is one. */
  readonly grouping: Grouping | null;
  /** Columns of the table; `null`: as they are chosen in this browser. */
  readonly columns: readonly ColumnName[] | null;
  /** `null`: as many as suit. */
  readonly tiles: Tiles | null;
  /** Keys of the streams that play together when someone says so. */
  readonly chosen: readonly string[];
  /** For a screen on the wall: nothing to click. */
  readonly kiosk: boolean;
  /** When such a screen is dimmed; `null`: never. */
  readonly night: Night | null;
  /** `null`: what this browser is set to. */
  readonly lang: string | null;
  readonly theme: Theme | null;
}

export const DEFAULT_SORT: ViewSort = { key: 'attention', descending: false };

/** How long a time of the past is looked at. */
export const RANGES = ['15m', '24h', '7d', '30d'] as const;
export type Range = (typeof RANGES)[number];

/** What is now, and nothing of the past. */
export const OF_NOW = { range: null, at: null, zoom: null, with: null } as const satisfies Partial<ViewState>;

/** Narrows nothing. */
export const NO_FILTER: ViewFilter = {
  q: '',
  state: [],
  health: [],
  server: [],
  label: [],
  protocol: [],
  favourites: false,
  pins: [],
};

export const DEFAULT_VIEW: ViewState = {
  ...NO_FILTER,
  view: 'streams',
  stream: null,
  topic: null,
  sort: DEFAULT_SORT,
  range: null,
  at: null,
  zoom: null,
  with: null,
  host: null,
  grouping: null,
  columns: null,
  tiles: null,
  chosen: [],
  ...DEFAULT_PAST,
  kiosk: false,
  night: null,
  lang: null,
  theme: null,
};

/** What else is looked at: nobody has looked closer there yet. */
const ELSEWHERE = ['view', 'stream', 'host', 'server', 'range', 'at'] as const;

/** A view, changed like this. */
export function changedView(view: ViewState, change: Partial<ViewState>): ViewState {
  const isElsewhere = ELSEWHERE.some((member) => member in change);
  return { ...view, ...(isElsewhere && { zoom: null }), ...change };
}

/** Whether anything is narrowed. */
export function isFiltered({
  q,
  favourites,
  state,
  health,
  server,
  label,
  protocol,
  pins,
}: ViewFilter): boolean {
  return (
    q.trim() !== '' ||
    favourites ||
    [state, health, server, label, protocol, pins].some(({ length }) => length > 0)
  );
}

/** Whether tiles stand as they are pinned, and not as the list is sorted. */
export function isPinnedWall({ view, pins }: ViewState): boolean {
  return view === 'wall' && pins.length > 0;
}
