/** Stands for a number that wasn't measured; readers are told in words beside it. */
export const UNKNOWN = '–';

/** Writes numbers and times as people of a language do. `null` is a number that wasn't measured. */
export interface Format {
  readonly count: (value: number | null) => string;
  /** Three digits or so: 0.56, 4.12, 23.4, 812. */
  readonly decimal: (value: number | null) => string;
  readonly percent: (value: number | null) => string;
  /** A share of 1, in percent. */
  readonly share: (value: number | null) => string;
  readonly ms: (value: number | null) => string;
  readonly bytes: (value: number | null) => string;
  /** How long, in its two greatest units: `3 d 4 h`, `2 min 5 s`; seconds only below 10 minutes. */
  readonly duration: (ms: number) => string;
  /** An age, exact enough to see it move: `0.8 s`, `12 s`, `3 min 5 s`. */
  readonly age: (ms: number | null) => string;
  /** Local time of day, with the date when that is another day. */
  readonly time: (iso: string, now: number) => string;
  /** Local time of day. @param ms since 1970 */
  readonly clock: (ms: number) => string;
  /** Local date and time to the millisecond, with its offset. */
  readonly exact: (iso: string) => string;
  readonly list: (items: readonly string[]) => string;
}

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

export function createFormat(locale: string): Format {
  const digits = [0, 1, 2].map(
    (fraction) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: fraction, maximumFractionDigits: fraction }),
  );
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const timeOfDay = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const dayAndTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
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
    (write: (value: number) => string) =>
    (value: number | null): string =>
      value === null || !Number.isFinite(value) ? UNKNOWN : write(value);

  function decimal(value: number): string {
    if (value === 0) return '0';
    const size = Math.abs(value);
    const fraction = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    return (digits[fraction] ?? whole).format(value);
  }

  return {
    count: known((value) => whole.format(value)),
    decimal: known(decimal),
    percent: known((value) => `${short(value, digits, whole)} %`),
    share: known((value) => `${whole.format(value * 100)} %`),
    ms: known((value) => `${short(value, digits, whole)} ms`),
    bytes: known((value) => {
      const power = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
      const unit = BYTE_UNITS[power] ?? 'B';
      return `${power === 0 ? whole.format(value) : decimal(value / 1000 ** power)} ${unit}`;
    }),
    duration: (ms) => durationText(ms),
    age: known((ms) => (ms < 9_950 ? `${(digits[1] ?? whole).format(ms / 1000)} s` : durationText(ms))),
    time: (iso, now) => {
      const at = Date.parse(iso);
      const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
      return (sameDay ? timeOfDay : dayAndTime).format(at);
    },
    clock: (ms) => timeOfDay.format(ms),
    exact: (iso) => exact.format(Date.parse(iso)),
    list: (texts) => items.format(texts),
  };
}

/** Small numbers with one digit behind the point, since there a tenth matters. */
function short(value: number, digits: readonly Intl.NumberFormat[], whole: Intl.NumberFormat): string {
  const isSmall = Math.abs(value) < 9.95 && value !== 0;
  return ((isSmall ? digits[1] : digits[0]) ?? whole).format(value);
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
