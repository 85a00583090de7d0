import { isListName, type SimulatedListName } from '../lists/names.ts';
import type { Version } from '../versions/version.ts';

/** What MediaMTX can be asked for of a single path. */
export const DETAIL_NAMES = ['static-source', 'forwards', 'configuration'] as const;
export type DetailName = (typeof DETAIL_NAMES)[number];

/** What a request asks for. */
export type Question =
  | { readonly kind: 'list'; readonly list: SimulatedListName }
  /** The static source of a path. */
  | { readonly kind: 'static-source'; readonly path: string }
  /** Where a path is sent on to: all of them, or the one with this id. */
  | { readonly kind: 'forwards'; readonly path: string; readonly id: string | null }
  /** An entry in MediaMTX's configuration. */
  | { readonly kind: 'configuration'; readonly confName: string };

/** Which names of routes are answered. */
export interface KnownNames extends Pick<Version, 'groupedNames' | 'staticSources' | 'forwards'> {
  /** Whether the first names of routes that have another one by now still are. */
  readonly firstNames: boolean;
}

const STATIC_SOURCE = '/v3/paths/static-sources/get/';
const CONFIGURATION = '/v3/config/paths/get/';

/** What a path and query ask for; `null` where they are no route. */
export function questionOf(path: string, query: URLSearchParams, known: KnownNames): Question | null {
  const list = listOf(path, known);
  if (list !== null) return { kind: 'list', list };
  if (known.staticSources && path.startsWith(STATIC_SOURCE)) {
    return { kind: 'static-source', path: nameIn(path, STATIC_SOURCE) };
  }
  if (path.startsWith(CONFIGURATION)) {
    return { kind: 'configuration', confName: nameIn(path, CONFIGURATION) };
  }
  const [, name, action] = /^\/v3\/paths\/(forward|forward-dests)\/(list|get)$/.exec(path) ?? [];
  if (name === undefined || known.forwards === null) return null;
  if (name === 'forward' ? !known.firstNames : !known.groupedNames) return null;
  const id = action === 'get' ? (query.get('id') ?? '') : null;
  return { kind: 'forwards', path: query.get('path') ?? '', id };
}

/** The list that a path names: `srtconns`, or from 1.21 on `srt/conns` too. */
function listOf(path: string, { groupedNames, firstNames }: KnownNames): SimulatedListName | null {
  if (path === '/v3/info') return 'info';
  const [, protocol, kind] = /^\/v3\/([a-z]+)\/(conns|sessions|muxers)\/list$/.exec(path) ?? [];
  if (protocol !== undefined && kind !== undefined) {
    const joined = protocol + kind;
    return groupedNames && isListName(joined) ? joined : null;
  }
  const name = /^\/v3\/([a-z]+)\/list$/.exec(path)?.[1];
  if (!isListName(name) || name === 'info') return null;
  return firstNames || name === 'paths' || name === 'recordings' ? name : null;
}

/** A path's name at the end of a route, with its slashes encoded or not. */
function nameIn(path: string, route: string): string {
  try {
    return decodeURIComponent(path.slice(route.length));
  } catch {
    return '';
  }
}
