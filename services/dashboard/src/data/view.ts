import type { Health, ReasonCode, StreamState } from '@mediamtx-monitor/types';
import { DEFAULT_PAST, type PastView } from './past-view.ts';

export const VIEWS = ['streams', 'cards', 'servers', 'timeline', 'sessions', 'availability', 'help'] as const;
export type ViewName = (typeof VIEWS)[number];
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];
export const THEMES = ['auto', 'dark', 'light'] as const;
export type Theme = (typeof THEMES)[number];

/** Which stream: names are unique on one server only. */
export interface StreamId {
  readonly server: string;
  readonly name: string;
}

/** Columns a list can be sorted by; `attention` puts first what needs an eye. */
export const SORT_KEYS = [
  'attention',
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
  readonly protocol: readonly string[];
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
  /** For a screen on the wall: nothing to click. */
  readonly kiosk: boolean;
  /** `null`: what this browser is set to. */
  readonly lang: Language | null;
  readonly theme: Theme | null;
}

export const DEFAULT_SORT: ViewSort = { key: 'attention', descending: false };

/** How long a time of the past is looked at. */
export const RANGES = ['15m', '24h', '7d', '30d'] as const;
export type Range = (typeof RANGES)[number];

/** Narrows nothing. */
export const NO_FILTER: ViewFilter = { q: '', state: [], health: [], server: [], protocol: [] };

export const DEFAULT_VIEW: ViewState = {
  ...NO_FILTER,
  view: 'streams',
  stream: null,
  topic: null,
  sort: DEFAULT_SORT,
  range: null,
  at: null,
  ...DEFAULT_PAST,
  kiosk: false,
  lang: null,
  theme: null,
};

/** Whether anything is narrowed. */
export function isFiltered({ q, state, health, server, protocol }: ViewFilter): boolean {
  return q.trim() !== '' || [state, health, server, protocol].some(({ length }) => length > 0);
}
