import Joi from 'joi';
import type { StreamRecord } from '../stream.ts';

const mib = 'Mbit/s of 1024² bit (MediaMTX’s own unit)';

const fields = {
  name: Joi.string().required().description('Path name in MediaMTX; any characters'),
  sourceType: Joi.string()
    .allow(null)
    .required()
    .description('Kind of the source as MediaMTX spells it, null without a source'),
  tracks: Joi.array()
    .items(Joi.string())
    .required()
    .description('Codec of each track; empty while nothing is published'),
  bytesReceived: Joi.number()
    .min(0)
    .unsafe()
    .allow(null)
    .required()
    .unit('B')
    .description('Media bytes received from the current source; counts from 0 at each restart'),
  readers: Joi.number().integer().min(0).required().unit('readers').description('Number of readers'),
  rtt: Joi.number()
    .min(0)
    .allow(null)
    .required()
    .unit('ms')
    .description('Round-trip time of the publishing SRT connection, null for any other source'),
  recvRateMbps: Joi.number()
    .min(0)
    .allow(null)
    .required()
    .unit(mib)
    .description('Receive rate of the publishing SRT connection, null for any other source'),
  linkCapacityMbps: Joi.number()
    .min(0)
    .allow(null)
    .required()
    .unit(mib)
    .description('Link capacity as SRT estimates it (noisy), null for any other source'),
} satisfies Record<keyof StreamRecord, Joi.Schema>;

/** One stream record; unknown fields are allowed, since newer collectors may add some. */
export const streamRecordSchema = Joi.object<StreamRecord>(fields)
  .unknown(true)
  .description('One stream: a MediaMTX path at one poll');
