import type { EventCause } from './event.ts';
import type { Health } from './health.ts';

/** What an outage is: not live, or live without a byte. */
export const OUTAGE_KINDS = ['offline', 'stalled'] as const;
export type OutageKind = (typeof OUTAGE_KINDS)[number];

/** A time in which a stream was known not to bring anything. */
export interface StreamOutage {
  /** `offline` where it began as `stalled` and the stream then went. */
  readonly kind: OutageKind;
  /** When it began (RFC 3339, UTC); that may be before the window. */
  readonly start: string;
  /** When the stream was back (RFC 3339, UTC); `null` when it wasn't by the end of the window. */
  readonly end: string | null;
  /** How much of it lies in the window and is known, in seconds. */
  readonly lengthSeconds: number;
  readonly cause: EventCause | null;
}

/** How much of a time a stream was up: seconds by the collector's clock. What isn't known counts as neither. */
export interface Availability {
  readonly uptimeSeconds: number;
  readonly downtimeSeconds: number;
  readonly unknownSeconds: number;
  /** Uptime of what is known; `null` when nothing is. */
  readonly percent: number | null;
  /** How much of the time is known, in percent: below 50 `percent` says nothing of the whole. */
  readonly knownPercent: number;
}

/** How a stream ran in a window: its three times together are the window. */
export interface StreamAvailability extends Availability {
  readonly server: string;
  readonly stream: string;
  /** In order; the lengths of all together are its downtime. */
  readonly outages: readonly StreamOutage[];
  /** Uptime divided by the number of outages, in seconds; `null` without one. */
  readonly meanTimeBetweenOutagesSeconds: number | null;
  /** How often it began anew: another run of its source, or live again less than 10 minutes after it went. */
  readonly restarts: number;
  /** Worst health that events tell of; `null` where none does. */
  readonly worstHealth: Exclude<Health, 'unknown'> | null;
  /**
   * The same of the time in which events say that it was expected, the first of them also of how it ran before; `null`
   * where none does.
   */
  readonly expected: Availability | null;
}

/** Answer of `GET /api/reports/availability`. */
export interface AvailabilityReport {
  /** RFC 3339, UTC. */
  readonly from: string;
  readonly to: string;
  /** By server and name. */
  readonly items: readonly StreamAvailability[];
}
