import {
  type Health,
  HEALTHS,
  isServerId,
  LABEL_CHOICE,
  MAX_LABELS,
  PROTOCOLS,
  REASON_CODES,
  type ReasonCode,
  STREAM_STATES,
  type StreamState,
} from '@mediamtx-monitor/types';
import { listText, parseListText } from './list-text.ts';
import { parsePast, pastParts } from './past-view.ts';
import { known, oneOf, parseTime, timeText } from './query-values.ts';
import {
  COLUMN_NAMES,
  DEFAULT_SORT,
  type Grouping,
  MAX_CHOSEN,
  MAX_GROUP_DEPTH,
  MAX_PINS,
  type Night,
  RANGES,
  SORT_KEYS,
  type StreamId,
  THEMES,
  TILES,
  type Tiles,
  VIEWS,
  type ViewSort,
  type ViewState,
} from './view.ts';

/**
 * Reads a URL's query. What isn't known is passed over: a link of another version still opens something.
 * @param languages codes of those that the page speaks
 */
export function parseView(query: string, languages: readonly string[]): ViewState {
  const params = new URLSearchParams(query);
  const list = (name: string): readonly string[] => params.get(name)?.split(',') ?? [];
  return {
    view: oneOf(VIEWS, params.get('view')) ?? 'streams',
    stream: parseStreamId(params.get('stream')),
    topic: oneOf(REASON_CODES, params.get('topic')) ?? null,
    q: params.get('q') ?? '',
    state: known<StreamState>(STREAM_STATES, list('state')),
    health: known<Health>(HEALTHS, list('health')),
    server: list('server').filter(isServerId),
    label: [...new Set(params.getAll('label'))].filter((one) => LABEL_CHOICE.test(one)).slice(0, MAX_LABELS),
    protocol: known(PROTOCOLS, list('protocol')),
    favourites: isOn(params.get('favourites')),
    pins: parseKeys(params.get('pins')).slice(0, MAX_PINS),
    sort: parseSort(params.get('sort')),
    range: oneOf(RANGES, params.get('range')) ?? null,
    at: parseTime(params.get('at')),
    zoom: parseZoom(params.get('zoom')),
    with: parseStreamId(params.get('with')),
    host: parseHost(params.get('host')),
    grouping: parseGrouping(params.get('group'), params.get('closed')),
    columns: params.has('columns') ? known(COLUMN_NAMES, list('columns')) : null,
    tiles: parseTiles(params.get('tiles')),
    chosen: parseKeys(params.get('chosen')).slice(0, MAX_CHOSEN),
    ...parsePast(params),
    kiosk: isOn(params.get('kiosk')),
    night: parseNight(params.get('night')),
    lang: oneOf(languages, params.get('lang')) ?? null,
    theme: oneOf(THEMES, params.get('theme')) ?? null,
  };
}

/** The query of a view, with its `?`; what is as usual is left out. */
export function viewQuery(view: ViewState): string {
  const { sort, stream } = view;
  const parts: readonly (readonly [name: string, value: string])[] = [
    ['view', view.view === 'streams' ? '' : view.view],
    ['stream', streamText(stream)],
    ['topic', view.view === 'help' ? (view.topic ?? '') : ''],
    ['q', view.q],
    ['state', view.state.join()],
    ['health', view.health.join()],
    ['server', view.server.join()],
    ...view.label.map((one) => ['label', one] as const),
    ['protocol', view.protocol.join()],
    ['favourites', view.favourites ? '1' : ''],
    ['pins', listText(view.pins)],
    ['sort', sortText(sort)],
    ['group', view.grouping === null ? '' : String(view.grouping.depth)],
    ['closed', listText(view.grouping?.closed ?? [])],
    ['columns', view.columns === null ? '' : view.columns.join() || 'none'],
    ['tiles', view.tiles === null ? '' : `${view.tiles.columns}x${view.tiles.rows}`],
    ['chosen', listText(view.chosen)],
    ['range', view.range ?? ''],
    ['at', timeText(view.at)],
    ['zoom', view.zoom?.map(timeText).join('/') ?? ''],
    ['with', stream === null ? '' : streamText(view.with)],
    ['host', view.view === 'history' ? (view.host ?? '') : ''],
    ...pastParts(view),
    ['kiosk', view.kiosk ? '1' : ''],
    ['night', view.night === null ? '' : `${view.night.fromHour}-${view.night.toHour}`],
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

/** Two times, in order. */
function parseZoom(text: string | null): ViewState['zoom'] {
  const [from = null, to = null] = (text?.split('/') ?? []).map(parseTime);
  return from === null || to === null || from >= to ? null : [from, to];
}

/** A stream's name may hold slashes, a server's id can't. */
export function parseStreamId(text: string | null): StreamId | null {
  const slash = text?.indexOf('/') ?? -1;
  if (text === null || slash < 1 || slash === text.length - 1) return null;
  const server = text.slice(0, slash);
  return isServerId(server) ? { server, name: text.slice(slash + 1) } : null;
}

function streamText(stream: StreamId | null): string {
  return stream === null ? '' : `${stream.server}/${stream.name}`;
}

/** Ids of hosts look as those of servers do. */
function parseHost(text: string | null): string | null {
  return text !== null && isServerId(text) ? text : null;
}

/** Keys of streams, each once. */
function parseKeys(text: string | null): readonly string[] {
  return [...new Set(parseListText(text))].filter((key) => parseStreamId(key) !== null);
}

function parseGrouping(depth: string | null, closed: string | null): Grouping | null {
  if (depth === null || !/^\d$/.test(depth) || Number(depth) < 1) return null;
  return { depth: Math.min(Number(depth), MAX_GROUP_DEPTH), closed: [...new Set(parseListText(closed))] };
}

function parseTiles(text: string | null): Tiles | null {
  return TILES.find(({ columns, rows }) => `${columns}x${rows}` === text) ?? null;
}

/** Two hours, 0 to 24; the same twice is no night. */
function parseNight(text: string | null): Night | null {
  const [, from, to] = /^(\d{1,2})-(\d{1,2})$/.exec(text ?? '') ?? [];
  const night = { fromHour: Number(from), toHour: Number(to) };
  const isNight = night.fromHour <= 24 && night.toHour <= 24 && night.fromHour !== night.toHour;
  return isNight ? night : null;
}

function isOn(text: string | null): boolean {
  return text !== null && text !== '0';
}

function parseSort(text: string | null): ViewSort {
  const descending = text?.startsWith('-') ?? false;
  const key = oneOf(SORT_KEYS, descending ? (text?.slice(1) ?? '') : text);
  return key === undefined ? DEFAULT_SORT : { key, descending };
}

function sortText({ key, descending }: ViewSort): string {
  return key === 'attention' && !descending ? '' : `${descending ? '-' : ''}${key}`;
}

/** Slashes, colons and commas may stand in a query as they are, and are easier to read. */
function readable(value: string): string {
  return encodeURIComponent(value.toWellFormed())
    .replaceAll('%2F', '/')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',');
}
