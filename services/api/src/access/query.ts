import { isServerId, SERVER_ID_RULE } from '@mediamtx-monitor/types';
import type { Refusal } from './refusal.ts';

/** The query parameters there are. */
export type ParameterName = 'server';

/** What a request asks for. */
export interface Query {
  /** Only this server; `undefined` for all. Any valid id, known or not. */
  readonly server: string | undefined;
}

/**
 * Reads a request's query parameters.
 * @param url of the request: path and query
 * @param allowed names the resource knows; any other is a mistake that would otherwise pass unseen
 */
export function readQuery(
  url: string,
  allowed: readonly ParameterName[],
): { readonly query: Query } | { readonly refusal: Refusal } {
  const mark = url.indexOf('?');
  const parameters = new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1));
  const known = new Set<string>(allowed);
  const unknown = [...new Set(parameters.keys())].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const names = allowed.length === 0 ? 'none' : allowed.join(', ');
    return refuse('unknown-parameter', `Not known here: ${shown(unknown.join(', '))}. Allowed: ${names}.`);
  }
  const [server, ...more] = parameters.getAll('server');
  if (more.length > 0) return refuse('invalid-parameter', 'server is given more than once; give it once.');
  if (server !== undefined && !isServerId(server)) {
    return refuse('invalid-parameter', `server is "${shown(server)}"; allowed: ${SERVER_ID_RULE}.`);
  }
  return { query: { server } };
}

const MAX_SHOWN = 200;
const shown = (text: string): string => (text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);

function refuse(code: Refusal['code'], detail: string): { refusal: Refusal } {
  return { refusal: { code, detail } };
}
