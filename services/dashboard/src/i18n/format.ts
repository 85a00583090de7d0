/** Stands for a number that wasn't measured; screen readers get words beside it. */
export const UNKNOWN = '–';

/**
 * Writes numbers and times as people of a language do. `null` is a number that wasn't measured. `fraction` digits stand
 * behind the point, else as many as suit the number.
 */
export interface Format {
  readonly count: (value: number | null) => string;
  /** Three digits or so: 0.56, 4.12, 23.4, 812. */
  readonly decimal: (value: number | null, fraction?: number) => string;
  /** A rate, with its unit. */
  readonly mbps: (value: number | null) => string;
  readonly percent: (value: number | null, fraction?: number) => string;
  /** A share of 1, in percent. */
  readonly share: (value: number | null) => string;
  readonly ms: (value: number | null, fraction?: number) => string;
  readonly bytes: (value: number | null) => string;
  /** How long, in its two greatest units: `3 d 4 h`, `2 min 5 s`; seconds only below 10 minutes. */
  readonly duration: (ms: number) => string;
  /** An age, exact enough to see it move: `0.8 s`, `12 s`, `3 min 5 s`. */
  readonly age: (ms: number | null) => string;
  /** Local time of day. @param ms since 1970 */
  readonly clock: (ms: number) => string;
  /** Local time of day without seconds. @param ms since 1970 */
  readonly minute: (ms: number) => string;
  /** Local day and month. @param ms since 1970 */
  readonly day: (ms: number) => string;
  /** Local day and time to the second. @param ms since 1970 */
  readonly moment: (ms: number) => string;
  /** The same, without the day where that is today. @param ms since 1970 @param nowMs likewise */
  readonly time: (ms: number, nowMs: number) => string;
  /** Local time to the minute, with its date unless that is today. @param ms since 1970 @param nowMs likewise */
  readonly shortTime: (ms: number, nowMs: number) => string;
  /** Local date and time to the millisecond, with its offset. */
  readonly exact: (iso: string) => string;
  /** Local day with its name and year. @param ms since 1970 */
  readonly namedDay: (ms: number) => string;
  readonly list: (items: readonly string[]) => string;
}

/** More than an axis of any chart needs. */
const MAX_FRACTION = 6;
const TEN_MINUTES_MS = 600_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Symbols of the SI and its companions, which are the same in both languages. */
const UNITS = [
  ['d', DAY_MS],
  ['h', HOUR_MS],
  ['min', 60_000],
  ['s', 1_000],
] as const;
const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** What a `Date` can hold. */
const MAX_TIME_MS = 8.64e15;

export function createFormat(locale: string): Format {
  const digits = Array.from(
    { length: MAX_FRACTION + 1 },
    (_, fraction) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: fraction, maximumFractionDigits: fraction }),
  );
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const fixed = (value: number, fraction: number): string =>
    (digits[Math.min(fraction, MAX_FRACTION)] ?? whole).format(value);
  const timeOfDay = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const minute = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const namedDay = new Intl.DateTimeFormat(locale, { dateStyle: 'full' });
  const exact = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    timeZoneName: 'shortOffset',
  });
  const items = new Intl.ListFormat(locale, { type: 'conjunction' });

  const known =
    (write: (value: number, fraction?: number) => string) =>
    (value: number | null, fraction?: number): string =>
      value === null || !Number.isFinite(value) ? UNKNOWN : write(value, fraction);

  const decimal = (value: number, fraction = fractionOf(value)): string => fixed(value, fraction);
  const short = (value: number, fraction = shortFractionOf(value)): string => fixed(value, fraction);

  return {
    count: known((value) => whole.format(value)),
    decimal: known(decimal),
    mbps: known((value) => `${decimal(value)} Mbit/s`),
    percent: known((value, fraction) => `${short(value, fraction)} %`),
    share: known((value) => `${whole.format(value * 100)} %`),
    ms: known((value, fraction) => `${short(value, fraction)} ms`),
    bytes: known((value) => {
      const power = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
      const unit = BYTE_UNITS[power] ?? 'B';
      return `${power === 0 ? whole.format(value) : decimal(value / 1000 ** power)} ${unit}`;
    }),
    duration: (ms) => durationText(ms),
    age: known((ms) => (ms < 9_950 ? `${fixed(ms / 1000, 1)} s` : durationText(ms))),
    clock: (ms) => at(timeOfDay, ms),
    minute: (ms) => at(minute, ms),
    day: (ms) => at(day, ms),
    moment: (ms) => at(moment, ms),
    time: (ms, nowMs) => at(isSameDay(ms, nowMs) ? timeOfDay : moment, ms),
    shortTime: (ms, nowMs) =>
      isSameDay(ms, nowMs) || !isMoment(ms) ? at(minute, ms) : `${day.format(ms)}, ${minute.format(ms)}`,
    exact: (iso) => at(exact, Date.parse(iso)),
    namedDay: (ms) => at(namedDay, ms),
    list: (texts) => items.format(texts),
  };
}

/** A time that isn't one, as a text from outside may be, is unknown: the rest of the page is shown all the same. */
function at(written: Intl.DateTimeFormat, ms: number): string {
  return isMoment(ms) ? written.format(ms) : UNKNOWN;
}

function isMoment(ms: number): boolean {
  return Math.abs(ms) <= MAX_TIME_MS;
}

/** By the clock of this device. @param ms since 1970 @param otherMs likewise */
export function isSameDay(ms: number, otherMs: number): boolean {
  return new Date(ms).toDateString() === new Date(otherMs).toDateString();
}

/** Three digits or so. */
function fractionOf(value: number): number {
  const size = Math.abs(value);
  if (size >= 99.95 || size === 0) return 0;
  return size >= 9.995 ? 1 : 2;
}

/** Small numbers with one digit behind the point, since there a tenth matters. */
function shortFractionOf(value: number): number {
  return Math.abs(value) < 9.95 && value !== 0 ? 1 : 0;
}

function durationText(ms: number): string {
  const total = Math.max(0, ms);
  const first = UNITS.findIndex(([, size]) => total >= size);
  if (first === -1) return '0 s';
  const parts = total >= TEN_MINUTES_MS && total < HOUR_MS ? 1 : 2;
  return UNITS.slice(first, first + parts)
    .map(([unit, size], index) => {
      const above = index === 0 ? undefined : UNITS[first]?.[1];
      const rest = above === undefined ? total : total % above;
      return { unit, count: Math.floor(rest / size) };
    })
    .filter(({ count }, index) => index === 0 || count > 0)
    .map(({ unit, count }) => `${count} ${unit}`)
    .join(' ');
}
