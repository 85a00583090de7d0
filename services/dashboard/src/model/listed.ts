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

/** Makes a function that lists all streams of the fleet. @param staleServers their streams are of unknown health */
export function createLister(): (
  servers: Fleet['servers'],
  staleServers: ReadonlySet<string>,
) => readonly Listed[] {
  let last: readonly Listed[] = [];
  return (servers, staleServers) => {
    const streams = [...servers.values()].flatMap((message) => message.streams);
    const known = last;
    // Keys and ranks are dear to make for thousands, and names seldom change.
    const isSame =
      streams.length === known.length && streams.every((stream, index) => isOf(stream, known[index]));
    const ranks = isSame ? undefined : rankKeys(streams.map(keyOf));
    last = streams.map((stream, index) => {
      const key = (isSame ? known[index]?.key : undefined) ?? keyOf(stream);
      const rank = (isSame ? known[index]?.rank : ranks?.get(key)) ?? 0;
      const stale = staleServers.has(stream.server);
      return { key, stream, health: stale ? 'unknown' : stream.health, stale, rank };
    });
    return last;
  };
}

function isOf({ server, name }: StreamRecord, listed: Listed | undefined): boolean {
  return listed?.stream.name === name && listed.stream.server === server;
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

/** Place of each key in the order people expect (`cam2` before `cam10`): by name, then by server. */
function rankKeys(keys: readonly string[]): ReadonlyMap<string, number> {
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  const sorted = [...keys].sort((a, b) => collator.compare(nameIn(a), nameIn(b)) || collator.compare(a, b));
  return new Map(sorted.map((key, index) => [key, index]));
}

function nameIn(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}
