import Joi from 'joi';
import {
  type Availability,
  type AvailabilityReport,
  type StreamOutage,
  OUTAGE_KINDS,
  type StreamAvailability,
} from '../availability.ts';
import { eventCauseSchema } from './event.ts';
import { measure, oneOf, serverIdSchema, time } from './fields.ts';

const seconds = (description: string): Joi.NumberSchema =>
  Joi.number().min(0).required().unit('s').description(description);

const times = {
  uptimeSeconds: seconds('Live, and bytes came'),
  downtimeSeconds: seconds('Not live, or live without a byte'),
  unknownSeconds: seconds('Nobody knows'),
  percent: measure('percent', 'Uptime of what is known, null when nothing is'),
  knownPercent: Joi.number()
    .min(0)
    .max(100)
    .required()
    .unit('percent')
    .description('How much of the time is known: below 50, percent says nothing of the whole'),
} satisfies Record<keyof Availability, Joi.Schema>;

/** How much of a time something was up. */
export const availabilitySchema = Joi.object<Availability>(times)
  .unknown(true)
  .description('How much of a time something was up');

const outage = Joi.object<StreamOutage>({
  kind: oneOf(OUTAGE_KINDS, 'Not live, or without a byte'),
  start: time.description('When it began, perhaps before the window'),
  end: time.allow(null).description('When the stream was back, null when it wasn’t by the end of the window'),
  lengthSeconds: seconds('How much of it lies in the window and is known'),
  cause: eventCauseSchema.allow(null).required(),
} satisfies Record<keyof StreamOutage, Joi.Schema>).unknown(true);

const item = Joi.object<StreamAvailability>({
  server: serverIdSchema.required(),
  stream: Joi.string().required().description('Name of the stream'),
  ...times,
  outages: Joi.array().items(outage).required().description('In order; together they are its downtime'),
  meanTimeBetweenOutagesSeconds: measure('s', 'Uptime by the number of outages, null without one'),
  restarts: Joi.number()
    .integer()
    .min(0)
    .required()
    .unit('restarts')
    .description('How often it came back soon'),
  worstHealth: oneOf(
    ['ok', 'warning', 'critical'],
    'Worst health that events tell of, null where none does',
  ).allow(null),
  expected: availabilitySchema
    .allow(null)
    .required()
    .description('Of the time in which it was expected, null where no event says so'),
} satisfies Record<keyof StreamAvailability, Joi.Schema>)
  .unknown(true)
  .description('How a stream ran: its three times together are the window');

/** Answer of `GET /api/reports/availability`. */
export const availabilityReportSchema = Joi.object<AvailabilityReport>({
  from: time.description('Beginning of the window'),
  to: time.description('Its end'),
  items: Joi.array().items(item).required().description('Those streams, by server and name'),
} satisfies Record<keyof AvailabilityReport, Joi.Schema>)
  .unknown(true)
  .description('How streams ran in a window');
