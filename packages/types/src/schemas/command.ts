import Joi from 'joi';
import type { AlertSilence } from '../alert.ts';
import type { AcceptedCommand, AcknowledgeRequest, AlerterCommand, SilenceRequest } from '../command.ts';
import { REASON_CODES } from '../health.ts';
import { alertSilenceSchema, commentSchema } from './alert.ts';
import { hostIdSchema, oneOf, serverIdSchema, time } from './fields.ts';
import { streamGlobSchema } from './live.ts';
import { labelsSchema } from './message.ts';

type CommandType = AlerterCommand['type'];
/** Members of one type of command. */
type MembersOf<Type extends CommandType> = Record<
  keyof Extract<AlerterCommand, { readonly type: Type }>,
  Joi.Schema
>;

const named = (description: string): Joi.StringSchema =>
  Joi.string().max(200).required().description(description);
const id = named('Id of the silence, the alert, or the entry of the notifications that is meant');
const by = named('Name of the token it was sent with');
const typed = (type: CommandType): Joi.Schema => oneOf([type], 'What to do');

const silenceAdd = {
  type: typed('silence.add'),
  by,
  silence: (alertSilenceSchema as Joi.ObjectSchema<Omit<AlertSilence, 'author'>>)
    .fork('author', (author) => author.forbidden())
    .required()
    .description('The silence, whose author is who sent the command'),
} satisfies MembersOf<'silence.add'>;
const silenceDelete = {
  type: typed('silence.delete'),
  by,
  id,
} satisfies MembersOf<'silence.delete'>;
const alertAck = {
  type: typed('alert.ack'),
  by,
  id,
  comment: commentSchema.allow(null, '').description('What was said to it, null for nothing'),
} satisfies MembersOf<'alert.ack'>;
const targetTest = {
  type: typed('target.test'),
  by,
  target: named('Name of the target'),
} satisfies MembersOf<'target.test'>;
const notificationReplay = {
  type: typed('notification.replay'),
  by,
  id,
} satisfies MembersOf<'notification.replay'>;

/** What people want of the alerter; members that newer writers add are passed over. */
export const alerterCommandSchema = Joi.alternatives<AlerterCommand>()
  .try(
    ...[silenceAdd, silenceDelete, alertAck, targetTest, notificationReplay].map((members) =>
      Joi.object(members).unknown(true),
    ),
  )
  .description('What people want of the alerter');

/** A comment that is sent: it stands in one line wherever it is shown. */
const sentComment = commentSchema
  .trim()
  .pattern(/^\P{Cc}*$/u)
  .messages({ 'string.pattern.base': '{{#label}} holds line breaks or control characters' });

/** Body of `POST /api/silences`: a member that isn't known there is a mistake. */
export const silenceRequestSchema = Joi.object<SilenceRequest>({
  server: serverIdSchema.description('Only of this server; all unless given'),
  labels: labelsSchema
    .min(1)
    .description('Only of servers that have all these labels; whatever they have unless given'),
  host: hostIdSchema.description('Only alerts about this host; all unless given'),
  stream: streamGlobSchema.description('Only streams whose name matches this glob; all unless given'),
  reason: Joi.string()
    .valid(...REASON_CODES)
    .description('Only alerts with no other reason than of this code; all unless given'),
  comment: sentComment.description('Why it is made'),
  until: time
    .messages({ 'string.isoDate': '{{#label}} is no time; allowed: one as in 2026-11-29T22:00:00Z' })
    .description('When it ends, at most 30 days from now'),
} satisfies Record<keyof SilenceRequest, Joi.Schema>)
  .or('server', 'labels', 'host', 'stream', 'reason')
  .without('host', ['server', 'labels', 'stream'])
  .description(
    'For what nobody is to be told: what all its members select, at least one of the first five; a host is on no server, and has no streams',
  );

/** Body of `POST /api/alerts/{id}/ack`: a member that isn't known there is a mistake. */
export const acknowledgeRequestSchema = Joi.object<AcknowledgeRequest>({
  comment: sentComment.optional().description('What there is to say'),
} satisfies Record<keyof AcknowledgeRequest, Joi.Schema>).description('What may be said to it');

/** What a command is answered with. */
export const acceptedCommandSchema = Joi.object<AcceptedCommand, true>({
  id: Joi.string().required().description('Id of the silence that was asked for; else of the command'),
})
  .unknown(true)
  .description('The command is on its way to the alerter');
