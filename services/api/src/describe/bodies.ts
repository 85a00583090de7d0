import Joi from 'joi';
import {
  connectionRecordSchema,
  hostStatusSchema,
  previewSchema,
  serverStatusSchema,
  streamRecordSchema,
} from '@mediamtx-monitor/types/schemas';

const listOf = (items: Joi.Schema, total: string): Joi.ObjectSchema =>
  Joi.object({
    items: Joi.array().items(items).required().description('Those that match'),
    total: Joi.number().integer().min(0).required().description(total),
  });

const status = (...words: string[]): Joi.ObjectSchema =>
  Joi.object({
    status: Joi.string()
      .valid(...words)
      .required()
      .description('State of this process'),
  });

/** Bodies that only REST has. */
export const BODIES = {
  latest: Joi.alternatives()
    .try(
      Joi.array().items(streamRecordSchema).description('All streams, by server and name'),
      Joi.object({ error: Joi.string().valid('no data').required() }).description(
        'No path list was ever read; an empty array means that MediaMTX lists no path',
      ),
    )
    .description('The newest records of all servers, or of one'),
  streams: listOf(streamRecordSchema, 'Number of streams that match, before `limit`'),
  connections: listOf(connectionRecordSchema, 'Number of connections of the stream'),
  servers: listOf(serverStatusSchema, 'Number of servers'),
  hosts: listOf(hostStatusSchema, 'Number of hosts'),
  previews: listOf(previewSchema, 'Number of addresses'),
  alive: status('ok'),
  ready: status('ready'),
  notReady: status('starting', 'leaving'),
  document: Joi.object().unknown(true),
} as const satisfies Record<string, Joi.Schema>;
