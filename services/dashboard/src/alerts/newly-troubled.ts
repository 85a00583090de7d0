import type { Listed } from '../model/listed.ts';
import { needsAttention } from '../model/listed.ts';
import type { ServerTrouble } from '../model/truth.ts';

/** The fleet at a moment, as far as alerts care. */
export interface Picture {
  /** Ids of all servers. */
  readonly serverIds: readonly string[];
  readonly list: readonly Listed[];
  readonly servers: readonly ServerTrouble[];
}

/** What was in trouble at a moment: keys of streams, ids of servers. */
export interface TroubleSet {
  /** All servers that were there. */
  readonly serverIds: ReadonlySet<string>;
  readonly streams: ReadonlySet<string>;
  readonly servers: ReadonlySet<string>;
}

/** What has got into trouble since. */
export interface NewTrouble {
  readonly streams: readonly Listed[];
  readonly servers: readonly ServerTrouble[];
}

/** Before anything was seen: so nothing that comes first is news. */
export const NOTHING_SEEN: TroubleSet = { serverIds: new Set(), streams: new Set(), servers: new Set() };

/**
 * What someone should be told of. What a server that wasn't there before brings with it is no news. A stream of unknown
 * health is neither well nor in trouble: what was known of it before still counts, so that its server's return isn't
 * told as news.
 */
export function newlyTroubled(
  before: TroubleSet,
  { serverIds, list, servers }: Picture,
): { readonly news: NewTrouble; readonly now: TroubleSet } {
  const troubled = list.filter(needsAttention);
  const kept = list.filter(({ key, health }) => health === 'unknown' && before.streams.has(key));
  return {
    news: {
      streams: troubled.filter(
        ({ key, stream }) => before.serverIds.has(stream.server) && !before.streams.has(key),
      ),
      servers: servers.filter(({ server }) => before.serverIds.has(server) && !before.servers.has(server)),
    },
    now: {
      serverIds: new Set(serverIds),
      streams: new Set([...troubled, ...kept].map(({ key }) => key)),
      servers: new Set(servers.map(({ server }) => server)),
    },
  };
}
