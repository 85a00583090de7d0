import Joi from 'joi';
import { EVENT_ID } from '../event-id.ts';
import { NOTIFICATION_KINDS, NOTIFICATION_OUTCOMES, type NotificationEntry } from '../notification.ts';
import { oneOfKnown, text, time } from './fields.ts';

const alerts = (description: string): Joi.NumberSchema =>
  Joi.number().integer().min(0).required().unit('alerts').description(description);

/** What became of a message to a target. */
export const notificationSchema = Joi.object<NotificationEntry>({
  id: Joi.string()
    .pattern(EVENT_ID)
    .required()
    .description('Cursor: what is after it comes after this; by it a dead one is sent again'),
  messageId: Joi.string().required().description('Id of the message, the same for each try'),
  target: Joi.string().required().description('Name of the target'),
  targetKind: Joi.string().required().description('Kind of the target'),
  kind: oneOfKnown(NOTIFICATION_KINDS, 'What the message is for'),
  madeAt: time.description('When the message was made'),
  at: time.description('When this became of it'),
  outcome: oneOfKnown(NOTIFICATION_OUTCOMES, 'What became of it'),
  tries: Joi.number().integer().min(0).required().unit('tries').description('How often it was tried'),
  error: text('Why it wasn’t delivered, without secrets; null where it was'),
  firedCount: alerts('Of how many alerts it tells that they fire'),
  repeatedCount: alerts('Of how many that they fire on'),
  resolvedCount: alerts('Of how many that they are over'),
  leftOutCount: alerts('Of a dead one: of how many alerts its message has but the number').optional(),
  message: Joi.object().unknown(true).description('Of a dead one: the message, as it is sent again'),
} satisfies Record<keyof NotificationEntry, Joi.Schema>)
  .unknown(true)
  .description('What became of a message to a target');
