import Joi from 'joi';
import { PROTOCOLS } from '../connection.ts';
import { CAUSE_SOURCES, EVENT_SEVERITIES, EVENT_TYPES, type EventsMessage } from '../event.ts';
import { EVENT_ID } from '../event-id.ts';
import { HEALTHS, REASON_CODES } from '../health.ts';
import { MESSAGE_VERSION } from '../message.ts';
import { count, measure, oneOf, oneOfKnown, serverIdSchema, text, time } from './fields.ts';

/** Why something happened. */
export const eventCauseSchema = Joi.object({
  source: oneOfKnown(CAUSE_SOURCES, 'Where that is known from'),
  text: text('MediaMTX’s own text, without secrets; null where it says none'),
})
  .unknown(true)
  .description('Why it happened, as far as that is known');

const timeOrNull = (description: string): Joi.Schema => time.allow(null).description(description);
const ms = (description: string): Joi.Schema => measure('ms', description).optional();
const bytes = (description: string): Joi.Schema => count('bytes', description).optional();

const reason = Joi.object({
  code: oneOfKnown(REASON_CODES, 'What is wrong'),
  severity: oneOfKnown(['warning', 'critical'], 'How bad it is'),
}).unknown(true);

/** Something that happened; which members stand beside those that all have depends on its type. */
export const monitorEventSchema = Joi.object({
  id: Joi.string().pattern(EVENT_ID).required().description('Cursor: what is after it comes after the event'),
  type: oneOfKnown(EVENT_TYPES, 'What happened'),
  at: time.description('Time of the tick that saw it'),
  server: serverIdSchema.allow('').required().description('Server id; empty for what belongs to no server'),
  severity: oneOf(EVENT_SEVERITIES, 'How much it matters'),
  since: timeOrNull('When it began, where that is earlier; else null'),
  unseenSince: timeOrNull(
    'When it had last been looked, where nobody looked in between; null else, and where nobody ever had',
  ),
  cause: eventCauseSchema.allow(null).required(),
  stream: Joi.string().allow('').description('Of streams, connections, and alerts about a stream: its name'),
  host: Joi.string().description('Of alerts about a host, and of silences of one: its id'),
  sourceType: text('Of streams: kind of its source').optional(),
  expected: Joi.boolean().allow(null).description('Of streams: whether it was expected to be live'),
  state: Joi.string().description('stream.offline: its state now'),
  liveSince: time.optional().allow(null).description('stream.offline: since when it had been live'),
  stalledMs: ms('stream.recovered: for how long no byte came'),
  from: oneOfKnown(HEALTHS, 'stream.health: before').optional(),
  to: oneOfKnown(HEALTHS, 'stream.health: now').optional(),
  reasons: Joi.array().items(reason).description('stream.health: why, now; of alerts: what is wrong, or was'),
  gapMs: ms('stream.restarted: how long it was away, null when that was between two ticks'),
  connection: Joi.string().description('Of connections: MediaMTX’s id'),
  protocol: oneOfKnown(PROTOCOLS, 'Of connections: its protocol').optional(),
  role: oneOfKnown(['publish', 'read'], 'Of connections: what it does').optional(),
  remoteAddr: text('Of connections: address, as far as SESSION_ADDRESSES lets it be kept').optional(),
  user: text('Of connections: name it signed in with').optional(),
  durationMs: ms('connection.closed: how long it was open'),
  inboundBytes: bytes('connection.closed: received from it'),
  outboundBytes: bytes('connection.closed: sent to it'),
  status: Joi.string().description('server.unreachable: how the poll went'),
  unreachableMs: ms('server.reachable: for how long it wasn’t'),
  version: text('server.restarted: MediaMTX’s version').optional(),
  count: Joi.number().integer().min(0).unit('events').description('events.trimmed: how many were lost'),
  until: time
    .optional()
    .description('events.trimmed: time of the last that was lost; silence.added: its end'),
  alert: Joi.string().description('Of alerts: id of the alert'),
  returns: Joi.number()
    .integer()
    .min(0)
    .unit('times')
    .description('Of alerts: how often the trouble came back after it seemed to be over'),
  silence: Joi.string().description('Of silences: id of the silence'),
  by: text('Of silences and alert.acknowledged: name of the token of who did it').optional(),
  match: text('silence.added: glob for names of streams').optional(),
  reason: text('silence.added: code of a reason').optional(),
  comment: text('silence.added, alert.acknowledged: what was said to it').allow('').optional(),
  target: Joi.string().description('notification.failed: name of the target'),
  message: Joi.string().description('notification.failed: id of the message'),
  error: Joi.string().allow('').description('notification.failed: why it could not be delivered'),
})
  .unknown(true)
  .description('Something that happened');

/** A message of topic `events`. */
export const eventsMessageSchema = Joi.object<EventsMessage>({
  type: oneOf(['events'], 'Kind of the message'),
  v: Joi.number().valid(MESSAGE_VERSION).required().unit('version').description('Version of the format'),
  events: Joi.array().items(monitorEventSchema).required().description('One event'),
} satisfies Record<keyof EventsMessage, Joi.Schema>)
  .unknown(true)
  .description('Something that happened, in order');
