import type { SourceStatus } from '@mediamtx-monitor/types';

/** The lists of MediaMTX's API that are polled, by the name in their URL. */
export const LIST_NAMES = ['paths', 'srtconns'] as const;
export type ListName = (typeof LIST_NAMES)[number];

/** Why a list could not be read. */
export interface ListFailure {
  readonly kind: 'failed';
  readonly status: Exclude<SourceStatus, 'up'>;
  /** What went wrong and what to do, in words; never holds a credential. */
  readonly error: string;
}

/**
 * What asking for one list came to. `off` is MediaMTX's 404: the protocol is switched off, or that version
 * doesn't know it; not a failure.
 */
export type ListOutcome =
  | { readonly kind: 'items'; readonly items: readonly unknown[]; readonly simulated: boolean }
  | { readonly kind: 'off' }
  | ListFailure;

/** The outcome of every list in one poll. */
export type PollResult = Readonly<Record<ListName, ListOutcome>>;

/** A path, as any MediaMTX version lists it. */
export interface PathFact {
  readonly name: string;
  readonly sourceType: string | null;
  /** Id of the publishing connection; `null` for a static source or none. */
  readonly sourceId: string | null;
  readonly tracks: readonly string[];
  readonly bytesReceived: number | null;
  readonly readers: number;
}

/** An SRT connection, as any MediaMTX version lists it; statistics are `null` before 1.6.0. */
export interface SrtConnFact {
  readonly id: string;
  readonly rttMs: number | null;
  /** In units of 1024² bit/s, as MediaMTX counts. */
  readonly receiveRateMibps: number | null;
  readonly linkCapacityMibps: number | null;
}

/** What one poll showed, independent of MediaMTX's version. */
export interface Observation {
  /** `null`: the path list could not be read. */
  readonly paths: readonly PathFact[] | null;
  /** `null`: the list could not be read, or SRT is off. */
  readonly srtConns: readonly SrtConnFact[] | null;
  /** Status of the path list, on which everything hangs. */
  readonly status: SourceStatus;
  readonly error: string | null;
  readonly simulated: boolean;
  readonly missing: readonly ListName[];
}
