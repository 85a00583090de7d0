import Joi, { type CustomHelpers } from 'joi';
import { refusal } from './refusal.ts';
import { type Day, DAYS, type Hours } from './schedule.ts';

/** What an entry says of the time in which it holds, read. */
export interface WrittenHours {
  readonly days?: ReadonlySet<Day>;
  readonly hours?: Pick<Hours, 'fromMinute' | 'toMinute'>;
  readonly timeZone?: string;
}

const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 1_440;

const isDay = (text: string): text is Day => (DAYS as readonly string[]).includes(text);

/** The days of a word such as `sat` or `mon-fri`; over the end of the week, too. */
function daysOf(text: string): readonly Day[] | null {
  const [first = '', last = first, ...others] = text.split('-');
  if (!isDay(first) || !isDay(last) || others.length > 0) return null;
  const from = DAYS.indexOf(first);
  const count = ((DAYS.indexOf(last) - from + DAYS.length) % DAYS.length) + 1;
  return [...DAYS, ...DAYS].slice(from, from + count);
}

function readDays(value: string | readonly string[], helpers: CustomHelpers) {
  const read = [value].flat().map(daysOf);
  if (read.some((days) => days === null)) {
    return refusal(helpers, 'mon, tue, wed, thu, fri, sat, sun, ranges such as mon-fri, or a list of these');
  }
  return new Set(read.flatMap((days) => days ?? []));
}

const HOURS = /^([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/;

function readHours(value: string, helpers: CustomHelpers) {
  const [fromHour, fromMinutes, toHour, toMinutes] = HOURS.exec(value)?.slice(1).map(Number) ?? [];
  const fromMinute = Number(fromHour) * MINUTES_PER_HOUR + Number(fromMinutes);
  const toMinute = Number(toHour) * MINUTES_PER_HOUR + Number(toMinutes);
  if (fromMinute < MINUTES_PER_DAY && toMinute <= MINUTES_PER_DAY && fromMinute !== toMinute) {
    return { fromMinute, toMinute };
  }
  return refusal(helpers, 'two times of a day as in 08:00-18:00, also over midnight as in 22:00-06:00');
}

function readTimeZone(value: string, helpers: CustomHelpers) {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: value });
    return value;
  } catch {
    return refusal(helpers, 'the name of a time zone, as in Europe/Berlin or UTC');
  }
}

const text = Joi.string();
/** Name of a time zone (IANA). */
export const timeZoneSchema = text.custom(readTimeZone);
/** What an entry may say of the time in which it holds. */
export const HOURS_MEMBERS: Joi.SchemaMap = {
  days: Joi.alternatives(text.custom(readDays), Joi.array().items(text).min(1).custom(readDays)),
  hours: text.custom(readHours),
  timeZone: timeZoneSchema,
};

/** What an entry may hold: these members, and the hours in which it holds; they become {@link WrittenHours}. */
export const withHours = (members: Joi.SchemaMap): Joi.ObjectSchema => {
  const all = { ...members, ...HOURS_MEMBERS };
  return Joi.object(all)
    .messages({ 'object.unknown': `{{#label}} is not allowed; allowed: ${Object.keys(all).join(', ')}` })
    .custom((written: WrittenHours, { message }) =>
      written.timeZone === undefined && hoursOf(written) !== null
        ? message({ custom: '{{#label}} needs a timeZone for its days or hours' })
        : written,
    );
};

/** The hours in which an entry holds; `null` = always. */
export function hoursOf({ days, hours, timeZone = 'UTC' }: WrittenHours): Hours | null {
  if (days === undefined && hours === undefined) return null;
  const { fromMinute, toMinute } = hours ?? { fromMinute: 0, toMinute: MINUTES_PER_DAY };
  return { days: days ?? new Set(DAYS), fromMinute, toMinute, timeZone };
}
