import Joi from 'joi';
import { type Preview, PREVIEW_PROTOCOLS } from '../preview.ts';
import { oneOf, serverIdSchema } from './fields.ts';

/** An item of `GET /api/previews`. */
export const previewSchema = Joi.object<Preview, true>({
  server: serverIdSchema
    .allow(null)
    .required()
    .description('Whose streams, null for all servers without an address of their own'),
  protocol: oneOf(PREVIEW_PROTOCOLS, 'How they are played'),
  url: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .required()
    .description('What a stream’s address begins with'),
})
  .unknown(true)
  .description('Where browsers can play the streams of a server');
