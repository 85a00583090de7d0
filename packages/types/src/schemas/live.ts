import Joi from 'joi';
import { PROBLEMS, type Problem, SOCKET_ERRORS } from '../codes.ts';
import { EVENT_ID } from '../event-id.ts';
import { LABEL_CHOICE, LABEL_CHOICE_RULE, MAX_LABELS } from '../label.ts';
import {
  type CursorMessage,
  type ErrorMessage,
  type EventsTrimmedMessage,
  FEW_WILDCARDS,
  MAX_CURSOR_LENGTH,
  MAX_GLOB_LENGTH,
  MAX_GLOB_WILDCARDS,
  MAX_SUBSCRIBED_SERVERS,
  type StatusMessage,
  type SubscribeMessage,
  type Ticket,
} from '../live.ts';
import { TOPICS } from '../topic.ts';
import { hostIdSchema, oneOf, serverIdSchema, staleness, time } from './fields.ts';

const codesOf = (of: object): string[] => Object.keys(of);
const detail = Joi.string().required().description('What happened and what to do');

/** A glob for stream names, as clients may send it and operators may configure it. */
export const streamGlobSchema = Joi.string()
  .min(1)
  .max(MAX_GLOB_LENGTH)
  .pattern(FEW_WILDCARDS)
  .messages({
    'string.pattern.base': `{{#label}} has more than ${MAX_GLOB_WILDCARDS} asterisks or pairs of them`,
  })
  .description('Glob for stream names: * within a segment, ** across, {a,b} for either');

/** Labels by which servers are chosen, as clients send them. */
export const labelChoiceSchema = Joi.array<readonly string[]>()
  .items(
    Joi.string()
      .pattern(LABEL_CHOICE)
      .messages({ 'string.pattern.base': `{{#label}} must be ${LABEL_CHOICE_RULE}` }),
  )
  .max(MAX_LABELS)
  .description('Labels that a server has to have, each as name:value');

/** `1764370000000-0`, or `events:1764370000000-0`, of several topics with commas in between. */
const CURSOR = /^([a-z]+:)?\d{1,15}-\d{1,15}(,[a-z]+:\d{1,15}-\d{1,15})*$/;

/** Where a client is in topics of events. */
export const cursorSchema = Joi.string()
  .max(MAX_CURSOR_LENGTH)
  .pattern(CURSOR)
  .messages({ 'string.pattern.base': '{{#label}} is no cursor as the API tells them' })
  .description('Where to go on in topics of events');

const statusOf = (subject: Joi.SchemaMap): Joi.ObjectSchema =>
  Joi.object({
    type: oneOf(['status'], 'Kind of the message'),
    ...subject,
    ...staleness,
    gone: Joi.boolean()
      .valid(true)
      .description('There, and true, when nothing new has come of it for a day, or it was forgotten'),
  }).unknown(true);

/** A status message of the API. */
export const statusMessageSchema = Joi.alternatives<StatusMessage>()
  .try(
    statusOf({ server: serverIdSchema.required() }),
    statusOf({ host: hostIdSchema.required() }),
    statusOf({ topic: oneOf(['alerts'], 'Topic that is about all servers and hosts together') }),
  )
  .description(
    'Sent on connect, whenever the staleness of a server, a host or of alerts changes, and when it is gone',
  );

/** Where a client of a WebSocket is in topics of events. */
export const cursorMessageSchema = Joi.object<CursorMessage, true>({
  type: oneOf(['cursor'], 'Kind of the message'),
  cursor: cursorSchema.required(),
})
  .unknown(true)
  .description('What to come back with, so that no event is missed');

const eventId = Joi.string().pattern(EVENT_ID).required();

/** Sent in the place of events that aren't kept any more. */
export const eventsTrimmedMessageSchema = Joi.object<EventsTrimmedMessage, true>({
  type: oneOf(['events.trimmed'], 'Kind of the message'),
  topic: Joi.string().required().description('Topic of the events'),
  after: eventId.description('Up to here the client has them'),
  until: eventId.description('Behind this one it goes on'),
})
  .unknown(true)
  .description('Events in between are lost to the client');

/** An error message of the API. */
export const errorMessageSchema = Joi.object<ErrorMessage, true>({
  type: oneOf(['error'], 'Kind of the message'),
  code: oneOf(codesOf(SOCKET_ERRORS), 'What is wrong'),
  detail,
})
  .unknown(true)
  .description('Sent before the socket is closed for what the client did');

/** Ids of servers, as clients choose several. */
export const serverIdsSchema = Joi.array<readonly string[]>()
  .items(serverIdSchema)
  .min(1)
  .max(MAX_SUBSCRIBED_SERVERS)
  .unique()
  .description('Ids of servers');

/** What a WebSocket client may send: a member that isn't known there is a mistake. */
export const subscribeMessageSchema = Joi.object<SubscribeMessage>({
  action: oneOf(['subscribe'], 'What to do'),
  topics: Joi.array()
    .items(Joi.string().valid(...TOPICS))
    .min(1)
    .unique()
    .description('Topics, ["streams"] unless given'),
  server: Joi.alternatives(serverIdSchema, serverIdsSchema).description('Only this server, or these'),
  label: labelChoiceSchema,
  stream: streamGlobSchema,
  cursor: cursorSchema,
} satisfies Record<keyof SubscribeMessage, Joi.Schema>).description(
  'Takes the place of what was subscribed to before',
);

/** Answer of `POST /api/tickets`. */
export const ticketSchema = Joi.object<Ticket, true>({
  ticket: Joi.string().required().description('To be given as ?ticket='),
  expiresAt: time.description('Until when it opens something'),
})
  .unknown(true)
  .description('Stands for the token that was sent, for a short while');

/** A problem document (RFC 9457). */
export const problemSchema = Joi.object<Problem, true>({
  type: oneOf(['about:blank'], 'The code says it all'),
  title: Joi.string().required().description('The problem in a few words'),
  status: Joi.number()
    .integer()
    .min(400)
    .max(599)
    .required()
    .unit('HTTP status code')
    .description('HTTP status'),
  detail,
  code: oneOf(codesOf(PROBLEMS), 'Stable code of the problem'),
})
  .unknown(true)
  .description('What went wrong (RFC 9457)');
