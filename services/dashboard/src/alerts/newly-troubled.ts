import type { Listed } from '../model/listed.ts';
import { needsAttention } from '../model/listed.ts';
import type { ServerTrouble } from '../model/truth.ts';

/** What was in trouble at a moment: keys of streams, ids of servers. */
export interface TroubleSet {
  readonly streams: ReadonlySet<string>;
  readonly servers: ReadonlySet<string>;
}

/** What has got into trouble since. */
export interface NewTrouble {
  readonly streams: readonly Listed[];
  readonly servers: readonly ServerTrouble[];
}

export function troubleSet(list: readonly Listed[], servers: readonly ServerTrouble[]): TroubleSet {
  return {
    streams: new Set(list.filter(needsAttention).map(({ key }) => key)),
    servers: new Set(servers.map(({ server }) => server)),
  };
}

/**
 * What someone should be told of. A stream of unknown health is neither well nor in trouble: what was known of it before
 * still counts, so that its server's return isn't told as news.
 */
export function newlyTroubled(
  before: TroubleSet,
  list: readonly Listed[],
  servers: readonly ServerTrouble[],
): { readonly news: NewTrouble; readonly now: TroubleSet } {
  const now = troubleSet(list, servers);
  const kept = list.filter(({ key, health }) => health === 'unknown' && before.streams.has(key));
  return {
    news: {
      streams: list.filter((one) => needsAttention(one) && !before.streams.has(one.key)),
      servers: servers.filter(({ server }) => !before.servers.has(server)),
    },
    now: { ...now, streams: new Set([...now.streams, ...kept.map(({ key }) => key)]) },
  };
}
