import type { Moment } from '@mediamtx-monitor/runtime';
import type {
  ConnectionRecord,
  LastLive,
  Reason,
  ReasonCode,
  StreamRecord,
  StreamState,
} from '@mediamtx-monitor/types';
import type { ForwardFact, Observation } from '../facts.ts';
import type { ConnectionWindows } from '../protocols/index.ts';
import type { CounterSample, CountersWindow } from '../samples.ts';

/** What is remembered of a rule's severity between ticks, where there is something to remember. */
export interface RuleMemory {
  readonly code: ReasonCode;
  readonly severity: Reason['severity'];
  readonly active: boolean;
  /** RFC 3339, UTC; text, since making it anew each tick is dear. */
  readonly since: string;
  /** Ticks in a row that spoke against `active`. */
  readonly against: number;
}

/** What is remembered of a connection from one tick to the next. */
export interface ConnectionMemory extends ConnectionWindows {
  /** When it was opened (RFC 3339, UTC), kept since making that text anew each tick is dear. */
  readonly since: string | null;
  readonly inbound: CounterSample | null;
  readonly outbound: CounterSample | null;
  readonly rules: readonly RuleMemory[];
}

/** What is remembered of a stream while it is live, stalled or not. */
export interface Airing {
  /** Since when (RFC 3339, UTC). */
  readonly since: string;
  /** The same by the monotonic clock, as far as it is known. */
  readonly fromMs: number;
  /** Whether it is missed when it goes. */
  readonly isMissed: boolean;
}

/** What is remembered of a stream while it isn't live. */
export interface Away {
  /** When it was first seen not to be (RFC 3339, UTC). */
  readonly since: string;
  /** The same by the monotonic clock. */
  readonly fromMs: number;
  /** Whether it had been live for long enough. */
  readonly isMissed: boolean;
  /** Whether it was stalled when it went, as far as that says that something broke. */
  readonly wasStalled: boolean;
  /** Of the reason that was published of it last, `null` = none was. */
  readonly reasonCode: ReasonCode | null;
}

/** What is remembered of a static source between two answers. */
export interface PullMemory {
  /** Whether it is fetched only while someone wants it, as it was known last. */
  readonly onDemand: boolean | null;
  readonly state: string | null;
  /** Monotonic time of the last answer. */
  readonly answeredAtMs: number;
  readonly error: string | null;
  /** Monotonic time at which the error was seen last. */
  readonly errorAtMs: number;
}

/** What is remembered of one forward between two answers. */
export interface ForwardMemory {
  readonly fact: ForwardFact;
  readonly sample: CounterSample | null;
  readonly outboundMbps: number | null;
  /** Whether it failed and has sent nothing since. */
  readonly isFailing: boolean;
  /** Monotonic time at which it was seen failing last. */
  readonly failedAtMs: number;
  /** What MediaMTX said when it failed; between two attempts it says nothing. */
  readonly error: string | null;
}

/** What is remembered of a stream's forwards. */
export interface ForwardsMemory {
  /** By position; `null` = not known. */
  readonly forwards: readonly ForwardMemory[] | null;
  /** Monotonic time of the last answer, or since when one is waited for. */
  readonly answeredAtMs: number;
  /** Whether that is so long ago that it says nothing any more. */
  readonly isOutdated: boolean;
}

/** What is remembered of a stream, also for a while after it has gone. */
export interface StreamMemory {
  /** Tells one source's counters from the next one's; `null` = not known, as after a start. */
  readonly instance: string | null;
  readonly sourceId: string | null;
  /** The entry in MediaMTX's configuration that it followed. */
  readonly confName: string | null;
  /** Whether it comes only while someone wants it, as it was known last; `null` = it never was. */
  readonly onDemand: boolean | null;
  readonly inbound: CounterSample | null;
  readonly outbound: CounterSample | null;
  readonly framesInError: CountersWindow;
  readonly silentTicks: number;
  /** The last tick in which it wasn't silent. */
  readonly heardAt: Moment;
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
  /** What its record says of when it was live; `null` while it is. */
  readonly last: LastLive | null;
  /** While it is live: its record, and that of its publisher. */
  readonly liveRecord: StreamRecord | null;
  readonly livePublisher: ConnectionRecord | null;
  readonly pull: PullMemory | null;
  readonly forwards: ForwardsMemory | null;
  readonly rules: readonly RuleMemory[];
}

/** What is remembered of the link of a stream that MediaMTX pulls: it is asked for now and then only. */
export interface PullLink {
  readonly record: ConnectionRecord;
  /** Monotonic time of the last answer. */
  readonly answeredAtMs: number;
  /** Tells one run of the stream from the next; `null` = not known, as after a start. */
  readonly readyAtMs: number | null;
}

/** Since when each expectation holds; `null` = it doesn't now. */
export type OpenedAt = readonly (Moment | null)[];

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
