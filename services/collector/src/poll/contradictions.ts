import { asFields } from '../fields.ts';
import type { ListFailure, ListName, ListOutcome } from '../facts.ts';
import { failed } from './failures.ts';
import { type Naming, routeOf } from './routes.ts';

/**
 * The list that has connections of each type, as sources and readers of paths are named, in lower case. RTSP connections
 * are never named, only their sessions are; HLS readers are named by their muxer up to 1.17 and by their session since.
 */
const LIST_OF_TYPE: ReadonlyMap<string, ListName> = new Map([
  ['srtconn', 'srtconns'],
  ['rtspsession', 'rtspsessions'],
  ['rtspssession', 'rtspssessions'],
  ['rtmpconn', 'rtmpconns'],
  ['rtmpsconn', 'rtmpsconns'],
  ['hlsmuxer', 'hlsmuxers'],
  ['hlssession', 'hlssessions'],
  ['webrtcsession', 'webrtcsessions'],
  ['moqsession', 'moqsessions'],
]);

/** The lists that must be there, since the path list names one of their connections. */
export function listsNamedBy(paths: ListOutcome): ReadonlySet<ListName> {
  const types = new Set<unknown>();
  for (const item of paths.kind === 'items' ? paths.items : []) {
    const { source, readers } = asFields(item) ?? {};
    types.add(asFields(source)?.['type']);
    if (Array.isArray(readers)) for (const reader of readers) types.add(asFields(reader)?.['type']);
  }
  const lists = new Set<ListName>();
  for (const type of types) {
    // Its case drifts between versions.
    const list = typeof type === 'string' ? LIST_OF_TYPE.get(type.toLowerCase()) : undefined;
    if (list !== undefined) lists.add(list);
  }
  return lists;
}

/** The failure of a list that answers "not there" while the path list names one of its connections. */
export function contradictionFailure(url: string, list: string, namings: readonly Naming[]): ListFailure {
  const routes = namings.map((naming) => `/v3/${routeOf(list, naming)}/list`).join(' and ');
  const error =
    `${url} answered 404 for ${routes}, though its path list names such connections. ` +
    'Either something between here and MediaMTX keeps them back, or this MediaMTX has another name for them.';
  return failed('error', 'list-hidden', { url, routes }, error);
}
