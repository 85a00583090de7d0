import type {
  Attention,
  ConnectionRecord,
  Protocol,
  Reason,
  Source,
  StreamRecord,
  Totals,
} from '@mediamtx-monitor/types';

/** All that is known of a server after a poll, and how it is known. */
export interface Snapshot {
  /** By name. */
  readonly streams: readonly StreamRecord[];
  /** By stream and id. */
  readonly connections: readonly ConnectionRecord[];
  /** Unix time in ms of the last good path list; `null` if there never was one. */
  readonly collectedAtMs: number | null;
  readonly simulated: boolean;
  readonly source: Source;
  readonly missing: readonly string[];
  readonly totals: Totals;
  /** What is wrong with the server itself, the worst first. */
  readonly reasons: readonly Reason[];
  /** `null` while the path list can't be read. */
  readonly attention: Attention | null;
  /** Protocols whose list could not be read: of their connections the records are as last read. Not published. */
  readonly failed: ReadonlySet<Protocol>;
  /** Unix time in ms at which MediaMTX was started, as far as it says (1.15.2). Not published. */
  readonly startedAtMs: number | null;
}
