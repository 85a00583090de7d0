import Joi from 'joi';
import { SOURCE_STATUSES } from '../message.ts';
import { ADDRESS_PRIVACIES, RAW_SNAPSHOT_VERSION, type RawSnapshot } from '../raw-snapshot.ts';
import { oneOf, text, time } from './fields.ts';

const STATUSES = ['read', 'off', ...SOURCE_STATUSES.filter((status) => status !== 'up')];

const list = Joi.object({
  status: oneOf(STATUSES, 'What asking came to: read, off (404), or why it failed'),
  receivedAt: time.optional().description('When the answer came'),
  items: Joi.array().description('What MediaMTX sent'),
  error: Joi.string().description('What went wrong, in words'),
})
  .when(Joi.object({ status: 'read' }).unknown(), {
    then: Joi.object({ receivedAt: Joi.required(), items: Joi.required() }),
  })
  .unknown(true)
  .description('One list of MediaMTX');

const sample = Joi.object({
  takenAt: time.description('When the lists were asked for'),
  lists: Joi.object()
    .pattern(Joi.string(), list)
    .required()
    .description('All lists, by their names in MediaMTX’s URLs'),
})
  .unknown(true)
  .description('All lists of a server, asked for at the same time');

/** A file of mediamtx-snapshot. */
export const rawSnapshotSchema = Joi.object<RawSnapshot>({
  type: oneOf(['mediamtx-snapshot'], 'Kind of the file'),
  v: Joi.number().valid(RAW_SNAPSHOT_VERSION).required().unit('version').description('Version of the format'),
  monitorVersion: Joi.string().required().description('Version of this system'),
  nodeVersion: Joi.string().required().description('Version of Node'),
  mediamtxUrl: Joi.string().required().description('Address of MediaMTX’s API'),
  mediamtxVersion: text('Version of MediaMTX, null where it doesn’t say'),
  simulated: Joi.boolean().required().description('Whether the server was a simulator'),
  addresses: oneOf(ADDRESS_PRIVACIES, 'How much of IP addresses is shown'),
  removedSecrets: Joi.number()
    .integer()
    .min(0)
    .required()
    .unit('values')
    .description('How many values were changed because they hold a secret, or might'),
  samples: Joi.array().items(sample).min(1).required().description('What the server said, in order'),
} satisfies Record<keyof RawSnapshot, Joi.Schema>)
  .unknown(true)
  .description('What a MediaMTX server said, without secrets');
