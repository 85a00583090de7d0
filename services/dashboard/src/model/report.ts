import { secondsBetween } from '@mediamtx-monitor/model';
import type { StreamAvailability, StreamOutage } from '@mediamtx-monitor/types';
import type { PastView, ReportSpan } from '../data/past-view.ts';

const DAY_MS = 86_400_000;
const MS_PER_SECOND = 1_000;
/** What is reported on unless said otherwise. */
export const USUAL_SPAN: ReportSpan = '7d';
const DAYS = { '24h': 1, '7d': 7, '30d': 30 } as const satisfies Partial<Record<ReportSpan, number>>;

/** A time that is reported on, Unix ms. */
export interface ReportTime {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The time of a report. Months are those of the local time zone, this one up to now.
 * @returns `null` for one of one's own that isn't complete, or ends before it begins
 */
export function reportTime(
  { window, from, to }: Pick<PastView, 'window' | 'from' | 'to'>,
  nowMs: number,
): ReportTime | null {
  const span = window ?? USUAL_SPAN;
  switch (span) {
    case '24h':
    case '7d':
    case '30d':
      return { fromMs: nowMs - DAYS[span] * DAY_MS, toMs: nowMs };
    case 'this-month':
      return { fromMs: monthMs(nowMs, 0), toMs: nowMs };
    case 'last-month':
      return { fromMs: monthMs(nowMs, -1), toMs: monthMs(nowMs, 0) };
    case 'own':
      if (from === null || to === null || from >= to) return null;
      // Nothing is known of what is still to come.
      return from >= nowMs ? null : { fromMs: from, toMs: Math.min(to, nowMs) };
  }
}

/** Beginning of the local month that a moment is in, or of another one. */
function monthMs(ms: number, months: number): number {
  const date = new Date(ms);
  return new Date(date.getFullYear(), date.getMonth() + months, 1).getTime();
}

/** The worst first: what was up least of the time that is known, last that of which nothing is. */
export function worstAvailable(items: readonly StreamAvailability[]): readonly StreamAvailability[] {
  return items.toSorted(
    (a, b) =>
      (a.percent ?? Infinity) - (b.percent ?? Infinity) ||
      b.downtimeSeconds - a.downtimeSeconds ||
      b.unknownSeconds - a.unknownSeconds ||
      a.server.localeCompare(b.server) ||
      a.stream.localeCompare(b.stream, undefined, { numeric: true }),
  );
}

/** As much of an outage may be missing without a word. */
const NOTABLE_MS = 1_500;

/**
 * How much of an outage counts, in ms: as long as its times say, where all of it lies in the window and is known, so that
 * it has one length wherever it is told of.
 */
export function outageMs({ start, end, lengthSeconds }: StreamOutage): number {
  const knownMs = lengthSeconds * MS_PER_SECOND;
  if (end === null) return knownMs;
  const toldMs = secondsBetween(Date.parse(start), Date.parse(end)) * MS_PER_SECOND;
  return Math.abs(toldMs - knownMs) < NOTABLE_MS ? toldMs : knownMs;
}

/** Whether some of an outage lies before the window, wasn't seen, or is still to come. */
export function isPartlyKnown(outage: StreamOutage): boolean {
  const { start, end } = outage;
  return (
    end === null || secondsBetween(Date.parse(start), Date.parse(end)) * MS_PER_SECOND !== outageMs(outage)
  );
}

/** All outages together, in ms. */
export function downtimeMs({ outages }: Pick<StreamAvailability, 'outages'>): number {
  return outages.reduce((sum, outage) => sum + outageMs(outage), 0);
}

/** The longest outage, in ms of the window that are known; `null` without one. */
export function longestMs({ outages }: Pick<StreamAvailability, 'outages'>): number | null {
  return outages.length === 0 ? null : Math.max(...outages.map(outageMs));
}

/** A percentage as a report may say it, with 3 decimals: never rounded up, so that 100 is 100. */
export function floored(percent: number | null): number | null {
  // A little more than what a decimal fraction may lack.
  return percent === null ? null : Math.floor(percent * 1_000 + 1e-7) / 1_000;
}
