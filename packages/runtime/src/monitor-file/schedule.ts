/** Days of the week, as the configuration names them. */
export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Day = (typeof DAYS)[number];

/** When something is so, by the clocks of a place. */
export interface Hours {
  /** Those on which it begins. */
  readonly days: ReadonlySet<Day>;
  /** Minutes since midnight; `to` is no part of it, and below `from` on the day after. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** IANA name of a time zone. */
  readonly timeZone: string;
}

/** Tells for a Unix time in ms whether it is so then. */
export type Schedule = (wallMs: number) => boolean;

const MS_PER_MINUTE = 60_000;
const MINUTES_PER_HOUR = 60;

/**
 * Makes a schedule of hours. What the clocks there show is asked of Intl, so that summer time is right; once a minute,
 * as asking is dear.
 */
export function createSchedule({ days, fromMinute, toMinute, timeZone }: Hours): Schedule {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const isOpenAt = (wallMs: number): boolean => {
    const shown = new Map(format.formatToParts(wallMs).map(({ type, value }) => [type, value]));
    const minute = Number(shown.get('hour')) * MINUTES_PER_HOUR + Number(shown.get('minute'));
    const today = DAYS.findIndex((day) => day === shown.get('weekday')?.toLowerCase());
    const isOn = (day: number): boolean => days.has(DAYS[(day + DAYS.length) % DAYS.length] ?? 'sun');
    if (fromMinute < toMinute) return isOn(today) && minute >= fromMinute && minute < toMinute;
    return (isOn(today) && minute >= fromMinute) || (isOn(today - 1) && minute < toMinute);
  };
  let known = { minute: Number.NaN, isOpen: false };
  return (wallMs) => {
    const minute = Math.floor(wallMs / MS_PER_MINUTE);
    if (known.minute !== minute) known = { minute, isOpen: isOpenAt(wallMs) };
    return known.isOpen;
  };
}
