import type { Health, StreamRecord } from '@mediamtx-monitor/types';
import type { Fleet } from '../data/fleet.ts';

/** Which stream: names are unique on one server only. */
export interface StreamId {
  readonly server: string;
  readonly name: string;
}

/** A stream as lists show it. */
export interface Listed {
  /** `server/name`: unique, and what stands in links. */
  readonly key: string;
  readonly stream: StreamRecord;
  /** The stream's health; `unknown` when its server's data is too old to be believed. */
  readonly health: Health;
  readonly stale: boolean;
  /** Place of its name in the order people expect. */
  readonly rank: number;
}

export function keyOf({ server, name }: StreamId): string {
  return `${server}/${name}`;
}

/** Lists all streams of the fleet. @param ranks see `createRanking` */
export function listStreams(
  servers: Fleet['servers'],
  staleServers: ReadonlySet<string>,
  ranks: (keys: readonly string[]) => ReadonlyMap<string, number>,
): readonly Listed[] {
  const streams = [...servers.values()].flatMap((message) => message.streams);
  const keys = streams.map(keyOf);
  const rankOf = ranks(keys);
  return streams.map((stream, index) => {
    const key = keys[index] ?? keyOf(stream);
    const stale = staleServers.has(stream.server);
    return { key, stream, health: stale ? 'unknown' : stream.health, stale, rank: rankOf.get(key) ?? 0 };
  });
}

/** How much a stream needs someone's eye: 0 most. */
export function urgency({ health, stream }: Listed): number {
  if (health === 'critical') return 0;
  if (health === 'warning') return 1;
  if (health === 'unknown') return 2;
  return stream.state === 'idle' || stream.state === 'waiting' ? 4 : 3;
}

export function needsAttention({ health }: Listed): boolean {
  return health === 'critical' || health === 'warning';
}

/**
 * Makes a function that ranks names in the order people expect (`cam2` before `cam10`). Comparing that way is dear, so
 * it is done again only when the names have changed.
 */
export function createRanking(): (keys: readonly string[]) => ReadonlyMap<string, number> {
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  let last: readonly string[] = [];
  let ranks: ReadonlyMap<string, number> = new Map();
  return (keys) => {
    const same = keys.length === last.length && keys.every((key, index) => key === last[index]);
    if (same) return ranks;
    last = keys;
    const sorted = [...keys].sort((a, b) => collator.compare(nameIn(a), nameIn(b)) || collator.compare(a, b));
    ranks = new Map(sorted.map((key, index) => [key, index]));
    return ranks;
  };
}

function nameIn(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}
