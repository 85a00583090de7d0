import type { Protocol, SourceError, SourceStatus } from '@mediamtx-monitor/types';
import type { Fields } from './fields.ts';
import type { ConnectionFact, ConnectionListName, ListName, ListOutcome } from './protocols/index.ts';

/** What is read of a list: its facts, nothing because it is off, or nothing because it failed. */
export type ListFacts<Fact> =
  | { readonly kind: 'facts'; readonly facts: readonly Fact[]; readonly receivedAtMs: number }
  | { readonly kind: 'off' }
  | { readonly kind: 'failed' };

/** One track of a stream (properties since MediaMTX 1.17.0). */
export interface TrackFact {
  readonly codec: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly profile: string | null;
  readonly level: string | null;
  readonly sampleRate: number | null;
  readonly channels: number | null;
}

/** A path, as any MediaMTX version lists it. */
export interface PathFact {
  readonly name: string;
  /** Name of the entry in MediaMTX's configuration that it follows (`confName`); `null` where not told. */
  readonly confName: string | null;
  readonly sourceType: string | null;
  /** Id of the publishing connection; `null` for a static source or none. */
  readonly sourceId: string | null;
  readonly ready: boolean;
  /** `false` while an always-available path shows its filler (1.16.0); `null` where not told. */
  readonly online: boolean | null;
  /** Unix time in ms since when it is ready. */
  readonly readyAtMs: number | null;
  readonly tracks: readonly TrackFact[];
  readonly inboundBytes: number | null;
  readonly outboundBytes: number | null;
  readonly framesInError: number | null;
  /** Type of each reader, in lower case. */
  readonly readerTypes: readonly string[];
}

/** The connections of one protocol; `failed` where a list they need could not be read. */
export interface ProtocolFacts {
  readonly protocol: Protocol;
  readonly connections: ListFacts<ConnectionFact>;
}

/** What is kept of an entry in MediaMTX's configuration; all else of it is dropped unread. */
export interface PathConfigurationFact {
  /** Whether its static source is fetched only while someone wants it. */
  readonly sourceOnDemand: boolean;
  /** Whether MediaMTX starts a publisher when someone wants it. */
  readonly runOnDemand: boolean;
}

/** How ids begin of links over which MediaMTX pulls; the path's name follows. */
export const PULL_LINK_PREFIX = 'pull:';

/** A static source, from MediaMTX 1.21 on. */
export interface StaticSourceFact {
  /** `idle`, `running` or `error`. */
  readonly state: string | null;
  /** Without secrets; `null` while there is none. */
  readonly error: string | null;
  /** Its link's statistics as those of a publishing connection with the id `PULL_LINK_PREFIX` and the path's name; `null` while unconnected. */
  readonly link: ConnectionFact | null;
}

/** A copy of a stream that MediaMTX sends on. */
export interface ForwardFact {
  readonly id: string;
  readonly position: number;
  readonly protocol: string | null;
  /** `idle`, `forwarding` or `error`. */
  readonly state: string | null;
  /** Without secrets; `null` while there is none. */
  readonly error: string | null;
  readonly remoteAddr: string | null;
  readonly outboundBytes: number | null;
}

/** What a single question brought in this poll. */
export interface ReceivedFact<Fact> {
  readonly fact: Fact;
  /** Monotonic time at which the answer's headers arrived. */
  readonly receivedAtMs: number;
}

/** What single questions brought, as it came but for the configuration. */
export interface PathAnswers {
  readonly configurations: ReadonlyMap<string, PathConfigurationFact>;
  readonly sources: ReadonlyMap<string, ReceivedFact<unknown>>;
  readonly forwards: ReadonlyMap<string, ReceivedFact<readonly unknown[]>>;
}

/** What was asked of single paths, beside the lists. */
export interface PathDetails {
  /** All that is known, by `confName`; what isn't there isn't known. */
  readonly configurations: ReadonlyMap<string, PathConfigurationFact>;
  /** Of this poll, by the path's name. */
  readonly sources: ReadonlyMap<string, ReceivedFact<StaticSourceFact>>;
  /** Of this poll, by the path's name; an empty list = it has none. */
  readonly forwards: ReadonlyMap<string, ReceivedFact<readonly ForwardFact[]>>;
}

/** Nothing was asked. */
export const NO_DETAILS: PathDetails = {
  configurations: new Map(),
  sources: new Map(),
  forwards: new Map(),
};

/** What asking for each list came to in one poll, item by item. */
export type PollResult = Readonly<Record<ConnectionListName, ListOutcome<object>>> & {
  readonly paths: ListOutcome<PathFact>;
  readonly info: ListOutcome<Fields>;
};

/** What one poll showed, independent of MediaMTX's version. */
export interface Observation {
  /** `null`: the path list could not be read. */
  readonly paths: { readonly facts: readonly PathFact[]; readonly receivedAtMs: number } | null;
  readonly protocols: readonly ProtocolFacts[];
  readonly details: PathDetails;
  /** MediaMTX's version (1.15.2), `null` where it doesn't say. */
  readonly version: string | null;
  /** Unix time in ms at which it was started (1.15.2), `null` where it doesn't say. */
  readonly startedAtMs: number | null;
  /** Status of the path list, on which everything hangs. */
  readonly status: SourceStatus;
  readonly error: string | null;
  /** What `error` tells of; left out without one. */
  readonly sourceError?: SourceError | undefined;
  readonly simulated: boolean;
  readonly missing: readonly ListName[];
}
