import { DEFAULT_SERVER_ID } from '@mediamtx-monitor/types';
import type { Reader } from '../feed/index.ts';
import { RefusedError } from './refusal.ts';
import type { RouteContext } from './route.ts';
import { chosenBy, type ServerChoice } from './server-choice.ts';
import { fromStore } from './store.ts';

const MAX_SHOWN = 200;

/**
 * Servers that have history of a stream, which need not be there any more.
 * @throws {RefusedError} `unknown-stream` where none has, or one of `STORE_PROBLEMS`
 */
export async function formerOwners(
  { feed, history }: Pick<RouteContext, 'feed' | 'history'>,
  name: string,
  choice: ServerChoice,
  reader: Reader,
): Promise<readonly [string, ...string[]]> {
  const servers = askedFor(feed, choice);
  const [owner, ...others] = await fromStore(history.serversWith(name, servers, reader));
  if (owner !== undefined) return [owner, ...others];
  throw new RefusedError({
    code: 'unknown-stream',
    detail: `Of a stream "${name.slice(0, MAX_SHOWN)}" nothing is known on ${servers.join(', ') || 'any server with these labels'}.`,
  });
}

/** Of labels only servers tell that are known; one that is named need not be. */
function askedFor(
  { servers }: Pick<RouteContext['feed'], 'servers'>,
  choice: ServerChoice,
): readonly string[] {
  const { server, label } = choice;
  if (label === undefined && server !== undefined) return [server];
  const known = servers.heads.map(({ subject }) => subject);
  if (label === undefined) return known.length > 0 ? known : [DEFAULT_SERVER_ID];
  return known.filter(chosenBy({ servers }, choice));
}
