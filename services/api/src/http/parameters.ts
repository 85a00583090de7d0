import Joi from 'joi';
import {
  ALERT_STATES,
  EVENT_ID,
  EVENT_SEVERITIES,
  EVENT_TYPES,
  type EventSeverity,
  type EventType,
  type Health,
  HEALTHS,
  LABEL_CHOICE_RULE,
  MAX_GLOB_LENGTH,
  MAX_GLOB_WILDCARDS,
  MAX_LABELS,
  MAX_SUBSCRIBED_SERVERS,
  type Protocol,
  PROTOCOLS,
  SERVER_ID_RULE,
  type Severity,
  STREAM_STATES,
  type StreamState,
  type Topic,
  TOPICS,
} from '@mediamtx-monitor/types';
import {
  cursorSchema,
  labelChoiceSchema,
  serverIdSchema,
  serverIdsSchema,
  streamGlobSchema,
} from '@mediamtx-monitor/types/schemas';

/** What `sort` may name; a number that isn't known comes last. */
export const SORT_KEYS = [
  'name',
  'since',
  'readers',
  'inboundMbps',
  'outboundMbps',
  'bytesReceived',
  'rttMs',
  'linkLossPercent',
  'restarts',
] as const;
export type StreamSortKey = (typeof SORT_KEYS)[number];

/** How items are put in order. */
export interface StreamSort {
  readonly key: StreamSortKey;
  readonly descending: boolean;
}

/** What a session may be. */
export const SESSION_STATES = ['open', 'closed'] as const;
export type SessionState = (typeof SESSION_STATES)[number];
const SESSION_ROLES = ['publish', 'read'] as const;
export type SessionRole = (typeof SESSION_ROLES)[number];

/** What an alert may be; `silenced`: it fires, and nobody is told of it. */
const ALERT_STATE_FILTERS = [...ALERT_STATES, 'silenced'] as const;
export type AlertStateFilter = (typeof ALERT_STATE_FILTERS)[number];
const SEVERITIES: readonly Severity[] = ['warning', 'critical'];

/** A place in what is kept: a time (Unix time in ms), or an entry's id, perhaps with more behind it. */
export type Position = { readonly ms: number } | { readonly id: string; readonly rest: string | null };

/** Values of all query parameters, by what they are called in the table. */
export interface QueryValues {
  readonly server: string;
  readonly servers: readonly string[];
  readonly label: readonly string[];
  readonly stream: string;
  readonly topics: readonly Topic[];
  readonly state: readonly StreamState[];
  readonly health: readonly Health[];
  readonly search: string;
  readonly sort: StreamSort;
  readonly limit: number;
  readonly historyFrom: number;
  readonly step: number;
  readonly fields: readonly string[];
  readonly cursor: string;
  readonly type: readonly EventType[];
  readonly severity: readonly EventSeverity[];
  readonly since: Position;
  readonly until: Position;
  readonly from: number;
  readonly to: number;
  readonly role: readonly SessionRole[];
  readonly protocol: readonly Protocol[];
  readonly sessionState: readonly SessionState[];
  readonly pageLimit: number;
  readonly alertState: readonly AlertStateFilter[];
  readonly alertSeverity: readonly Severity[];
}
export type ParameterName = keyof QueryValues;

interface Parameter<T> {
  /** What it is called in a URL, where another one of the table is called the same. */
  readonly name?: string;
  /** Whether it may be given several times: what is validated is a list of the texts then. */
  readonly isRepeatable?: boolean;
  /** Validates and converts the text of the parameter. */
  readonly schema: Joi.Schema<T>;
  /** What is allowed, for people. */
  readonly allowed: string;
  /** What it is for. */
  readonly description: string;
}

/** Some of these, with commas in between. */
function someOf<T extends string>(of: readonly T[]): Pick<Parameter<readonly T[]>, 'schema' | 'allowed'> {
  const known: readonly string[] = of;
  const schema = Joi.string<readonly T[]>().custom((value: string, helpers) => {
    const named = [...new Set(value.split(','))];
    return named.every((each) => known.includes(each)) ? named : helpers.error('any.invalid');
  });
  return { schema, allowed: `one or more of ${of.join(', ')}, with commas in between` };
}

/** RFC 3339; in a URL that isn't encoded, a plus stands for a space. */
const TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[ +-]\d\d:\d\d)$/;
const TIME_RULE = 'a time as in 2026-11-29T20:14:00Z (RFC 3339; a + of a zone is written %2B)';
const CURSOR = /^(?:events:)?([^~]*)(?:~([\w-]{0,9000}))?$/;

/** Later times are taken for this one: so the end of a step of years still has four digits, as RFC 3339 wants. */
const MAX_TIME_MS = Date.parse('9900-01-01T00:00:00Z');

/** Unix time in ms; `undefined` for a text that is no time. */
function timeIn(text: string): number | undefined {
  const ms = TIME.test(text) ? Date.parse(text.replace(/ (?=\d\d:\d\d$)/, '+').replace(' ', 'T')) : NaN;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), MAX_TIME_MS);
}

const timeSchema = Joi.string<number>().custom(
  (value: string, helpers) => timeIn(value) ?? helpers.error('any.invalid'),
);
const MAX_STEP_SECONDS = 31_536_000;

const positionSchema = Joi.string<Position>().custom((value: string, helpers) => {
  const ms = timeIn(value);
  if (ms !== undefined) return { ms };
  const [, id = '', rest = null] = CURSOR.exec(value) ?? [];
  return EVENT_ID.test(id) ? { id, rest } : helpers.error('any.invalid');
});
const POSITION_RULE = `${TIME_RULE}, or a cursor that was answered before`;

const MAX_ITEMS = 100_000;
/** Most items of an answer about what is kept. */
const MAX_PAGE = 1_000;
const MAX_SEARCH_LENGTH = 200;

/** Every query parameter there is. */
export const PARAMETERS: { readonly [Name in ParameterName]: Parameter<QueryValues[Name]> } = {
  server: {
    schema: serverIdSchema,
    allowed: SERVER_ID_RULE,
    description: 'Only this server; hosts belong to none, and live alerts come whole',
  },
  servers: {
    name: 'server',
    schema: Joi.string<readonly string[]>().custom((value: string, helpers) => {
      const ids = value.split(',');
      return serverIdsSchema.validate(ids).error === undefined ? ids : helpers.error('any.invalid');
    }),
    allowed: `${SERVER_ID_RULE}; of several, up to ${MAX_SUBSCRIBED_SERVERS}, with commas in between`,
    description: 'Only this server, or these; hosts belong to none, and live alerts come whole',
  },
  label: {
    isRepeatable: true,
    schema: labelChoiceSchema,
    allowed: `${LABEL_CHOICE_RULE}; for servers that have several, up to ${MAX_LABELS}, given once for each`,
    description:
      'Only servers that have this label now; hosts have none, and live alerts come whole. None has a label that nobody ' +
      'put on one',
  },
  stream: {
    schema: streamGlobSchema,
    allowed: `a glob of at most ${MAX_GLOB_LENGTH} characters and ${MAX_GLOB_WILDCARDS} asterisks or pairs of them`,
    description:
      'Only streams whose name matches, and their connections: * within a segment, ** across, {a,b} for either',
  },
  topics: { ...someOf(TOPICS), description: 'What to send; streams unless given' },
  state: { ...someOf(STREAM_STATES), description: 'Only streams in one of these states' },
  health: { ...someOf(HEALTHS), description: 'Only streams of one of these healths' },
  search: {
    schema: Joi.string().max(MAX_SEARCH_LENGTH),
    allowed: `1 to ${MAX_SEARCH_LENGTH} characters`,
    description: 'Only streams whose name contains this, in any letter case',
  },
  sort: {
    schema: Joi.string<StreamSort>().custom((value: string, helpers) => {
      const descending = value.startsWith('-');
      const key = SORT_KEYS.find((each) => each === (descending ? value.slice(1) : value));
      return key === undefined ? helpers.error('any.invalid') : { key, descending };
    }),
    allowed: `one of ${SORT_KEYS.join(', ')}; with a hyphen before it for the greatest first`,
    description: 'Order of the items; by name unless given',
  },
  limit: {
    schema: Joi.number().integer().min(1).max(MAX_ITEMS),
    allowed: `a whole number from 1 to ${MAX_ITEMS}`,
    description: 'At most so many items',
  },
  cursor: {
    schema: cursorSchema,
    allowed: 'a cursor as it is told, as in events:1764370000000-0',
    description: 'Where to go on in topics of events; with what happens from now on unless given',
  },
  type: { ...someOf(EVENT_TYPES), description: 'Only events of one of these types' },
  severity: { ...someOf(EVENT_SEVERITIES), description: 'Only events of one of these severities' },
  since: {
    schema: positionSchema,
    allowed: POSITION_RULE,
    description: 'From a time on, or after a cursor; the newest unless given',
  },
  until: {
    schema: positionSchema,
    allowed: POSITION_RULE,
    description: 'Before a time, or before a cursor; up to now unless given',
  },
  from: {
    schema: timeSchema,
    allowed: TIME_RULE,
    description: 'Beginning of the window; 24 hours before its end unless given',
  },
  to: { schema: timeSchema, allowed: TIME_RULE, description: 'End of the window; now unless given' },
  role: { ...someOf(SESSION_ROLES), description: 'Only sessions and connections that did one of these' },
  protocol: { ...someOf(PROTOCOLS), description: 'Only those of one of these protocols' },
  sessionState: {
    name: 'state',
    ...someOf(SESSION_STATES),
    description: 'Only those that are open, or closed; both unless given',
  },
  pageLimit: {
    name: 'limit',
    schema: Joi.number().integer().min(1).max(MAX_PAGE),
    allowed: `a whole number from 1 to ${MAX_PAGE}`,
    description: 'At most so many items; 100 unless given',
  },
  alertState: {
    name: 'state',
    ...someOf(ALERT_STATE_FILTERS),
    description: 'Only alerts in one of these states; all but pending ones unless given',
  },
  alertSeverity: {
    name: 'severity',
    ...someOf(SEVERITIES),
    description: 'Only alerts of one of these severities',
  },
  historyFrom: {
    name: 'from',
    schema: timeSchema,
    allowed: TIME_RULE,
    description: 'Beginning of the window; 15 minutes before its end unless given',
  },
  step: {
    schema: Joi.number().integer().min(1).max(MAX_STEP_SECONDS),
    allowed: 'whole seconds: from 30 on a multiple of 30, from 300 on one of 300; up to a year',
    description: 'Length of a step; chosen by the length of the window unless given',
  },
  fields: {
    // Which there are depends on what history it is of.
    schema: Joi.string<readonly string[]>().custom((value: string) => [...new Set(value.split(','))]),
    allowed: 'one or more fields, with commas in between',
    description: 'What to answer with; all there is unless given',
  },
};

/** What a parameter is called in a URL. */
export function urlNameOf(parameter: ParameterName): string {
  return PARAMETERS[parameter].name ?? parameter;
}
