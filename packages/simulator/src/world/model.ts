import type { Flow } from './flow.ts';
import type { Calendar } from './go-time.ts';
import type { Link } from './link.ts';

/** What publishes a stream, as MediaMTX 1.20.1 spells it. `rtspSource` is pulled by MediaMTX on demand. */
export type SourceType = 'srtConn' | 'rtspSession' | 'rtmpConn' | 'webRTCSession' | 'rtspSource';

/** What reads a stream, as MediaMTX 1.20.1 spells it. */
export type ReaderType = 'srtConn' | 'hlsSession' | 'webRTCSession' | 'rtspSession';

/** A client of MediaMTX: the publisher or a reader of one run of a stream. */
export interface Connection {
  readonly id: string;
  readonly type: SourceType | ReaderType;
  readonly role: 'publish' | 'read';
  /** Name of the stream. */
  readonly path: string;
  /** Time as MediaMTX writes it. */
  readonly created: string;
  readonly remoteAddr: string;
  readonly user: string;
  /** What the client typed, sometimes with {@link SIMULATED_SECRET} in it. */
  readonly query: string;
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
  readonly readers: readonly Connection[];
}

export interface Stream {
  readonly name: string;
  /** Decides its place in the pattern of the fleet. */
  readonly number: number;
  /** What publishes it, or would. */
  readonly source: SourceType;
  /** Whether its publisher's link loses packets. */
  readonly lossy: boolean;
  /** How often it was started. */
  readonly runs: number;
  /** `null` while nothing publishes it. */
  readonly run: Run | null;
}

/** All that the simulated MediaMTX knows. Never changed in place: each change gives a new world. */
export interface World {
  readonly seed: number;
  readonly calendar: Calendar;
  readonly readersPerStream: number;
  /** When MediaMTX started, as it writes it. */
  readonly started: string;
  /** By name. */
  readonly streams: readonly Stream[];
  /** Of all streams, oldest first. */
  readonly connections: readonly Connection[];
}

/** Stands in some connections' `query`, where real clients put passwords. It must never leave the monitor. */
export const SIMULATED_SECRET = 'simulated-secret';
