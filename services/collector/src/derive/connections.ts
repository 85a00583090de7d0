import type { Moment } from '@mediamtx-monitor/runtime';
import type { ConnectionRecord, Protocol } from '@mediamtx-monitor/types';
import type { Observation } from '../facts.ts';
import { carriedConnection } from './carried.ts';
import { streamClockRate } from './tracks.ts';
import { deriveConnection } from './connection.ts';
import { type ConnectionMemory, type Memory, type PullLink, versionOf } from './memory.ts';
import { derivePullLinks, isPullLink } from './pull-links.ts';
import type { DeriveSettings } from './settings.ts';
import type { Publisher } from './stream.ts';

/** All connections of a server after a poll. */
export interface DerivedConnections {
  readonly records: readonly ConnectionRecord[];
  readonly memory: ReadonlyMap<string, ConnectionMemory>;
  /** Publishing connections by id; of a list that failed as last read. */
  readonly publishers: ReadonlyMap<string, Publisher>;
  /** What is known of the links of streams that MediaMTX pulls, by stream. */
  readonly pulls: ReadonlyMap<string, Publisher>;
  readonly pullLinks: ReadonlyMap<string, PullLink>;
  /** Protocols whose list failed. */
  readonly failed: ReadonlySet<Protocol>;
  /** Number of readers that something is thrown away for, by stream. */
  readonly discardingReaders: ReadonlyMap<string, number>;
}

/** From 1.15.2 on MediaMTX tells its version; 1.9 counted SRT losses double, and didn't tell. */
const srtLossTrusted = (version: string | null): boolean => version !== null;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byStreamAndId = (a: ConnectionRecord, b: ConnectionRecord): number =>
  compare(a.stream ?? '', b.stream ?? '') || compare(a.id, b.id);

/** Derives every connection; those whose list failed stay as last read, with nothing derived but their reasons. Pure. */
export function deriveConnections(
  before: Memory,
  observation: Observation,
  settings: DeriveSettings,
  { wallMs: nowMs, monotonicMs }: Moment,
): DerivedConnections {
  const records: ConnectionRecord[] = [];
  const memory = new Map<string, ConnectionMemory>();
  const publishers = new Map<string, Publisher>();
  const failed = new Set<Protocol>();
  const discardingReaders = new Map<string, number>();
  const paths = new Map(observation.paths?.facts.map((path) => [path.name, path]));

  const shared = {
    server: settings.server,
    hysteresis: settings.hysteresis,
    srtLossTrusted: srtLossTrusted(versionOf(before, observation)),
    nowMs,
  };

  for (const { protocol, connections } of observation.protocols) {
    if (connections.kind === 'off') continue;
    if (connections.kind === 'failed') {
      failed.add(protocol);
      for (const record of before.connectionRecords) {
        if (record.protocol !== protocol || isPullLink(record)) continue;
        const carried = carriedConnection(record, observation.paths !== null);
        records.push(carried);
        if (carried.role === 'publish') publishers.set(carried.id, { record: carried, srt: null });
        const remembered = before.connections.get(record.id);
        if (remembered !== undefined) memory.set(record.id, remembered);
      }
      continue;
    }
    const context = { ...shared, receivedAtMs: connections.receivedAtMs };
    for (const fact of connections.facts) {
      const ofStream = {
        clockRate: 'rtp' in fact && fact.stream !== null ? streamClockRate(paths.get(fact.stream)) : null,
        thresholds: settings.thresholdsOf(fact.stream ?? ''),
      };
      const derived = deriveConnection(fact, before.connections.get(fact.id), ofStream, context);
      const { record } = derived;
      records.push(record);
      memory.set(fact.id, derived.memory);
      if (fact.role === 'publish') {
        publishers.set(fact.id, { record, srt: fact.protocol === 'srt' ? fact.srt : null });
      } else if (record.stream !== null && record.reasons.some((reason) => reason.code === 'discards')) {
        discardingReaders.set(record.stream, (discardingReaders.get(record.stream) ?? 0) + 1);
      }
    }
  }
  const pulled = derivePullLinks(before, observation, paths, settings, shared, monotonicMs);
  for (const record of pulled.records) records.push(record);
  for (const [id, ofLink] of pulled.memory) memory.set(id, ofLink);
  return {
    records: records.sort(byStreamAndId),
    memory,
    publishers,
    pulls: new Map([...pulled.links].map(([stream, { record }]) => [stream, { record, srt: null }])),
    pullLinks: pulled.links,
    failed,
    discardingReaders,
  };
}
