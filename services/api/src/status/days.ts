import { availabilityOf, type RunPiece } from '@mediamtx-monitor/model';
import type { Availability } from '@mediamtx-monitor/types';

const DAY_MS = 86_400_000;
const MS_PER_SECOND = 1_000;

/** A day of a time zone. */
export interface CalendarDay {
  /** As in `2026-11-29`. */
  readonly date: string;
  /** Its beginning (Unix time in ms). */
  readonly fromMs: number;
}

/** How far the clocks of a time zone are ahead of UTC, in ms, at a Unix time in ms. */
function offsetMs(format: Intl.DateTimeFormat, wallMs: number): number {
  const parts = new Map(format.formatToParts(wallMs).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return shown - Math.floor(wallMs / MS_PER_SECOND) * MS_PER_SECOND;
}

/** The last days up to now, today last, by the clocks of a time zone. */
export function lastDays(nowMs: number, timeZone: string, count: number): readonly CalendarDay[] {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const today = Math.floor((nowMs + offsetMs(format, nowMs)) / DAY_MS) * DAY_MS;
  return Array.from({ length: count }, (_, index) => {
    const shown = today - (count - 1 - index) * DAY_MS;
    // Where clocks were set in between, the second look is the right one.
    const guess = shown - offsetMs(format, shown);
    return { date: new Date(shown).toISOString().slice(0, 10), fromMs: shown - offsetMs(format, guess) };
  });
}

/** How much of a time something was up. What wasn't scheduled isn't of that time. Times in ms. */
export function upShare(pieces: readonly RunPiece[], fromMs: number, toMs: number): Availability {
  const sums = { up: 0, down: 0, unscheduled: 0, unseen: 0, unknown: 0 };
  for (const piece of pieces) {
    const overlap = Math.min(piece.toMs, toMs) - Math.max(piece.fromMs, fromMs);
    if (overlap > 0) sums[piece.kind] += overlap;
  }
  return availabilityOf(sums.up, sums.down, sums.up + sums.down + sums.unseen + sums.unknown);
}
