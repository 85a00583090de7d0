import type { Formats } from './formats.ts';

const SECOND_MS = 1_000;
/** Symbols of the SI and its companions, which are the same in all languages. */
const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', SECOND_MS],
] as const;

/** How long something lasted, in its two greatest units: `3 d 4 h`, `1 min 48 s`. What is less than a second is none. */
export function durationText(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / SECOND_MS) * SECOND_MS);
  const first = UNITS.findIndex(([, size]) => whole >= size);
  if (first === -1) return '0 s';
  let rest = whole;
  const parts = UNITS.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return { count, text: `${count} ${unit}` };
  });
  return parts.flatMap(({ count, text }) => (count === 0 ? [] : [text])).join(' ');
}

/** The time between two dates (RFC 3339), in ms; never less than none. */
export function betweenMs(from: string, to: string): number {
  return Math.max(0, Date.parse(to) - Date.parse(from)) || 0;
}

/** Writes a time for people: with its day where that isn't the one of `now`, and with the name of the time zone. */
export function timeText(iso: string, now: string, { day, clock }: Formats): string {
  const [at, nowAt] = [new Date(iso), new Date(now)];
  if (Number.isNaN(at.getTime()) || Number.isNaN(nowAt.getTime())) return '–';
  const time = clock.format(at);
  return day.format(at) === day.format(nowAt) ? time : `${day.format(at)}, ${time}`;
}
