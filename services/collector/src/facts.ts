import type { Protocol, Role, SourceError, SourceStatus } from '@mediamtx-monitor/types';

/**
 * What MediaMTX is asked for each tick; all but `info` are lists. The names are those of its URLs before 1.21, and stay
 * the same whatever it calls them.
 */
export const LIST_NAMES = [
  'paths',
  'srtconns',
  'rtspconns',
  'rtspsessions',
  'rtspsconns',
  'rtspssessions',
  'rtmpconns',
  'rtmpsconns',
  'hlsmuxers',
  'hlssessions',
  'webrtcsessions',
  'moqsessions',
  'info',
] as const;
export type ListName = (typeof LIST_NAMES)[number];

/** Why a list could not be read. */
export interface ListFailure {
  readonly kind: 'failed';
  readonly status: Exclude<SourceStatus, 'up'>;
  /** What went wrong and what to do, in words; never holds a credential. */
  readonly error: string;
  /** The same for those who tell it in other words. */
  readonly sourceError?: SourceError;
}

/**
 * What asking for one list came to. `off` is MediaMTX's 404: the protocol is switched off, or that version
 * doesn't know it; not a failure.
 */
export type ListOutcome =
  | {
      readonly kind: 'items';
      readonly items: readonly unknown[];
      /** Monotonic time at which the answer's headers arrived. */
      readonly receivedAtMs: number;
      readonly simulated: boolean;
      /** What it was called in the URL, where that isn't its name here. */
      readonly route?: string;
    }
  | { readonly kind: 'off' }
  | ListFailure;

/** The outcome of every list in one poll. */
export type PollResult = Readonly<Record<ListName, ListOutcome>>;

/** What is read of a list: its facts, nothing because it is off, or nothing because it failed. */
export type Facts<Fact> =
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

/** What all connections tell. */
export interface ConnectionFactBase {
  readonly id: string;
  /** The list it stands in. */
  readonly list: ListName;
  readonly stream: string | null;
  readonly role: Role;
  readonly remoteAddr: string | null;
  readonly user: string | null;
  readonly userAgent: string | null;
  /** Unix time in ms. */
  readonly openedAtMs: number | null;
  readonly inboundBytes: number | null;
  readonly outboundBytes: number | null;
}

/** Statistics of an SRT link in its data's direction; all `null` before 1.6.0. */
export interface SrtFact {
  readonly rttMs: number | null;
  /** In units of 1024² bit/s, as MediaMTX counts. */
  readonly receiveRateMibps: number | null;
  readonly linkCapacityMibps: number | null;
  readonly latencyMs: number | null;
  readonly bufferMs: number | null;
  readonly uniquePackets: number | null;
  readonly lostPackets: number | null;
  readonly retransmittedPackets: number | null;
  readonly droppedPackets: number | null;
  /** Publishers only. */
  readonly undecryptablePackets: number | null;
  readonly framesDiscarded: number | null;
}

/** Statistics of RTP in its data's direction. */
export interface RtpFact {
  readonly packets: number | null;
  readonly lostPackets: number | null;
  /** Publishers only. */
  readonly jitterTicks: number | null;
}

/** What the protocol of a connection tells. */
export type ProtocolFact =
  | { readonly protocol: 'srt'; readonly srt: SrtFact }
  | {
      readonly protocol: 'rtsp' | 'rtsps';
      readonly rtp: RtpFact;
      readonly transport: string | null;
      readonly tunnel: string | null;
      readonly packetsInError: number | null;
      readonly packetsDiscarded: number | null;
    }
  | { readonly protocol: 'rtmp' | 'rtmps'; readonly framesDiscarded: number | null }
  | {
      readonly protocol: 'hls';
      readonly lastRequestAtMs: number | null;
      readonly cdn: boolean | null;
      readonly framesDiscarded: number | null;
    }
  | {
      readonly protocol: 'webrtc';
      readonly rtp: RtpFact;
      readonly established: boolean | null;
      readonly localCandidate: string | null;
      readonly remoteCandidate: string | null;
      readonly framesDiscarded: number | null;
    }
  | { readonly protocol: 'moq'; readonly version: string | null; readonly transport: string | null };

export type ConnectionFact = ConnectionFactBase & ProtocolFact;

/** The connections of one protocol; `failed` where a list they need could not be read. */
export interface ProtocolFacts {
  readonly protocol: Protocol;
  readonly connections: Facts<ConnectionFact>;
}

/** What is kept of an entry in MediaMTX's configuration; all else of it is dropped unread. */
export interface PathConfigurationFact {
  /** Whether its static source is fetched only while someone wants it. */
  readonly sourceOnDemand: boolean;
  /** Whether MediaMTX starts a publisher when someone wants it. */
  readonly runOnDemand: boolean;
}

/** A static source, from MediaMTX 1.21 on. */
export interface StaticSourceFact {
  /** `idle`, `running` or `error`. */
  readonly state: string | null;
  /** Without secrets; `null` while there is none. */
  readonly error: string | null;
  /** Its link's statistics as those of a publishing connection with the id `pull:` and the path's name; `null` while unconnected. */
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
export interface Answered<Fact> {
  readonly fact: Fact;
  /** Monotonic time at which the answer's headers arrived. */
  readonly receivedAtMs: number;
}

/** What single questions brought, as it came but for the configuration. */
export interface PathAnswers {
  readonly configurations: ReadonlyMap<string, PathConfigurationFact>;
  readonly sources: ReadonlyMap<string, Answered<unknown>>;
  readonly forwards: ReadonlyMap<string, Answered<readonly unknown[]>>;
}

/** What was asked of single paths, beside the lists. */
export interface PathDetails {
  /** All that is known, by `confName`; what isn't there isn't known. */
  readonly configurations: ReadonlyMap<string, PathConfigurationFact>;
  /** Of this poll, by the path's name. */
  readonly sources: ReadonlyMap<string, Answered<StaticSourceFact>>;
  /** Of this poll, by the path's name; an empty list = it has none. */
  readonly forwards: ReadonlyMap<string, Answered<readonly ForwardFact[]>>;
}

/** Nothing was asked. */
export const NO_DETAILS: PathDetails = {
  configurations: new Map(),
  sources: new Map(),
  forwards: new Map(),
};

/** What one poll showed, independent of MediaMTX's version. */
export interface Observation {
  /** `null`: the path list could not be read. */
  readonly paths: { readonly facts: readonly PathFact[]; readonly receivedAtMs: number } | null;
  readonly protocols: readonly ProtocolFacts[];
  readonly details: PathDetails;
  /** MediaMTX's version (1.15.2), `null` where it doesn't say. */
  readonly version: string | null;
  /** Status of the path list, on which everything hangs. */
  readonly status: SourceStatus;
  readonly error: string | null;
  /** What `error` tells of; left out without one. */
  readonly sourceError?: SourceError | undefined;
  readonly simulated: boolean;
  readonly missing: readonly ListName[];
}
