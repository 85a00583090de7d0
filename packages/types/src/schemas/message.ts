import Joi from 'joi';
import type { Attention, AttentionStream } from '../attention.ts';
import {
  MESSAGE_VERSION,
  SOURCE_STATUSES,
  type ServerStatus,
  type Source,
  type ConnectionsHead,
  type ConnectionsMessage,
  type MessageHead,
  type ServersMessage,
  type StreamsHead,
  type StreamsMessage,
  type Totals,
} from '../message.ts';
import { HEALTHS } from '../health.ts';
import { LABEL_NAME, MAX_LABEL_LENGTH, MAX_LABELS, type ServerLabels } from '../label.ts';
import type { SourceError } from '../source-error.ts';
import { MAX_ATTENTION } from '../limits.ts';
import { LISTED_STATES, STREAM_STATES } from '../stream.ts';
import type { ServerTopic } from '../topic.ts';
import { connectionRecordSchema } from './connection.ts';
import {
  attentionReasonsSchema,
  count,
  MAX_WORD_LENGTH,
  measure,
  numbering,
  oneOfKnown,
  serverIdSchema,
  serverReasonsSchema,
  staleness,
  time,
} from './fields.ts';
import { streamRecordSchema } from './stream.ts';

/** Every reader keeps heads and shows them: what is in one has to have an end. */
const MAX_ERROR_LENGTH = 65_536;
const MAX_LISTS = 100;
/** Longest name of a server that people read, in characters. */
const MAX_SERVER_NAME_LENGTH = 100;

const sourceSchema = Joi.object<Source, true>({
  status: Joi.string()
    .valid(...SOURCE_STATUSES)
    .required()
    .description('How the last poll of the server went'),
  error: Joi.string()
    .max(MAX_ERROR_LENGTH)
    .allow(null)
    .required()
    .description('What went wrong and what to do, in words; null when nothing did'),
  version: Joi.string()
    .max(MAX_WORD_LENGTH)
    .allow(null)
    .required()
    .description('MediaMTX’s version, null when it doesn’t say'),
})
  .unknown(true)
  .description('The MediaMTX server behind the message');

const sourceErrorSchema = Joi.object<SourceError, true>({
  code: Joi.string()
    .max(MAX_WORD_LENGTH)
    .required()
    .description('Which mistake it is; newer collectors may have more'),
  values: Joi.object()
    .pattern(Joi.string().max(MAX_WORD_LENGTH), Joi.string().allow('').max(MAX_ERROR_LENGTH))
    .required()
    .description('What the sentence is told with, never a credential'),
})
  .unknown(true)
  .description('Which mistake source.error tells of; left out without one');

const countsOf = (values: readonly string[], description: string): Joi.ObjectSchema =>
  Joi.object(
    Object.fromEntries(
      values.map((value) => [
        value,
        Joi.number().integer().min(0).required().unit('streams').description(`Streams that are ${value}`),
      ]),
    ),
  )
    .unknown(true)
    .allow(null)
    .required()
    .description(description);

export const totalsSchema = Joi.object<Totals, true>({
  streams: count('streams', 'Streams that MediaMTX lists, null while unknown'),
  missing: count('streams', 'Records of streams that MediaMTX doesn’t list, null while unknown').optional(),
  readers: count('readers', 'Readers in all, null while unknown'),
  inboundMbps: measure('Mbit/s (10^6 bit)', 'Media received by all streams whose rate is known'),
  outboundMbps: measure('Mbit/s (10^6 bit)', 'Media sent by all streams whose rate is known'),
  states: countsOf(LISTED_STATES, 'Listed streams in each state, null while unknown'),
  healths: countsOf(HEALTHS, 'Streams of each health, missing ones too, null while unknown'),
})
  .unknown(true)
  .description('Sums over all streams of the server');

const attention = {
  count: Joi.number()
    .integer()
    .min(0)
    .required()
    .unit('streams')
    .description('Streams for which something is wrong, missing ones too'),
  worst: Joi.array()
    .items(
      Joi.object<AttentionStream>({
        name: Joi.string().required().description('Path name in MediaMTX; any characters'),
        state: oneOfKnown(STREAM_STATES, 'What it does'),
        health: oneOfKnown(HEALTHS, 'How well it is'),
        reasons: attentionReasonsSchema,
      } satisfies Record<keyof AttentionStream, Joi.Schema>)
        .unknown(true)
        .description('A stream for which something is wrong'),
    )
    .max(MAX_ATTENTION)
    .required()
    .description('The worst of them, critical and old ones first; the others are in the array of streams'),
} satisfies Record<keyof Attention, Joi.Schema>;
/** Which streams need attention. */
export const attentionSchema = Joi.object<Attention>(attention)
  .unknown(true)
  .allow(null)
  .description('Streams for which something is wrong, null while unknown');

const shared = {
  server: serverIdSchema.required(),
  ...numbering('the publishing collector took the server over', 'Time between two polls'),
  collectedAt: time.allow(null).description('When the last good path list arrived, null if never'),
  publishedAt: time.description('When the message was made'),
  simulated: Joi.boolean().required().description('True when the numbers come from the simulator'),
  source: sourceSchema.required(),
  sourceError: sourceErrorSchema.optional(),
  missing: Joi.array()
    .items(Joi.string().max(MAX_WORD_LENGTH))
    .max(MAX_LISTS)
    .required()
    .description('Lists that could not be read; fields that need them are null'),
  totals: totalsSchema.required(),
  reasons: serverReasonsSchema.optional(),
} satisfies Record<Exclude<keyof MessageHead, 'type' | 'v'>, Joi.Schema>;

type MessageType = ServerTopic | ServersMessage['type'];

const head = (type: MessageType) => ({
  type: Joi.string().valid(type).required().description('Kind of the message'),
  v: Joi.number().valid(MESSAGE_VERSION).required().unit('version').description('Version of the format'),
  ...shared,
});

/** What people put on a server. */
export const labelsSchema = Joi.object<ServerLabels>()
  .pattern(
    Joi.string().pattern(LABEL_NAME).max(MAX_LABEL_LENGTH),
    Joi.string().allow('').max(MAX_LABEL_LENGTH),
  )
  .max(MAX_LABELS)
  .description('What people put on the server to choose it by, as in site → north; left out for none');
/** What people call a server: a text of one line. */
export const serverNameSchema = Joi.string()
  .max(MAX_SERVER_NAME_LENGTH)
  .pattern(/^\P{Cc}*$/u)
  .description('What people call the server; left out where it has no name');
const forFollowers = {
  attention: attentionSchema.optional(),
  labels: labelsSchema.optional(),
  name: serverNameSchema.optional(),
};

/** The head of a streams message: everything but the array. */
export const streamsHeadSchema = Joi.object<StreamsHead>({ ...head('streams'), ...forFollowers })
  .unknown(true)
  .description('The head of a snapshot: who, when, how complete');

/** The head of a server by itself. */
export const serversMessageSchema = Joi.object<ServersMessage>({ ...head('servers'), ...forFollowers })
  .unknown(true)
  .description('How a server is, without its streams');

/** The head of a connections message. */
export const connectionsHeadSchema = Joi.object<ConnectionsHead>(head('connections'))
  .unknown(true)
  .description('The head of a connections message: who, when, how complete');

/** A complete streams message. */
export const streamsMessageSchema = Joi.object<StreamsMessage>({
  ...head('streams'),
  ...forFollowers,
  streams: Joi.array().items(streamRecordSchema).required().description('All streams, by name'),
} satisfies Record<keyof StreamsMessage, Joi.Schema>)
  .unknown(true)
  .description('A complete snapshot of one server');

/** A complete connections message. */
export const connectionsMessageSchema = Joi.object<ConnectionsMessage>({
  ...head('connections'),
  connections: Joi.array()
    .items(connectionRecordSchema)
    .required()
    .description('All connections, by stream and id'),
} satisfies Record<keyof ConnectionsMessage, Joi.Schema>)
  .unknown(true)
  .description('All connections of one server');

/** One server of `GET /api/servers`. */
export const serverStatusSchema = Joi.object<ServerStatus>({
  ...shared,
  ...forFollowers,
  ...staleness,
  gone: Joi.boolean().required().description('True when nothing new has come of it for a day'),
} satisfies Record<keyof ServerStatus, Joi.Schema>)
  .unknown(true)
  .description('A server: the head of its newest message and how old that is');
