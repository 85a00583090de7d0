import { serverIdSchema, streamGlobSchema } from '@mediamtx-monitor/types/schemas';
import Joi, { type CustomHelpers } from 'joi';
import { type Day, DAYS } from './derive/index.ts';

/** An entry of `expected` in MONITOR_CONFIG. */
export interface ExpectedEntry {
  /** Name of a stream, or a glob. */
  readonly match: string;
  /** Ids of those it is about; `null` = all. */
  readonly servers: readonly string[] | null;
  readonly days: ReadonlySet<Day>;
  /** Minutes since midnight; over midnight where `to` is below `from`. */
  readonly hours: { readonly fromMinute: number; readonly toMinute: number };
  /** Of days and hours; `null` = always. */
  readonly timeZone: string | null;
  /** How long a stream may be not live. */
  readonly forMs: number;
  /** How many of those that match have to be live; `null` = each. */
  readonly atLeast: number | null;
}

/** An entry as the file has it. */
interface Written {
  readonly match: string;
  readonly servers?: readonly string[];
  readonly days?: ReadonlySet<Day>;
  readonly hours?: ExpectedEntry['hours'];
  readonly timeZone?: string;
  readonly for?: number;
  readonly atLeast?: number;
}

const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 1_440;
const DEFAULT_FOR_MS = 30_000;
const MAX_FOR_MS = 86_400_000;
/** More than so many have no record. */
const MAX_AT_LEAST = 500;

/** Whether a text stands for itself, and not for what it matches. */
export const isStreamName = (match: string): boolean => !/[*?{\\]/.test(match);

const isDay = (text: string): text is Day => (DAYS as readonly string[]).includes(text);

/** The days of a word such as `sat` or `mon-fri`; over the end of the week, too. */
function daysOf(text: string): readonly Day[] | null {
  const [first = '', last = first, ...others] = text.split('-');
  if (!isDay(first) || !isDay(last) || others.length > 0) return null;
  const from = DAYS.indexOf(first);
  const count = ((DAYS.indexOf(last) - from + DAYS.length) % DAYS.length) + 1;
  return [...DAYS, ...DAYS].slice(from, from + count);
}

const refusal = ({ message }: CustomHelpers, allowed: string) =>
  message({ custom: `{{#label}} is "{{#value}}"; allowed: ${allowed}` });

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

const MS_PER: ReadonlyMap<string, number> = new Map([
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

function readFor(value: string, helpers: CustomHelpers) {
  const [, number, unit = ''] = /^(\d{1,5})([smh])$/.exec(value) ?? [];
  const forMs = Number(number) * (MS_PER.get(unit) ?? Number.NaN);
  return forMs <= MAX_FOR_MS ? forMs : refusal(helpers, 'a time of up to a day, as in 30s, 5m or 2h');
}

function readEntry(written: Written, { message }: CustomHelpers) {
  const { match, servers = null, days, hours, timeZone = null, for: forMs, atLeast = null } = written;
  const hasHours = days !== undefined || hours !== undefined;
  if (hasHours && timeZone === null)
    return message({ custom: '{{#label}} needs a timeZone for its days or hours' });
  if (!hasHours && timeZone !== null)
    return message({ custom: '{{#label}} has a timeZone, but no days or hours' });
  if (atLeast !== null && isStreamName(match)) {
    return message({ custom: '{{#label}} has atLeast, which is for globs, but its match is a name' });
  }
  return {
    match,
    servers,
    days: days ?? new Set(DAYS),
    hours: hours ?? { fromMinute: 0, toMinute: MINUTES_PER_DAY },
    timeZone,
    forMs: forMs ?? DEFAULT_FOR_MS,
    atLeast,
  };
}

const text = Joi.string();

/** What an entry of `expected` may hold; becomes an {@link ExpectedEntry}. */
export const expectedSchema: Joi.Schema = Joi.object<Written>({
  match: streamGlobSchema.required(),
  servers: Joi.array().items(serverIdSchema).min(1),
  days: Joi.alternatives(text.custom(readDays), Joi.array().items(text).min(1).custom(readDays)),
  hours: text.custom(readHours),
  timeZone: text.custom(readTimeZone),
  for: text.custom(readFor),
  atLeast: Joi.number().integer().min(1).max(MAX_AT_LEAST),
}).custom(readEntry);
