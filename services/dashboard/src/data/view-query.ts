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
import { parsePast, pastParts } from './past-view.ts';
import { known, oneOf, parseTime, timeText } from './query-values.ts';
import {
  DEFAULT_SORT,
  LANGUAGES,
  RANGES,
  SORT_KEYS,
  type StreamId,
  THEMES,
  VIEWS,
  type ViewSort,
  type ViewState,
} from './view.ts';

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
    range: oneOf(RANGES, params.get('range')) ?? null,
    at: parseTime(params.get('at')),
    ...parsePast(params),
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
    ['range', view.range ?? ''],
    ['at', timeText(view.at)],
    ...pastParts(view),
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

/** Slashes, colons and commas may stand in a query as they are, and are easier to read. */
function readable(value: string): string {
  return encodeURIComponent(value.toWellFormed())
    .replaceAll('%2F', '/')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',');
}
