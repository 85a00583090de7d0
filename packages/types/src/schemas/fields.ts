import Joi from 'joi';
import { HEALTHS, HOST_REASON_CODES, REASON_CODES, type Reason, SERVER_REASON_CODES } from '../health.ts';
import { HOST_ID_RULE, isHostId } from '../host.ts';
import { isServerId, SERVER_ID_RULE } from '../server-id.ts';
import { MAX_SEQ } from '../tick-number.ts';
import { isTime } from '../time.ts';

/** A server id, as settings, messages and query parameters have it. */
export const serverIdSchema = Joi.string()
  .custom((value: string, helpers) => (isServerId(value) ? value : helpers.error('server.id')))
  .messages({ 'server.id': SERVER_ID_RULE })
  .description('Server id: one MediaMTX instance');

/** A host id, as settings and messages have it. */
export const hostIdSchema = Joi.string()
  .custom((value: string, helpers) => (isHostId(value) ? value : helpers.error('host.id')))
  .messages({ 'host.id': HOST_ID_RULE })
  .description('Host id: one machine');

/** Longest word in a head: readers keep heads and show them, so what is in one has to have an end. */
export const MAX_WORD_LENGTH = 200;

export const milliseconds = Joi.number().min(0).unit('ms');

/** Longest time between two ticks: a day. */
const MAX_INTERVAL_MS = 86_400_000;

/** Members that number a tick, and say when the next one comes. */
export const numbering = (takenOver: string, interval: string) => ({
  epoch: Joi.number()
    .integer()
    .min(0)
    .required()
    .unit('ms since 1970')
    .description(`When ${takenOver}, by Redis’s clock; greater (epoch, seq) is newer`),
  seq: Joi.number()
    .integer()
    .min(1)
    .max(MAX_SEQ)
    .required()
    .unit('ticks')
    .description('Number of the tick in the epoch'),
  intervalMs: milliseconds.min(1).max(MAX_INTERVAL_MS).required().description(interval),
});

/** How old data is, as of the moment at which it is told. */
export const staleness = {
  stale: Joi.boolean().required().description('True when the data is older than 3 × intervalMs'),
  ageMs: milliseconds.allow(null).required().description('Age of the data, null when none was ever read'),
};

/** A time of a message. */
export const time = Joi.string()
  .isoDate()
  // Weeks, ordinal dates and years of six digits are ISO 8601 too, but nothing here can read them.
  .custom((value: string, helpers) => (isTime(value) ? value : helpers.error('string.isoDate')))
  .required()
  .unit('RFC 3339, UTC');

/** A whole number from 0 on, or null. */
export const count = (unit: string, description: string): Joi.NumberSchema =>
  Joi.number().integer().min(0).unsafe().allow(null).required().unit(unit).description(description);

/** A number from 0 on, or null. */
export const measure = (unit: string, description: string): Joi.NumberSchema =>
  Joi.number().min(0).allow(null).required().unit(unit).description(description);

/** A text, or null. */
export const text = (description: string): Joi.StringSchema =>
  Joi.string().allow(null).required().description(description);

/** One of some words. */
export const oneOf = (values: readonly string[], description: string): Joi.StringSchema =>
  Joi.string()
    .valid(...values)
    .required()
    .description(description);

/** One of some words, or of those that newer writers may have: a reader passes over what it doesn't know. */
export const oneOfKnown = (values: readonly string[], description: string): Joi.StringSchema =>
  Joi.string()
    .max(MAX_WORD_LENGTH)
    .required()
    .description(`${description}: ${values.join(', ')}, or what newer collectors add`);

const SEVERITIES = ['warning', 'critical'] as const;

const reason = {
  code: oneOfKnown(REASON_CODES, 'What is wrong'),
  severity: oneOf(SEVERITIES, 'How bad it is'),
  measured: measure('that of the code', 'What was measured, null for a state'),
  limit: measure('that of the code', 'The limit it is beyond, null for a state'),
  since: time.description('Since when'),
  detail: text('What MediaMTX itself says of it, without secrets; of disk-high the mount').optional(),
} satisfies Record<keyof Reason, Joi.Schema>;

/** More than there are codes in both severities. */
const MAX_REASONS = 100;

export const healthSchema = oneOf(HEALTHS, 'How well it is');

/** A reason of a record. */
export const reasonSchema = Joi.object<Reason>(reason).unknown(true).description('One thing that is wrong');

const reasonsOf = (item: Joi.Schema, description: string): Joi.ArraySchema =>
  Joi.array().items(item).max(MAX_REASONS).required().description(description);

export const reasonsSchema = reasonsOf(reasonSchema, 'Why health isn’t ok');

/** Reasons of a host, which has at most one of each disk; of agents before 0.2 none are told. */
export const hostReasonsSchema = Joi.array()
  .items(reasonSchema.keys({ code: oneOfKnown(HOST_REASON_CODES, 'What is wrong') }))
  .description('What is wrong with it, the worst first; left out by agents before 0.2');

/** A reason in a head, which readers check: one of a newer collector is not to be refused for a word in it. */
const headReasonSchema = reasonSchema.keys({ severity: oneOfKnown(SEVERITIES, 'How bad it is') });

/** Reasons of a stream, as heads have them. */
export const attentionReasonsSchema = reasonsOf(headReasonSchema, 'Why health isn’t ok, the worst first');

/** A reason of a server, as heads have it. */
export const serverReasonSchema = headReasonSchema.keys({
  code: oneOfKnown(SERVER_REASON_CODES, 'What is wrong'),
});

export const serverReasonsSchema = reasonsOf(
  serverReasonSchema,
  'What is wrong with the server itself, the worst first',
);
