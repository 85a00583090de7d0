import Joi from 'joi';
import { PROTOCOLS } from '../connection.ts';
import { HEALTHS } from '../health.ts';
import type { SessionRecord } from '../session.ts';
import { eventCauseSchema } from './event.ts';
import { count, measure, oneOfKnown, serverIdSchema, text, time } from './fields.ts';

const RATE = 'Mbit/s (10^6 bit)';

const healthMs = Joi.object(
  Object.fromEntries(
    HEALTHS.map((health) => [
      health,
      Joi.number().min(0).required().unit('ms').description(`How long it was ${health}`),
    ]),
  ),
)
  .unknown(true)
  .allow(null)
  .required()
  .unit('ms')
  .description('How long it was in each health, together its duration; null while it is open');

/** A connection that published or read a stream, with its totals. */
export const sessionRecordSchema = Joi.object<SessionRecord, true>({
  server: serverIdSchema.required(),
  stream: Joi.string().required().description('Name of the stream'),
  connection: Joi.string().required().description('MediaMTX’s id of the connection'),
  protocol: oneOfKnown(PROTOCOLS, 'Its protocol'),
  role: oneOfKnown(['publish', 'read'], 'What it did'),
  remoteAddr: text('Address of the other side, as far as SESSION_ADDRESSES lets it be kept'),
  user: text('Name it signed in with'),
  userAgent: text('Program on the other side'),
  start: time.description('When it was opened, or first seen'),
  end: time.allow(null).description('When it wasn’t there any more, null while it is open'),
  unseenSince: time
    .allow(null)
    .description('When it had last been looked, where nobody looked between then and its end; else null'),
  inboundBytes: count('bytes', 'Received from it, transport included'),
  outboundBytes: count('bytes', 'Sent to it, transport included'),
  meanMbps: measure(RATE, 'Of the direction of its role: mean of its whole duration'),
  peakMbps: measure(RATE, 'The most in one tick'),
  rttWorstMs: measure('ms', 'Longest round-trip time (SRT)'),
  rttP95Ms: measure('ms', 'Round-trip time that 95 % of ticks were below (SRT)'),
  lossMeanPercent: measure('percent', 'Packets lost, mean of all ticks'),
  lossWorstPercent: measure('percent', 'Packets lost, the worst tick'),
  discards: count('frames or packets', 'Thrown away because the reader was too slow'),
  healthMs,
  cause: eventCauseSchema.allow(null).required().description('Why it ended, null while it is open'),
})
  .unknown(true)
  .description('A connection from its beginning to its end, with its totals');
