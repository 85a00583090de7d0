import type { ConnectionRecord } from '@mediamtx-monitor/types';
import { type Observation, type PathFact, PULL_LINK_PREFIX } from '../facts.ts';
import { carriedConnection } from './carried.ts';
import { streamClockRate } from './tracks.ts';
import { type ConnectionContext, deriveConnection } from './connection.ts';
import type { ConnectionMemory, Memory, PullLink } from './memory.ts';
import { ANSWER_COUNTS_MS } from './pull.ts';
import type { DeriveSettings } from './settings.ts';
import { isOnAir } from './states.ts';

interface PullLinks {
  readonly links: ReadonlyMap<string, PullLink>;
  readonly records: readonly ConnectionRecord[];
  /** By the links' ids. */
  readonly memory: readonly (readonly [string, ConnectionMemory])[];
}

/** Whether a connection is the link of a stream that MediaMTX pulls. */
export const isPullLink = ({ id }: ConnectionRecord): boolean => id.startsWith(PULL_LINK_PREFIX);

/**
 * Derives the links of streams that MediaMTX pulls. What wasn't asked this time stays as last read, until its stream
 * isn't live any more, begins anew, or nothing was answered for a minute. Pure.
 */
export function derivePullLinks(
  before: Memory,
  { details, paths: listed }: Observation,
  paths: ReadonlyMap<string, PathFact>,
  settings: DeriveSettings,
  context: Omit<ConnectionContext, 'receivedAtMs'>,
  monotonicMs: number,
): PullLinks {
  const links = new Map<string, PullLink>();
  const records: ConnectionRecord[] = [];
  const memory: [string, ConnectionMemory][] = [];
  if (before.pullLinks.size === 0 && details.sources.size === 0) return { links, records, memory };
  const keep = (stream: string, link: PullLink, ofLink: ConnectionMemory | undefined): void => {
    links.set(stream, link);
    records.push(link.record);
    if (ofLink !== undefined) memory.push([link.record.id, ofLink]);
  };

  for (const [stream, { fact, receivedAtMs }] of details.sources) {
    const path = paths.get(stream);
    if (path === undefined || !isOnAir(path) || fact.link === null) continue;
    const { readyAtMs } = path;
    const was = before.pullLinks.get(stream);
    const goesOn = was !== undefined && (was.readyAtMs ?? readyAtMs) === readyAtMs;
    const ofStream = { clockRate: streamClockRate(path), thresholds: settings.thresholdsOf(stream) };
    const remembered = goesOn ? before.connections.get(fact.link.id) : undefined;
    const derived = deriveConnection(fact.link, remembered, ofStream, { ...context, receivedAtMs });
    keep(stream, { record: derived.record, answeredAtMs: receivedAtMs, readyAtMs }, derived.memory);
  }
  for (const [stream, link] of before.pullLinks) {
    if (details.sources.has(stream) || monotonicMs - link.answeredAtMs > ANSWER_COUNTS_MS) continue;
    const path = paths.get(stream);
    const remembered = before.connections.get(link.record.id);
    if (listed === null) keep(stream, { ...link, record: carriedConnection(link.record, false) }, remembered);
    else if (path !== undefined && isOnAir(path) && (link.readyAtMs ?? path.readyAtMs) === path.readyAtMs)
      keep(stream, link, remembered);
  }
  return { links, records, memory };
}
