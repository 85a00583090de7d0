import type { Source, StreamRecord, Totals } from '@mediamtx-monitor/types';

/** All streams of a server at one poll: what is known after it, and how it is known. */
export interface Snapshot {
  /** By name. After a failed poll: as last read. */
  readonly streams: readonly StreamRecord[];
  /** Unix time in ms of the last good path list; `null` if there never was one. */
  readonly collectedAtMs: number | null;
  readonly simulated: boolean;
  readonly source: Source;
  readonly missing: readonly string[];
  readonly totals: Totals;
}

/** What is known of the time before this collector started. */
export type Known = Pick<Snapshot, 'streams' | 'collectedAtMs' | 'simulated'>;

/** Nothing known yet. */
export const NOTHING_KNOWN: Known = { streams: [], collectedAtMs: null, simulated: false };
