import type { Moment } from '@mediamtx-monitor/runtime';
import type { ConnectionRecord, LastLive, StreamRecord, StreamState } from '@mediamtx-monitor/types';
import type { Observation } from '../facts.ts';
import type { Airing, Away } from './air.ts';
import type { OpenedAt } from './expectations.ts';
import type { ForwardsMemory } from './forwards.ts';
import type { RuleMemory } from './judge.ts';
import type { PullMemory } from './pull.ts';
import type { PullLink } from './pull-links.ts';
import type { CounterSample } from './samples.ts';
import type { CountersWindow, ValuesWindow } from './windows.ts';

/** What a connection's percentages and percentiles are taken from. */
export interface ConnectionWindows {
  /** SRT: unique, lost, retransmitted, dropped. RTP: packets, lost. */
  readonly packets: CountersWindow;
  readonly discards: CountersWindow;
  readonly rtts: ValuesWindow;
}

/** What is remembered of a connection from one tick to the next. */
export interface ConnectionMemory extends ConnectionWindows {
  /** When it was opened (RFC 3339, UTC), kept since making that text anew each tick is dear. */
  readonly since: string | null;
  readonly inbound: CounterSample | null;
  readonly outbound: CounterSample | null;
  readonly rules: readonly RuleMemory[];
}

/** What is remembered of a stream, also for a while after it has gone. */
export interface StreamMemory {
  /** Tells one source's counters from the next one's; `null` = not known, as after a start. */
  readonly instance: string | null;
  readonly sourceId: string | null;
  /** The entry in MediaMTX's configuration that it followed. */
  readonly confName: string | null;
  readonly inbound: CounterSample | null;
  readonly outbound: CounterSample | null;
  readonly framesInError: CountersWindow;
  readonly silentTicks: number;
  readonly state: StreamState;
  readonly sinceMs: number;
  /** The same as RFC 3339 text in UTC. */
  readonly since: string;
  /** Times of the last minutes; monotonic, as the next is. */
  readonly restartsAtMs: readonly number[];
  readonly seenAtMs: number;
  /** When it was last seen live, stalled or not. */
  readonly lastLiveAt: Moment | null;
  /** While it is live, stalled or not. */
  readonly airing: Airing | null;
  /** While it isn't. */
  readonly away: Away | null;
  /** What is told of when it was live; `null` while it is. */
  readonly last: LastLive | null;
  /** While it is live: its record, and that of its publisher. */
  readonly liveRecord: StreamRecord | null;
  readonly livePublisher: ConnectionRecord | null;
  readonly pull: PullMemory | null;
  readonly forwards: ForwardsMemory | null;
  readonly rules: readonly RuleMemory[];
}

/** Everything derivation knows of the time before. */
export interface Memory {
  readonly streams: ReadonlyMap<string, StreamMemory>;
  /** By connection id. */
  readonly connections: ReadonlyMap<string, ConnectionMemory>;
  /** Links of streams that MediaMTX pulls, by stream. */
  readonly pullLinks: ReadonlyMap<string, PullLink>;
  /** How many entries of MediaMTX's configuration were known. */
  readonly configurations: number;
  /** Since when each expectation holds. */
  readonly openedAt: OpenedAt;
  readonly streamRecords: readonly StreamRecord[];
  readonly connectionRecords: readonly ConnectionRecord[];
  /** When the last good path list was read; `null` if there never was one. */
  readonly collectedAt: Moment | null;
  /** Unix time in ms since when the path list can't be read; `null` while it can. */
  readonly unknownSinceMs: number | null;
  /** Since when any list can't be read (RFC 3339, UTC); `null` while all can. */
  readonly missingSince: string | null;
  readonly simulated: boolean;
  /** MediaMTX's version as it last told it; `null` where it doesn't. */
  readonly version: string | null;
}

/** MediaMTX's version, also when only the question for it failed. */
export function versionOf(before: Memory, { version, missing }: Observation): string | null {
  return missing.includes('info') ? before.version : version;
}

/** How long restarts count, and how long a stream that has gone is remembered. */
export const RECENT_MS = 600_000;
/** So many streams that have gone are remembered: names may be made up anew in each tick. */
export const MAX_REMEMBERED = 20_000;

/** Nothing known yet. */
export const NO_MEMORY: Memory = {
  streams: new Map(),
  connections: new Map(),
  pullLinks: new Map(),
  configurations: 0,
  openedAt: [],
  streamRecords: [],
  connectionRecords: [],
  collectedAt: null,
  unknownSinceMs: null,
  missingSince: null,
  simulated: false,
  version: null,
};
