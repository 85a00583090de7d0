import { DEFAULT_SERVER_ID } from '@mediamtx-monitor/types';
import type { Reader } from '../feed/index.ts';
import { RefusedError } from './refusal.ts';
import type { RouteContext } from './route.ts';
import { fromStore } from './store.ts';

const MAX_SHOWN = 200;

/**
 * Servers that have history of a stream, which need not be there any more.
 * @param server only this one
 * @throws {RefusedError} `unknown-stream` where none has, or one of `STORE_PROBLEMS`
 */
export async function formerOwners(
  { feed, history }: Pick<RouteContext, 'feed' | 'history'>,
  name: string,
  server: string | undefined,
  reader: Reader,
): Promise<readonly [string, ...string[]]> {
  const known = feed.servers.heads.map(({ subject }) => subject);
  const servers = server !== undefined ? [server] : known.length > 0 ? known : [DEFAULT_SERVER_ID];
  const [owner, ...others] = await fromStore(history.serversWith(name, servers, reader));
  if (owner !== undefined) return [owner, ...others];
  throw new RefusedError({
    code: 'unknown-stream',
    detail: `Of a stream "${name.slice(0, MAX_SHOWN)}" nothing is known on ${servers.join(', ')}.`,
  });
}
