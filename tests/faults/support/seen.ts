/** A tick as a client got it. All times are ms since 1970, of one machine's clock. */
export interface WatchedTick {
  readonly atMs: number;
  readonly epoch: number;
  readonly seq: number;
  readonly publishedMs: number;
  /** `null` = MediaMTX was never read. */
  readonly collectedMs: number | null;
  readonly intervalMs: number;
  /** `up`, `down`, … */
  readonly source: string;
  /** Streams in its list, and those of them that are said to be live. */
  readonly live: number;
  readonly listed: number;
  /** How many the head says there are; `null` = not known. */
  readonly promised: number | null;
}

/** What came over one connection of a client, in order. */
export type ConnectionTicks = readonly WatchedTick[];

/** A client of WebSocket that connects anew when it is cut off. */
export interface WatchedClient {
  readonly name: string;
  readonly connections: readonly ConnectionTicks[];
}

/** What REST said of the server. */
export interface RestAnswer {
  readonly askedMs: number;
  readonly atMs: number;
  /** Status of HTTP; 0 = none came. */
  readonly status: number;
  /** `null` = it didn't say. */
  readonly source: string | null;
  readonly stale: boolean | null;
}

/** A question for MediaMTX's list of paths. */
export interface TimedPoll {
  readonly atMs: number;
  /** Whether it could be answered well. */
  readonly good: boolean;
}

/** Everything that was seen while something was broken and then mended. */
export interface WhatWasSeen {
  readonly intervalMs: number;
  readonly beganMs: number;
  /** When it was mended. */
  readonly endedMs: number;
  readonly clients: readonly WatchedClient[];
  readonly answers: readonly RestAnswer[];
  /** Also those before. */
  readonly polls: readonly TimedPoll[];
  /** Clients that the fault was meant to hit: they may miss messages. */
  readonly hit: readonly string[];
  /** How late anything may come, in ms: processes wait for a processor, answers for a network. */
  readonly patienceMs: number;
  /** How late the watching itself was at worst, in ms: so much later anything may have been seen. */
  readonly latenessMs: number;
}
