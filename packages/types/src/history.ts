import type { SourceStatus } from './message.ts';
import type { StreamState } from './stream.ts';

/** What history is kept of a value in a stretch of time. */
export const HISTORY_STATISTICS = ['mean', 'min', 'max'] as const;
export type HistoryStatistic = (typeof HISTORY_STATISTICS)[number];

/**
 * How a number is written into a slot: 0 stands for unknown, 1 for 0, then `linear` steps of equal size, then steps that
 * grow by 1/`linear` each. So a value is right to half a step, or to 50/`linear` percent, whichever is more.
 */
export interface HistoryScale {
  readonly bytes: 1 | 2;
  /** The smallest step, in the field's unit. */
  readonly step: number;
  readonly linear: number;
}

/** A value whose history is kept. */
export interface HistoryField {
  readonly unit: string;
  readonly description: string;
  readonly scale: HistoryScale;
  /** What the coarsest tier keeps of it; the finer one keeps the mean. */
  readonly kept: readonly HistoryStatistic[];
}

/** All that is kept of one kind of subject. The order is that of the bytes in Redis. */
export interface HistoryDeclaration {
  /** States that are told apart, the best first; at most 7. A state that isn't among them is kept as unknown. */
  readonly states: readonly string[];
  readonly fields: Readonly<Record<string, HistoryField>>;
}

const ALL = HISTORY_STATISTICS;
const WORST = ['mean', 'max'] as const;
const streamMbps = { unit: 'Mbit/s', scale: { bytes: 1, step: 0.001, linear: 16 }, kept: ALL } as const;
const mbps = { unit: 'Mbit/s', scale: { bytes: 2, step: 0.001, linear: 4_000 }, kept: ALL } as const;
const count = { scale: { bytes: 2, step: 0.1, linear: 4_000 }, kept: ALL } as const;
const percent = { unit: '%', scale: { bytes: 2, step: 0.01, linear: 4_000 }, kept: ALL } as const;

/** Whose history is kept, and what of them: the only place that says so. */
export const HISTORY = {
  stream: {
    states: ['live', 'standby', 'idle', 'waiting', 'stalled', 'missing'] satisfies readonly StreamState[],
    fields: {
      inboundMbps: { ...streamMbps, description: 'Media received' },
      outboundMbps: { ...streamMbps, description: 'Media sent to readers' },
      readers: {
        unit: 'readers',
        description: 'Number of readers',
        scale: { bytes: 1, step: 0.25, linear: 25 },
        kept: ALL,
      },
      rttP95Ms: {
        unit: 'ms',
        description: '95th percentile of the round-trip time of the publisher’s SRT link over 60 s',
        scale: { bytes: 1, step: 0.1, linear: 20 },
        kept: WORST,
      },
      lossPercent: {
        unit: '%',
        description: 'Packets lost on the way from the publisher: of SRT before repair, of RTP for good',
        scale: { bytes: 1, step: 0.01, linear: 36 },
        kept: WORST,
      },
      discardsPerSecond: {
        unit: '/s',
        description: 'Frames or packets thrown away because readers were too slow',
        scale: { bytes: 1, step: 0.01, linear: 20 },
        kept: WORST,
      },
    },
  },
  server: {
    states: ['up', 'timeout', 'error', 'invalid', 'unauthorized', 'down'] satisfies readonly SourceStatus[],
    fields: {
      liveStreams: { ...count, unit: 'streams', description: 'Streams that are live' },
      readers: { ...count, unit: 'readers', description: 'Readers of all streams' },
      inboundMbps: { ...mbps, description: 'Media received, of all streams' },
      outboundMbps: { ...mbps, description: 'Media sent to readers, of all streams' },
    },
  },
  host: {
    states: ['up'],
    fields: {
      cpuPercent: { ...percent, description: 'Processor time of all cores' },
      memoryPercent: { ...percent, description: 'Memory in use' },
      inboundMbps: { ...mbps, description: 'Traffic received, of all interfaces' },
      outboundMbps: { ...mbps, description: 'Traffic sent, of all interfaces' },
    },
  },
} as const satisfies Readonly<Record<string, HistoryDeclaration>>;

/** What history is kept of. */
export type HistoryKind = keyof typeof HISTORY;
/** Fields of a kind of subject. */
export type HistoryFieldOf<Kind extends HistoryKind> = keyof (typeof HISTORY)[Kind]['fields'];
/** How well something was, the best first: of a stretch of time the worst is kept. */
export const HISTORY_HEALTHS = ['ok', 'unknown', 'warning', 'critical'] as const;

/** One subject of history. */
export type HistorySubject =
  | { readonly kind: 'stream'; readonly server: string; readonly stream: string }
  | { readonly kind: 'server'; readonly server: string }
  | { readonly kind: 'host'; readonly host: string };

/** What recent history is kept of together. */
export type RecentHistoryOf =
  | { readonly kind: 'streams'; readonly server: string }
  | Exclude<HistorySubject, { readonly kind: 'stream' }>;

/**
 * Slots of a fixed length that are kept in the durable Redis, a key for each subject and hour or day. From its beginning
 * each slot is kept for `keptSeconds` at least.
 */
export const HISTORY_TIERS = {
  '30s': { slotSeconds: 30, keySeconds: 3_600, keptSeconds: 86_400 },
  '5m': { slotSeconds: 300, keySeconds: 86_400, keptSeconds: 30 * 86_400 },
} as const;
export type HistoryTier = keyof typeof HISTORY_TIERS;

/** Every tick, in the live Redis: for so long a key for each part of a server's streams. */
export const RECENT_HISTORY = { keySeconds: 10, keptSeconds: 900, parts: 16 } as const;

/** The part of its server's streams that a stream is in (FNV-1a), so that whoever asks for one reads few others. */
export function recentPartOf(stream: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let at = 0; at < stream.length; at += 1) hash = Math.imul(hash ^ stream.charCodeAt(at), 0x1_00_01_93);
  return (hash >>> 0) % RECENT_HISTORY.parts;
}

/** Most steps that one answer has. */
export const MAX_HISTORY_STEPS = 10_000;

/** A number for each step; `null` = unknown. */
export interface HistoryNumbers {
  readonly mean?: readonly (number | null)[];
  /** Left out, as `max` is, where it isn't kept in that precision. */
  readonly min?: readonly (number | null)[];
  readonly max?: readonly (number | null)[];
}

/** The worst word for each step; `null` = unknown. */
export interface HistoryWords {
  readonly worst: readonly (string | null)[];
}

/** How something was, as `GET …/history` answers. Of `stepSeconds` each from `from` up to `to`; all lists are as long. */
export interface HistoryAnswer {
  /** RFC 3339, UTC; a whole number of steps since 1970. */
  readonly from: string;
  readonly to: string;
  readonly stepSeconds: number;
  /** `state` and `health` are words, all others numbers. */
  readonly fields: Readonly<Record<string, HistoryNumbers | HistoryWords>>;
}
