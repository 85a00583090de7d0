import Joi from 'joi';
import {
  ALERT_CAUSES,
  ALERT_STATES,
  ALERTS_WARNINGS,
  type Acknowledgement,
  type Alert,
  type AlertSilence,
  type AlertsHead,
  type AlertsMessage,
  type AlertSubject,
  MAX_ALERTS_SHOWN,
  MAX_COMMENT_LENGTH,
  type NotifiedTarget,
  type TargetStatus,
} from '../alert.ts';
import { MESSAGE_VERSION } from '../message.ts';
import {
  attentionReasonsSchema,
  hostIdSchema,
  MAX_WORD_LENGTH,
  measure,
  numbering,
  oneOf,
  oneOfKnown,
  serverIdSchema,
  time,
} from './fields.ts';
import { streamGlobSchema } from './live.ts';
import { labelsSchema } from './message.ts';

/** Every reader keeps heads and shows them: what is in one has to have an end. */
const MAX_TARGETS = 1_000;
const MAX_SILENCES_READ = 1_000;
const MAX_WARNINGS_READ = 100;
const MAX_ERROR_LENGTH = 4_096;

const timeOrNull = (description: string): Joi.Schema => time.allow(null).description(description);
const word = (description: string): Joi.StringSchema =>
  Joi.string().max(MAX_WORD_LENGTH).required().description(description);
const wordOrNull = (description: string): Joi.StringSchema => word(description).allow(null);
const number = (unit: string, description: string): Joi.NumberSchema =>
  Joi.number().integer().min(0).required().unit(unit).description(description);

const streamName = Joi.string().required().description('Of a stream: its name');

const subjectOf = (kind: AlertSubject['kind'], members: Joi.SchemaMap): Joi.ObjectSchema =>
  Joi.object({ kind: oneOf([kind], 'What it is'), ...members }).unknown(true);
const subjectSchema = Joi.alternatives<AlertSubject>()
  .try(
    subjectOf('stream', { server: serverIdSchema.required(), stream: streamName }),
    subjectOf('server', { server: serverIdSchema.required() }),
    subjectOf('host', { host: hostIdSchema.required() }),
  )
  .required();

/** What a person says to what they do. */
export const commentSchema = Joi.string().max(MAX_COMMENT_LENGTH).required();

const acknowledgement = {
  by: word('Name of the token it was sent with'),
  at: time.description('When it was taken on'),
  comment: commentSchema.allow(null, '').description('What was said to it, null for nothing'),
} satisfies Record<keyof Acknowledgement, Joi.Schema>;

const notifiedTarget = {
  target: word('Name of the target'),
  state: oneOfKnown(['firing', 'resolved'], 'What it was told last, or is being told'),
  at: time.description('When that message was made'),
} satisfies Record<keyof NotifiedTarget, Joi.Schema>;

/** An alert; unknown fields are allowed, since newer alerters may add some. */
export const alertSchema = Joi.object<Alert>({
  id: word('Id of the alert'),
  subject: subjectSchema.description('What is in trouble'),
  state: oneOfKnown(ALERT_STATES, 'How far it is'),
  severity: oneOfKnown(['warning', 'critical'], 'That of its worst reason'),
  reasons: attentionReasonsSchema.description(
    'What is wrong, the worst first; of what is over or unknown what was',
  ),
  cause: oneOfKnown(ALERT_CAUSES, 'Why a stream went; left out or null where nobody knows')
    .allow(null)
    .optional(),
  simulated: Joi.boolean().optional().description('Whether a simulator tells of it; left out for no'),
  since: time.description('Since when something is wrong'),
  firedAt: timeOrNull('When it began to fire, null as long as it hasn’t'),
  endedAt: timeOrNull('When nothing was wrong any more, left out or null as long as something is').optional(),
  resolvedAt: timeOrNull('When it was resolved, null as long as it isn’t'),
  returns: number('times', 'How often the trouble came back after it seemed to be over'),
  mutedBy: subjectSchema.allow(null).description('What explains it, so that nobody is told of it; else null'),
  silencedBy: wordOrNull('Id of a silence or name of a maintenance window that keeps it quiet; else null'),
  acknowledged: Joi.object<Acknowledgement>(acknowledgement)
    .unknown(true)
    .allow(null)
    .required()
    .description('Who has taken it on, null while nobody has'),
  notified: Joi.array()
    .items(
      Joi.object<NotifiedTarget>(notifiedTarget)
        .unknown(true)
        .description('What a target was told, or is being told'),
    )
    .required()
    .description('Targets that were told of it, or whose message about it is on its way'),
} satisfies Record<keyof Alert, Joi.Schema>)
  .unknown(true)
  .description('Something that someone is told of');

const silence = {
  id: word('Id of the silence'),
  server: serverIdSchema.allow(null).required().description('Only of this server, null for all'),
  host: hostIdSchema.allow(null).description('Only alerts about this host; left out or null for all'),
  labels: labelsSchema
    .allow(null)
    .description('Only of servers that have all these labels; left out or null for all'),
  stream: streamGlobSchema
    .allow(null)
    .required()
    .description('Only streams whose name matches this glob, null for all'),
  reason: wordOrNull('Only alerts with no other reason than of this code, null for all'),
  author: word('Name of the token it was sent with'),
  comment: commentSchema.description('Why it is made'),
  createdAt: time.description('When it was made'),
  until: time.description('When it ends'),
} satisfies Record<keyof AlertSilence, Joi.Schema>;

/** For what nobody is told. */
export const alertSilenceSchema = Joi.object<AlertSilence>(silence)
  .unknown(true)
  .description('A silence: what all its members select, nobody is told of');

const target = {
  name: word('Name of the target'),
  kind: word('Kind of the target'),
  state: oneOfKnown(['ok', 'failing', 'disabled'], 'How it does; disabled: it says that it is gone'),
  error: Joi.string()
    .max(MAX_ERROR_LENGTH)
    .allow(null)
    .required()
    .description('Why it fails, without secrets; null where it doesn’t'),
  deliveredAt: timeOrNull('When a message was delivered last, null if never'),
  queueAgeMs: measure('ms', 'How long what waits has waited, null where nothing does'),
  testAgeMs: measure('ms', 'How long ago a test was sent to it last, null if never'),
} satisfies Record<keyof TargetStatus, Joi.Schema>;

/** How a target does. */
export const targetStatusSchema = Joi.object<TargetStatus>(target)
  .unknown(true)
  .description('A target that is told of alerts');

const counts = Object.fromEntries([
  ...ALERT_STATES.map((state) => [state, number('alerts', `Alerts that are ${state}`)]),
  ['silenced', number('alerts', 'Alerts that fire and of which nobody is told')],
]) as Record<string, Joi.Schema>;

const head = {
  type: oneOf(['alerts'], 'Kind of the message'),
  v: Joi.number().valid(MESSAGE_VERSION).required().unit('version').description('Version of the format'),
  ...numbering('the alerter became the active one', 'Longest time between two messages'),
  publishedAt: time.description('When the message was made'),
  counts: Joi.object(counts).unknown(true).required().description('How many alerts there are'),
  targets: Joi.array()
    .items(targetStatusSchema)
    .max(MAX_TARGETS)
    .required()
    .description('Who is told, by name'),
  silences: Joi.array()
    .items(alertSilenceSchema)
    .max(MAX_SILENCES_READ)
    .required()
    .description('Silences that hold, or will'),
  warnings: Joi.array()
    .items(oneOfKnown(ALERTS_WARNINGS, 'What is to be mended'))
    .max(MAX_WARNINGS_READ)
    .description('What whoever runs alerters has to mend; left out for nothing'),
} satisfies Record<keyof AlertsHead, Joi.Schema>;

/** The head of an alerts message: everything but the array. */
export const alertsHeadSchema = Joi.object<AlertsHead>(head)
  .unknown(true)
  .description('The head of an alerts message: how many, who is told, what is silenced');

/** A complete alerts message. */
export const alertsMessageSchema = Joi.object<AlertsMessage>({
  ...head,
  alerts: Joi.array()
    .items(alertSchema)
    .max(MAX_ALERTS_SHOWN)
    .required()
    .description('Those that fire first, then the others, the newest first'),
} satisfies Record<keyof AlertsMessage, Joi.Schema>)
  .unknown(true)
  .description('All alerts there are');
