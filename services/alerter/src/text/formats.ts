/** How numbers and times are written in a language and a time zone. */
export interface Formats {
  readonly whole: Intl.NumberFormat;
  /** Three digits. */
  readonly short: Intl.NumberFormat;
  readonly day: Intl.DateTimeFormat;
  /** Time of day with the name of the time zone. */
  readonly clock: Intl.DateTimeFormat;
}

/** To make them takes a thousand times as long as to use them, and a message may tell of thousands of alerts. */
const made = new Map<string, Formats>();

/** Those of a locale and a time zone (IANA), of which there are as many as targets have. */
export function formatsOf(locale: string, timeZone: string): Formats {
  const key = `${locale} ${timeZone}`;
  const formats = made.get(key) ?? makeFormats(locale, timeZone);
  made.set(key, formats);
  return formats;
}

function makeFormats(locale: string, timeZone: string): Formats {
  return {
    whole: new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }),
    short: new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }),
    day: new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short', year: 'numeric' }),
    clock: new Intl.DateTimeFormat(locale, {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      timeZoneName: 'short',
    }),
  };
}
