import {
  type Health,
  HEALTHS,
  isServerId,
  PROTOCOLS,
  REASON_CODES,
  type ReasonCode,
  STREAM_STATES,
  type StreamState,
} from '@mediamtx-monitor/types';
import { type ReadonlySignal, type Signal, signal } from '@preact/signals-core';

const VIEWS = ['streams', 'cards', 'servers', 'help'] as const;
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
export interface ViewState extends ViewFilter {
  readonly view: ViewName;
  /** The stream whose page is open. */
  readonly stream: StreamId | null;
  /** The reason that help is asked for. */
  readonly topic: ReasonCode | null;
  readonly sort: ViewSort;
  /** For a screen on the wall: nothing to click. */
  readonly kiosk: boolean;
  /** `null`: what this browser is set to. */
  readonly lang: Language | null;
  readonly theme: Theme | null;
}

export const DEFAULT_SORT: ViewSort = { key: 'attention', descending: false };

/** Narrows nothing. */
export const NO_FILTER: ViewFilter = { q: '', state: [], health: [], server: [], protocol: [] };

export const DEFAULT_VIEW: ViewState = {
  ...NO_FILTER,
  view: 'streams',
  stream: null,
  topic: null,
  sort: DEFAULT_SORT,
  kiosk: false,
  lang: null,
  theme: null,
};

/** Reads a URL's query. What isn't known is passed over: a link of another version still opens something. */
export function parseView(query: string): ViewState {
  const params = new URLSearchParams(query);
  const list = (name: string): readonly string[] => params.get(name)?.split(',') ?? [];
  return {
    view: oneOf(VIEWS, params.get('view')) ?? 'streams',
    stream: parseStream(params.get('stream')),
    topic: oneOf(REASON_CODES, params.get('topic')) ?? null,
    q: params.get('q') ?? '',
    state: known<StreamState>(STREAM_STATES, list('state')),
    health: known<Health>(HEALTHS, list('health')),
    server: list('server').filter(isServerId),
    protocol: known(PROTOCOLS, list('protocol')),
    sort: parseSort(params.get('sort')),
    kiosk: params.has('kiosk') && params.get('kiosk') !== '0',
    lang: oneOf(LANGUAGES, params.get('lang')) ?? null,
    theme: oneOf(THEMES, params.get('theme')) ?? null,
  };
}

/** The query of a view, with its `?`; what is as usual is left out. */
export function viewQuery(view: ViewState): string {
  const { sort, stream } = view;
  const parts: readonly (readonly [name: string, value: string])[] = [
    ['view', view.view === 'streams' ? '' : view.view],
    ['stream', stream === null ? '' : `${stream.server}/${stream.name}`],
    ['topic', view.view === 'help' ? (view.topic ?? '') : ''],
    ['q', view.q],
    ['state', view.state.join()],
    ['health', view.health.join()],
    ['server', view.server.join()],
    ['protocol', view.protocol.join()],
    ['sort', sortText(sort)],
    ['kiosk', view.kiosk ? '1' : ''],
    ['lang', view.lang ?? ''],
    ['theme', view.theme ?? ''],
  ];
  const query = parts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${readable(value)}`)
    .join('&');
  return query === '' ? '?' : `?${query}`;
}

/** Whether this page knows a reason of this code. */
export function isReasonCode(code: string): code is ReasonCode {
  return oneOf(REASON_CODES, code) !== undefined;
}

/** Whether anything is narrowed. */
export function isFiltered({ q, state, health, server, protocol }: ViewFilter): boolean {
  return q.trim() !== '' || [state, health, server, protocol].some(({ length }) => length > 0);
}

/** A stream's name may hold slashes, a server's id can't. */
function parseStream(text: string | null): StreamId | null {
  const slash = text?.indexOf('/') ?? -1;
  if (text === null || slash < 1 || slash === text.length - 1) return null;
  const server = text.slice(0, slash);
  return isServerId(server) ? { server, name: text.slice(slash + 1) } : null;
}

function parseSort(text: string | null): ViewSort {
  const descending = text?.startsWith('-') ?? false;
  const key = oneOf(SORT_KEYS, descending ? (text?.slice(1) ?? '') : text);
  return key === undefined ? DEFAULT_SORT : { key, descending };
}

function sortText({ key, descending }: ViewSort): string {
  return key === 'attention' && !descending ? '' : `${descending ? '-' : ''}${key}`;
}

function oneOf<T extends string>(allowed: readonly T[], text: string | null): T | undefined {
  return allowed.find((one) => one === text);
}

function known<T extends string>(allowed: readonly T[], texts: readonly string[]): readonly T[] {
  return allowed.filter((one) => texts.includes(one));
}

/** Slashes and commas may stand in a query as they are, and are easier to read. */
function readable(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replaceAll('%2F', '/').replaceAll('%2C', ',');
}

/** What of the window is used. */
export interface RouterPorts {
  readonly location: Pick<Location, 'search'>;
  readonly history: Pick<History, 'pushState' | 'replaceState'>;
  readonly onPopState: (listener: () => void) => void;
}

/** The view as the URL says it, and the only way to change either. What it does may be taken from it one by one. */
export class Router {
  readonly #ports: RouterPorts;
  readonly #view: Signal<ViewState>;
  readonly view: ReadonlySignal<ViewState>;

  constructor(ports: RouterPorts) {
    this.#ports = ports;
    this.#view = signal(parseView(ports.location.search));
    this.view = this.#view;
    ports.onPopState(() => {
      this.#view.value = parseView(ports.location.search);
    });
  }

  /** Another page: the back button returns from it. */
  readonly go = (change: Partial<ViewState>): void => {
    const next = this.#changed(change);
    this.#ports.history.pushState(null, '', viewQuery(next));
    this.#view.value = next;
  };

  /** The same page, narrowed or sorted otherwise. */
  readonly adjust = (change: Partial<ViewState>): void => {
    const next = this.#changed(change);
    this.#ports.history.replaceState(null, '', viewQuery(next));
    this.#view.value = next;
  };

  /** Opens a link of this page, as it stands in `href`. */
  readonly open = (query: string): void => {
    this.#ports.history.pushState(null, '', query);
    this.#view.value = parseView(query);
  };

  /** The link of the view, changed like this. */
  readonly href = (change: Partial<ViewState>): string => viewQuery({ ...this.#view.value, ...change });

  #changed(change: Partial<ViewState>): ViewState {
    return { ...this.#view.peek(), ...change };
  }
}
