import type { Flow } from './flow.ts';
import type { Calendar } from './go-time.ts';
import type { Link } from './link.ts';

/** A client's protocol, as MediaMTX 1.20 spells the type of a reader or source. */
export type ClientType =
  | 'srtConn'
  | 'rtspSession'
  | 'rtspsSession'
  | 'rtmpConn'
  | 'rtmpsConn'
  | 'webRTCSession'
  | 'hlsSession'
  | 'moqSession';

/** What MediaMTX pulls by itself, as it spells the type of such a source. */
export type PulledType = 'rtspSource' | 'rtmpSource' | 'srtSource' | 'webRTCSource' | 'hlsSource';

/** What publishes a stream. */
export type SourceType = Exclude<ClientType, 'hlsSession' | 'moqSession'> | PulledType;

/** The protocols that a stream can be sent on over. */
export type ForwardProtocol = 'rtmp' | 'rtsp' | 'srt';

/** How MediaMTX's configuration has a path. */
export interface PathConf {
  /** Whether it has an entry of its own; otherwise it follows `all_others`, and is listed only while published. */
  readonly ownEntry: boolean;
  /** Whether its source is pulled only while someone wants it. */
  readonly onDemand: boolean;
  /** Whether it shows a filler while nothing publishes it. */
  readonly alwaysAvailable: boolean;
  /** Where it is sent on to. */
  readonly forwards: readonly ForwardProtocol[];
}

/** A client of MediaMTX: the publisher or a reader of one run of a stream. */
export interface Connection {
  readonly id: string;
  readonly type: ClientType;
  readonly role: 'publish' | 'read';
  /** Name of the stream. */
  readonly path: string;
  /** When its socket opened and when its session began, as MediaMTX writes times. */
  readonly opened: string;
  readonly created: string;
  readonly remoteAddr: string;
  readonly user: string;
  /** What the client typed, sometimes with {@link SIMULATED_SECRET} in it. */
  readonly query: string;
  /** Empty if the protocol has none. */
  readonly userAgent: string;
  readonly flow: Flow;
  /** How long media had flowed when it joined, in ms, and the sum of it by then. */
  readonly joinedFlowedMs: number;
  readonly joinedMediaSum: number;
  readonly link: Link;
}

/** One time a stream is published, from start to stop. */
export interface Run {
  readonly flow: Flow;
  /** The sum of the flow's media at the start. */
  readonly firstMediaSum: number;
  /** Times as MediaMTX writes them. */
  readonly readyTime: string;
  readonly onlineTime: string;
  /** Empty for a source that MediaMTX pulls. */
  readonly sourceId: string;
  /** `null` if MediaMTX pulls. */
  readonly publisher: Connection | null;
  /** The link over which MediaMTX pulls; `null` if it doesn't. It is in no list. */
  readonly pull: Connection | null;
  /** The links over which MediaMTX sends it on, by place in the configuration; `null` for one that fails. */
  readonly forwards: readonly (Connection | null)[];
  /** HLS viewers among them, in versions too that list only their muxer. */
  readonly readers: readonly Connection[];
}

/** What makes HLS of one run of a stream. It is there as soon as somebody views it. */
export interface Muxer {
  /** Name of the stream. */
  readonly path: string;
  /** Time as MediaMTX writes it. */
  readonly created: string;
  /** One at least. */
  readonly viewers: readonly Connection[];
  /** When in a second requests come, 0 to 1. */
  readonly phase: number;
  readonly calendar: Calendar;
}

export interface Stream {
  readonly name: string;
  /** Decides its place in the pattern of the fleet. */
  readonly number: number;
  /** What publishes it, or would. */
  readonly source: SourceType;
  /** Whether its publisher's link loses packets. */
  readonly lossy: boolean;
  readonly conf: PathConf;
  /** When the path was made: as monotonic time in ms, and as MediaMTX writes it. */
  readonly createdAtMs: number;
  readonly createdAt: string;
  /** How often it was started. */
  readonly runs: number;
  /** Monotonic time in ms of its last start or stop. */
  readonly changedAtMs: number;
  /** Places of the forwards that can't reach their destination, from 0. */
  readonly failingForwards: readonly number[];
  /** Media bytes of all runs that have ended. */
  readonly carriedBefore: number;
  /** `null` while nothing publishes it. */
  readonly run: Run | null;
}

/** Which readers there can be. */
export interface Audience {
  readonly readersPerStream: number;
  /** Whether some read by MoQ. */
  readonly moq: boolean;
  /** Whether a stream can have several HLS viewers; otherwise one at most. */
  readonly hlsSessions: boolean;
}

/** All that the simulated MediaMTX knows. Never changed in place: each change gives a new world. */
export interface World {
  readonly seed: number;
  readonly calendar: Calendar;
  readonly audience: Audience;
  /** When MediaMTX started, as it writes it. */
  readonly started: string;
  /** By name. */
  readonly streams: readonly Stream[];
  /** Those of them that MediaMTX lists. */
  readonly listed: readonly Stream[];
  /** Of all streams, oldest first. */
  readonly connections: readonly Connection[];
  /** Of all streams, oldest first. */
  readonly muxers: readonly Muxer[];
}

/** Stands in some connections' `query`, where real clients put passwords. It must never leave the monitor. */
export const SIMULATED_SECRET = 'simulated-secret';

/** Whether MediaMTX pulls such a source. */
export function isPulled(source: SourceType): source is PulledType {
  return source.endsWith('Source');
}

/** What a stream is configured as unless told otherwise. */
export const PLAIN: PathConf = { ownEntry: true, onDemand: false, alwaysAvailable: false, forwards: [] };
