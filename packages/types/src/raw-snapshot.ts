import type { SourceStatus } from './message.ts';

/** Format of raw snapshots; a breaking change raises it. */
export const RAW_SNAPSHOT_VERSION = 1;

/** How much of IP addresses a snapshot shows: all, their /24 or /48, or nothing. */
export const ADDRESS_PRIVACIES = ['full', 'masked', 'none'] as const;
export type AddressPrivacy = (typeof ADDRESS_PRIVACIES)[number];

/** What asking MediaMTX for one list came to. */
export type RawList =
  | {
      readonly status: 'read';
      /** When the answer came, RFC 3339 in UTC. */
      readonly receivedAt: string;
      /** As MediaMTX sent them, fields that nobody knows included; `info` is a list of one. */
      readonly items: readonly unknown[];
    }
  /** 404: the protocol is switched off, or that version doesn't know it. */
  | { readonly status: 'off' }
  | {
      readonly status: Exclude<SourceStatus, 'up'>;
      /** What went wrong, in words. */
      readonly error: string;
    };

/** All lists of a server, asked for at the same time. */
export interface RawSample {
  /** When they were asked for, RFC 3339 in UTC. */
  readonly takenAt: string;
  /** By their names in the URLs of MediaMTX before 1.21, whatever it calls them. */
  readonly lists: Readonly<Record<string, RawList>>;
}

/** What a MediaMTX server said, without secrets: the file that mediamtx-snapshot writes and the simulator replays. */
export interface RawSnapshot {
  readonly type: 'mediamtx-snapshot';
  readonly v: typeof RAW_SNAPSHOT_VERSION;
  /** Version of this system. */
  readonly monitorVersion: string;
  readonly nodeVersion: string;
  /** Address of MediaMTX's API, without user and password. */
  readonly mediamtxUrl: string;
  /** `null` where MediaMTX doesn't say (before 1.15.2). */
  readonly mediamtxVersion: string | null;
  readonly simulated: boolean;
  readonly addresses: AddressPrivacy;
  /** How many values were changed because they hold a secret, or might. */
  readonly removedSecrets: number;
  /** In the order of their times, at least one. */
  readonly samples: readonly RawSample[];
}
