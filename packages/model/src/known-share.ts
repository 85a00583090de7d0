import type { Availability } from '@mediamtx-monitor/types';

const PERCENT_DIGITS = 10_000;
const MS_PER_SECOND = 1_000;
/** Less unknown time than that nobody asks about, in seconds. */
const NOTABLE_SECONDS = 60;
/** Of how much of a time something has to be known for a figure to be that of all of it, in percent. */
const ENOUGH_PERCENT = 50;

/**
 * How far a figure of availability is that of its whole time: all of that is known; most of it; so little that it says
 * nothing of the rest; or nothing.
 */
export type KnownExtent = 'all' | 'most' | 'little' | 'nothing';

/** How much of a time something was up. Percentages are rounded down: what was ever down, or unknown, is never 100. */
export function availabilityOf(upMs: number, downMs: number, wholeMs: number): Availability {
  const knownMs = upMs + downMs;
  return {
    uptimeSeconds: upMs / MS_PER_SECOND,
    downtimeSeconds: downMs / MS_PER_SECOND,
    unknownSeconds: (wholeMs - knownMs) / MS_PER_SECOND,
    percent: knownMs === 0 ? null : percentOf(upMs, knownMs),
    knownPercent: wholeMs === 0 ? 0 : percentOf(knownMs, wholeMs),
  };
}

/** Whether a figure may stand as that of the whole time, and whether it has to be said what is known. */
export function knownExtent({
  percent,
  knownPercent,
  unknownSeconds,
}: Pick<Availability, 'percent' | 'knownPercent' | 'unknownSeconds'>): KnownExtent {
  if (percent === null) return 'nothing';
  if (knownPercent < ENOUGH_PERCENT) return 'little';
  return unknownSeconds < NOTABLE_SECONDS ? 'all' : 'most';
}

/** Of how much of a time it is known whether something was up, in seconds. */
export function knownSeconds({
  uptimeSeconds,
  downtimeSeconds,
}: Pick<Availability, 'uptimeSeconds' | 'downtimeSeconds'>): number {
  return uptimeSeconds + downtimeSeconds;
}

function percentOf(part: number, whole: number): number {
  return Math.floor((part / whole) * 100 * PERCENT_DIGITS) / PERCENT_DIGITS;
}
