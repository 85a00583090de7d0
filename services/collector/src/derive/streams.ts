import type { Moment } from '@mediamtx-monitor/runtime';
import type { StreamRecord } from '@mediamtx-monitor/types';
import type { Observation, PathFact } from '../facts.ts';
import type { DerivedConnections } from './connections.ts';
import { expectedNow, GLOB_EXPECTS_MS } from './expectations.ts';
import { boundedForwards } from './forwards.ts';
import { MAX_REMEMBERED, type Memory, type OpenedAt, RECENT_MS, type StreamMemory } from './memory.ts';
import { protocolOfType } from '../protocols/index.ts';
import type { DeriveSettings } from './settings.ts';
import { type DerivedStream, deriveStream, type StreamContext, type PathContext } from './stream.ts';

/** All streams of a server after its path list was read. */
export interface DerivedStreams {
  /** Those that MediaMTX lists, by name. */
  readonly listed: readonly StreamRecord[];
  /** Those that it doesn't list though they are expected or went a while ago, in no order. */
  readonly missing: readonly StreamRecord[];
  readonly memory: ReadonlyMap<string, StreamMemory>;
  readonly openedAt: OpenedAt;
}

/** So many missing streams have a record: names may be made up anew in each tick. */
export const MAX_MISSING = 500;

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : 1;

const urgencyOf = ({ record: { health, expectedBy } }: DerivedStream): number =>
  health === 'critical' ? 2 : expectedBy === 'configuration' ? 1 : 0;

/** The worst come first, then those that are expected, then those that went last. */
const byUrgency = (a: DerivedStream, b: DerivedStream): number =>
  urgencyOf(b) - urgencyOf(a) ||
  (b.memory.away?.fromMs ?? 0) - (a.memory.away?.fromMs ?? 0) ||
  byName(a.record, b.record);

const GONE: PathContext = {
  isListed: false,
  publisher: null,
  publisherListFailed: false,
  discardingReaders: 0,
};

/** A stream that MediaMTX doesn't list, as a path that nothing comes to. */
function deriveMissing(
  name: string,
  before: StreamMemory | undefined,
  context: StreamContext,
): DerivedStream {
  const path: PathFact = {
    name,
    confName: before?.confName ?? null,
    sourceType: null,
    sourceId: null,
    ready: false,
    online: false,
    readyAtMs: null,
    tracks: [],
    inboundBytes: 0,
    outboundBytes: 0,
    framesInError: 0,
    readerTypes: [],
  };
  return deriveStream(path, before, GONE, context);
}

/** Whether a stream that isn't listed has a record. */
const hasRecord = ({ record, memory }: DerivedStream): boolean =>
  memory.away?.reasonCode !== null || record.expectedBy === 'configuration';

/** Streams that aren't listed: those that have a record, and those that are only remembered. */
function deriveGone(
  before: Memory,
  listed: ReadonlyMap<string, StreamMemory>,
  { settings, ...context }: StreamContext,
) {
  const { expected, now } = context;
  const recorded: DerivedStream[] = [];
  const atRest: [string, StreamMemory][] = [];
  const rest = (name: string, gone: StreamMemory): void => {
    const sinceLiveMs = now.monotonicMs - (gone.lastLiveAt?.monotonicMs ?? -Infinity);
    const mayBeExpected = sinceLiveMs <= GLOB_EXPECTS_MS && settings.expectations.of(name).length > 0;
    if (mayBeExpected || now.monotonicMs - gone.seenAtMs < RECENT_MS) atRest.push([name, gone]);
  };
  for (const [name, gone] of before.streams) {
    if (listed.has(name)) continue;
    const wasAtRest = gone.state === 'missing' && gone.away?.reasonCode === null;
    if (wasAtRest && expected.of(name, gone.lastLiveAt?.monotonicMs ?? null).length === 0) {
      rest(name, gone);
      continue;
    }
    const derived = deriveMissing(name, gone, { settings, ...context });
    if (hasRecord(derived)) recorded.push(derived);
    else rest(name, derived.memory);
  }
  for (const name of expected.names) {
    if (listed.has(name) || before.streams.has(name)) continue;
    recorded.push(deriveMissing(name, undefined, { settings, ...context }));
  }
  return { recorded, atRest };
}

/** Derives every stream. Pure. */
export function deriveStreams(
  remembered: Memory,
  { paths, details }: Pick<Observation, 'details'> & { readonly paths: NonNullable<Observation['paths']> },
  { publishers, pulls, failed, discardingReaders }: DerivedConnections,
  settings: DeriveSettings,
  now: Moment,
): DerivedStreams {
  const before: Memory = { ...remembered, streams: boundedForwards(remembered.streams, details.forwards) };
  const { facts, receivedAtMs } = paths;
  const expected = expectedNow(settings.expectations, before.openedAt, {
    facts,
    before: before.streams,
    now,
  });
  const listedBeforeMs = before.collectedAt?.monotonicMs ?? null;
  const isAsking = details.configurations.size > before.configurations;
  const context: StreamContext = {
    settings,
    now,
    receivedAtMs,
    listedBeforeMs,
    expected,
    details,
    isAsking,
  };
  const listed: StreamRecord[] = [];
  const memory = new Map<string, StreamMemory>();
  for (const path of facts.toSorted(byName)) {
    const { name, sourceId, sourceType } = path;
    const protocol = sourceType === null ? null : protocolOfType(sourceType);
    const pathContext = {
      isListed: true,
      publisher: (sourceId === null ? pulls.get(name) : publishers.get(sourceId)) ?? null,
      publisherListFailed: protocol !== null && failed.has(protocol),
      // Of a list that failed nobody knows: none seen isn't none.
      discardingReaders: discardingReaders.get(name) ?? (failed.size > 0 ? null : 0),
    };
    const derived = deriveStream(path, before.streams.get(name), pathContext, context);
    listed.push(derived.record);
    memory.set(name, derived.memory);
  }
  const { recorded, atRest } = deriveGone(before, memory, context);
  // Streams that went are remembered for a while: they may come back, which is a restart. The last to go come first.
  const most = memory.size + MAX_REMEMBERED;
  if (recorded.length > MAX_MISSING) recorded.sort(byUrgency);
  for (const { record, memory: gone } of recorded) {
    if (memory.size < most) memory.set(record.name, gone);
  }
  for (const [name, gone] of atRest) {
    if (memory.size < most) memory.set(name, gone);
  }
  const missing = recorded.slice(0, MAX_MISSING).map(({ record }) => record);
  return { listed, missing, memory, openedAt: expected.openedAt };
}

/** All records of a server by name. */
export function joined(
  listed: readonly StreamRecord[],
  missing: readonly StreamRecord[],
): readonly StreamRecord[] {
  return missing.length === 0 ? listed : [...listed, ...missing].sort(byName);
}
